#!/usr/bin/env bash
# Installs what is missing and runs all tests: unit tests, golden tests against Hugging Face's outputs, and integration
# tests over sockets against the embedded broker and an independent one, with clients that are not ours.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/Config/setup.sh"
. "$root/Tests/tools.sh"

broker_process=
work=$(mktemp -d)
finish() {
  local status=$?
  trap - EXIT
  [ -z "$broker_process" ] || kill "$broker_process" 2>/dev/null || true
  wait || true
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

swift_test() { swift test --package-path "$root" --scratch-path "$build_path" "${build_flags[@]}" --skip-build "$@"; }

install_build_packages
install_tools
(cd "$root" && swift format lint --strict --recursive Package.swift Sources Tests)
# Products by name: --build-tests would also compile the C++ of swift-protobuf's compiler.
for product in dragomanPackageTests dragoman dragoman-benchmark; do swift_build --product "$product"; done
start_independent_broker "$work/broker"
export DRAGOMAN_TEST_BROKER=$broker_address DRAGOMAN_TEST_PYTHON=$tools/bin/python
# libmpg123's own complaints about files that are damaged on purpose would bury the results.
swift_test 2>&1 | { grep -v 'src/libmpg123/' || true; }
say "the engine again, without AVX2 and on OpenBLAS' kernels for Haswell"
DRAGOMAN_CPU=scalar OPENBLAS_CORETYPE=HASWELL swift_test --filter SpeechTranslationTests
say "the quickstart"
bash "$root/Config/quickstart.sh"
