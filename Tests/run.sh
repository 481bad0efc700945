#!/usr/bin/env bash
# Installs what is missing and runs all tests: unit tests, golden tests against Hugging Face's outputs, and integration
# tests over sockets against the embedded broker and an independent one, with clients that are not ours.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/Config/setup.sh"
. "$root/Tests/tools.sh"

broker_process=
storage_process=
test_process=
work=$(mktemp -d)
finish() {
  local status=$?
  trap - EXIT
  for process in $test_process $broker_process $storage_process; do stop_server "$process"; done
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

# Some measure, or wait for brokers with a limit of time: how many run at once is said with each.
swift_test_parallel() {
  local width=$1
  shift
  SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$width swift_test "$@"
}

# Tests in a session of their own, with what they start: a process that is left over would hold the output open for ever.
# libmpg123's own complaints about files that are damaged on purpose would bury the results.
swift_test() {
  local status=0
  setsid env --default-signal timeout -k 30 40m \
    swift test --package-path "$root" --scratch-path "$build_path" "${build_flags[@]}" --skip-build "$@" \
    > >(grep --line-buffered -v 'src/libmpg123/' | tee "$work/tests.log") 2>&1 &
  test_process=$!
  wait "$test_process" || status=$?
  stop_server "$test_process"
  [ "$status" = 0 ] || say_failures "$status"
  return "$status"
}

# What failed, once more and last: among thousands of lines it is not found, and of a long output some keep only the end.
say_failures() {
  [ "$1" != 124 ] || say "more than 40 minutes: a test that has started and not ended hangs"
  sleep 1
  say "what failed:"
  # Of what a test compares a line or two say enough; a fleet's log may be long.
  awk '/^◇|^✔/ { shown = 0 } /^✘/ || /Program crashed|crashed:$/ { shown = 12 } shown-- > 0 { print substr($0, 1, 1000) }' "$work/tests.log" >&2
}

install_build_packages
install_tools
(cd "$root" && swift format lint --strict --recursive Package.swift Sources Tests)
# Products by name: --build-tests would also compile the C++ of swift-protobuf's compiler.
products=(dragomanPackageTests dragoman dragoman-gateway dragoman-client-example dragoman-chaos dragoman-benchmark)
for product in "${products[@]}"; do swift_build --product "$product"; done
start_independent_broker "$work/broker"
start_storage "$work/storage"
export DRAGOMAN_TEST_S3=$storage_address DRAGOMAN_TEST_BROKER=$broker_address DRAGOMAN_TEST_PYTHON=$tools/bin/python
# What computes holds the threads that the others' waiting needs.
computing='(Audio|Checkpoint|Compute|Evaluation|Segmentation|SpeechTranslation|Tokenization)Tests\.'
# What measures, or drives a browser, would suffer from neighbours.
alone='ExporterTests|WorkerHealthTests|PageTests'
say "the engine"
swift_test_parallel 2 --filter "$computing"
say "the fleet, which mostly waits"
swift_test_parallel 8 --skip "ChaosTests|$alone|$computing"
say "what is better alone: estimates, health, the page in a browser"
swift_test_parallel 2 --filter "$alone"
say "fleets under faults"
swift_test_parallel 8 --filter ChaosTests
say "the engine again, without AVX2 and on OpenBLAS' kernels for Haswell"
DRAGOMAN_CPU=scalar OPENBLAS_CORETYPE=HASWELL swift_test_parallel 2 --filter SpeechTranslationTests
say "the quickstart"
bash "$root/Config/quickstart.sh"
say "the documentation"
bash "$root/Tests/documentation.sh"
say "the chart"
bash "$root/Tests/Deploy/run.sh"
