#!/usr/bin/env bash
# Installs what is missing and runs all tests: unit tests, golden tests against Hugging Face's outputs, and integration
# tests over sockets against the embedded broker and an independent one.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/Config/setup.sh"

tools=${DRAGOMAN_TOOLS_PATH:-$root/.build-tools}
broker_process=
broker_data=
finish() {
  local status=$?
  trap - EXIT
  [ -z "$broker_process" ] || kill "$broker_process" 2>/dev/null || true
  wait || true
  [ -z "$broker_data" ] || rm -rf "$broker_data"
  exit "$status"
}
trap finish EXIT

# A broker that is neither librdkafka's nor ours.
start_independent_broker() {
  [ -x "$tools/bin/noida-db" ] || {
    python3 -m venv "$tools"
    "$tools/bin/pip" install -q noida-db==0.2.3
  }
  local port
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  broker_data=$(mktemp -d)
  "$tools/bin/noida-db" start --only kafka --kafka-port "$port" --data-dir "$broker_data" >"$broker_data.log" 2>&1 &
  broker_process=$!
  for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    kill -0 "$broker_process" || { cat "$broker_data.log" >&2; exit 1; }
    sleep 0.1
  done
  export DRAGOMAN_TEST_BROKER=127.0.0.1:$port
}

swift_test() { swift test --package-path "$root" --scratch-path "$build_path" "${build_flags[@]}" --skip-build "$@"; }

install_build_packages
install_packages python3-venv
(cd "$root" && swift format lint --strict --recursive Package.swift Sources Tests)
swift_build --build-tests
start_independent_broker
# libmpg123's own complaints about files that are damaged on purpose would bury the results.
swift_test 2>&1 | { grep -v 'src/libmpg123/' || true; }
say "the engine again, on OpenBLAS' kernels for Haswell"
OPENBLAS_CORETYPE=HASWELL swift_test --filter SpeechTranslationTests
say "the quickstart"
bash "$root/Config/quickstart.sh"
