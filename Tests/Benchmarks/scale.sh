#!/usr/bin/env bash
# How a fleet of 10, 50 and 200 worker processes behaves on a broker process of this machine: the real worker with an engine that
# sleeps. Arguments go to scale.py: --workers 10,50,200 --session 15 --broker noida|embedded --jobs-per-worker 20.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/Config/setup.sh"
. "$root/Tests/tools.sh"
install_build_packages
install_tools
for product in dragoman dragoman-chaos; do swift_build --product "$product" >&2; done
PATH=$tools/bin:$build_path/release:$PATH exec "$tools/bin/python" "$root/Tests/Benchmarks/scale.py" "$@"
