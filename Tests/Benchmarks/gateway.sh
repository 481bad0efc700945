#!/usr/bin/env bash
# How fast jobs go in through the gateway, and how fast it answers once a million are indexed, with a broker on this
# machine. Arguments go to gateway_load.py: --jobs 1000000 --partitions 16. BENCHMARK_BROKER=embedded takes the
# embedded broker, which drops old records, instead of an independent one.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/Config/setup.sh"
. "$root/Tests/tools.sh"
install_build_packages
install_tools
for product in dragoman dragoman-gateway; do swift_build --product "$product" >&2; done
work=$(mktemp -d)
embedded_process=
trap '[ -z "${broker_process:-}" ] || stop_server "$broker_process"
  [ -z "$embedded_process" ] || kill "$embedded_process"; wait; rm -rf "$work"' EXIT
if [ "${BENCHMARK_BROKER:-independent}" = embedded ]; then
  "$build_path/release/dragoman" broker --partitions 16 >"$work/broker.properties" &
  embedded_process=$!
  wait_for_broker "$embedded_process" "$work/broker.properties"
  set -- --existing-topics "$@"
  broker_address=$(sed -n 's/^bootstrap.servers=//p' "$work/broker.properties")
else
  start_independent_broker "$work/broker"
fi
"$tools/bin/python" "$root/Tests/Benchmarks/gateway_load.py" --programs "$build_path/release" \
  --brokers "$broker_address" --folder "$work" "$@"
