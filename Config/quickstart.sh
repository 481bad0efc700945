#!/usr/bin/env bash
# Translates recorded French, Spanish, Italian and Russian speech through Kafka topics with the demonstration model:
# installs what is missing, builds, starts the embedded broker and two workers, submits, gathers, and compares with what
# Hugging Face gives for the same recordings. Exits with 1 if a translation differs.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/Config/setup.sh"

demo=$root/Tests/Fixtures/demo-model
work=$(mktemp -d)
processes=()
finish() {
  local status=$?
  trap - EXIT
  [ "${#processes[@]}" = 0 ] || kill "${processes[@]}" 2>/dev/null || true
  wait || true
  [ "$status" = 0 ] || tail -n 20 "$work"/*.log >&2 2>/dev/null || true
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

install_build_packages
say "building (the first time takes some minutes)"
swift_build --product dragoman >&2
dragoman=$build_path/release/dragoman

say "starting the embedded broker and two workers"
"$dragoman" broker >"$work/broker.properties" 2>"$work/broker.log" &
processes+=($!)
wait_for_broker "${processes[0]}" "$work/broker.properties"
for number in 1 2; do
  "$dragoman" worker --kafka-config "$work/broker.properties" --model "$demo/model" --audio-root "$demo/samples" \
    --name "worker-$number" 2>"$work/worker-$number.log" &
  processes+=($!)
done

files=()
while IFS=$'\t' read -r path _; do files+=("$demo/samples/$path"); done < <(tail -n +2 "$demo/samples/samples.tsv")
batch=$("$dragoman" submit --kafka-config "$work/broker.properties" "${files[@]}")
"$dragoman" gather "$batch" --kafka-config "$work/broker.properties" --timeout 120 --format tsv >"$work/results.tsv"

# samples.tsv: path, language, reference, what Hugging Face gives greedily and with five beams, …
# results.tsv: file, status, text, …
awk -F'\t' '
  FNR == 1 { next }
  NR == FNR { name = $1; sub(/.*\//, "", name); status[name] = $2; text[name] = $3; next }
  FNR == 2 { printf "%-42s %-4s %-67s %s\n", "FILE", "LANG", "TRANSLATION", "REFERENCE" }
  {
    printf "%-42s %-4s %-67s %s\n", $1, $2, text[$1], $3
    if (status[$1] != "OK" || text[$1] != $5) {
      differing++
      printf "  differs from Hugging Face (status %s): %s\n", status[$1], $5
    }
  }
  END {
    printf "\n%d recordings, %d differing from Hugging Face\n", FNR - 1, differing
    exit differing > 0 || FNR < 2
  }
' "$work/results.tsv" "$demo/samples/samples.tsv"
