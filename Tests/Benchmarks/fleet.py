"""Submits a manifest of many jobs to an independent broker, lets a Python client answer them, and gathers the results:
jobs and results per second, and what memory `dragoman` took. Run by Tests/Benchmarks/fleet.sh.
"""

import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

CLIENT = pathlib.Path(__file__).resolve().parents[1] / "Clients/client.py"


def measured(command):
    """Runs a command; returns its output, wall-clock seconds, and resident megabytes at most."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if status != 0:
        sys.exit(f"{command[1]} failed")
    return output.decode(), seconds, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dragoman", required=True)
    parser.add_argument("--brokers", required=True)
    parser.add_argument("--jobs", type=int, default=100_000)
    parser.add_argument("--partitions", type=int, default=16)
    arguments = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for count, kind in [(arguments.jobs // 10, "protobuf"), (arguments.jobs, "protobuf"), (arguments.jobs, "json")]:
            prefix = f"bench-{kind}-{count}-{os.getpid()}."
            connection = ["--brokers", arguments.brokers, "--prefix", prefix]
            subprocess.run(
                [arguments.dragoman, "topics", "create", "--partitions", str(arguments.partitions), *connection],
                check=True, stdout=subprocess.DEVNULL,
            )
            manifest = f"{folder}/manifest.tsv"
            with open(manifest, "w") as file:
                print("uri\tsource", file=file)
                for number in range(count):
                    print(f"file:///recordings/2026/11/{number % 97:02}/call-{number:07}.wav\tfr", file=file)
            submit = [arguments.dragoman, "submit", "--manifest", manifest, *connection, "--format", kind]
            batch, submit_seconds, submit_memory = measured(submit)
            answer = [sys.executable, CLIENT, "answer", "--brokers", arguments.brokers, "--prefix", prefix]
            answered = subprocess.run(answer + (["--json"] if kind == "json" else []), check=True, capture_output=True)
            assert json.loads(answered.stdout)["results"] == count
            gather = [arguments.dragoman, "gather", batch.strip(), "--timeout", "300", *connection]
            lines, gather_seconds, gather_memory = measured(gather)
            assert lines.count("\n") == count
            rows.append((kind, count, submit_seconds, submit_memory, gather_seconds, gather_memory))
    print(f"{'':9} {'jobs':>8}   {'submit':>9} {'jobs/s':>9} {'memory':>9}   {'gather':>9} {'results/s':>9} {'memory':>9}")
    for kind, count, submit_seconds, submit_memory, gather_seconds, gather_memory in rows:
        print(
            f"{kind:9} {count:8,}   {submit_seconds:7.2f} s {count / submit_seconds:9,.0f} {submit_memory:6.0f} MB"
            f"   {gather_seconds:7.2f} s {count / gather_seconds:9,.0f} {gather_memory:6.0f} MB"
        )
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"(at least {own:.0f} MB are shown: what this script had when it started the command)", file=sys.stderr)


if __name__ == "__main__":
    main()
