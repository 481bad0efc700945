"""Runs a command and says how much memory it took at most: python peak_memory.py COMMAND ARGUMENTS…"""

import resource
import subprocess
import sys

status = subprocess.run(sys.argv[1:]).returncode
print(f"peak memory {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")
sys.exit(status)
