#!/usr/bin/env bash
# How fast jobs are submitted and results gathered, with an independent broker on this machine. Arguments go to fleet.py:
# --jobs 100000 --partitions 16.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/Config/setup.sh"
. "$root/Tests/tools.sh"
install_build_packages
install_tools
swift_build --product dragoman >&2
work=$(mktemp -d)
trap '[ -z "${broker_process:-}" ] || stop_server "$broker_process"; wait; rm -rf "$work"' EXIT
start_independent_broker "$work"
"$tools/bin/python" "$root/Tests/Benchmarks/fleet.py" --dragoman "$build_path/release/dragoman" \
  --brokers "$broker_address" "$@"
