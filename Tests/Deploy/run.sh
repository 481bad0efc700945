#!/usr/bin/env bash
# Proves of the chart and the image what can be proved without a cluster: the real helm of both major versions lints and renders
# every example, schemas of Kubernetes, KEDA and the Prometheus operator take what comes of it, bad values are refused, and the
# real programs start as each example has them. No Kubernetes API server could be had.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/Config/setup.sh"
. "$root/Tests/tools.sh"

broker_process=
storage_process=
work=$(mktemp -d)
finish() {
  local status=$?
  trap - EXIT
  for process in $broker_process $storage_process; do stop_server "$process"; done
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

install_tools
install_helm
"$tools/bin/python" "$root/Tests/Deploy/values_table.py"
"$tools/bin/python" "$root/Tests/Deploy/check_chart.py" "$helm/helm3" "$helm/helm4"
for product in dragoman dragoman-gateway dragoman-chaos; do swift_build --product "$product" >&2; done
start_independent_broker "$work/broker"
start_storage "$work/storage"
export DRAGOMAN_TEST_BROKER=$broker_address DRAGOMAN_TEST_S3=$storage_address
PATH=$build_path/release:$PATH "$tools/bin/python" "$root/Tests/Deploy/start_examples.py" "$helm/helm4"
# With programs of another build in DRAGOMAN_TEST_OLD_PROGRAMS pods go from that one to this one.
"$tools/bin/python" "$root/Tests/Deploy/replace_pods.py" "$helm/helm4" \
  --old "${DRAGOMAN_TEST_OLD_PROGRAMS:-$build_path/release}" --new "$build_path/release"
