#!/usr/bin/env bash
# Shows what a packed file is good for: how soon a process translates, and that workers share the weights.
#
#     bash Tests/Benchmarks/memory.sh [precision, int8 if not given]
#
# First a command translates a clip of two seconds five times, each a process of its own, with the file in memory. Then four
# workers translate recordings, and their proportional set sizes are added up. Exits with 1 if the median start takes 1.5 s or
# more, or the sum is over 1.15 times the file plus 0.3 GB for each worker.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
swift_build --product dragoman >&2
pack "${1:-int8}"
dragoman=$build_path/release/dragoman
samples=$root/Tests/Fixtures/demo-model/samples
count=4
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$work"' EXIT

"$python" "$here/make_clip.py" "$work/clip.wav" 2
cat "$packed" >/dev/null
for _ in 1 2 3 4 5; do
    began=$EPOCHREALTIME
    # The random model never ends by itself: twelve tokens, as two seconds of speech have.
    "$dragoman" translate --model "$packed" --beams 5 --max-new-tokens 12 "$work/clip.wav" >/dev/null
    awk -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.3f\n", to - from }'
done | sort -n >"$work/starts"
start=$(sed -n 3p "$work/starts")
echo "from process start to the first translation: $start s, median of $(paste -sd ' ' "$work/starts")"

"$dragoman" broker >"$work/broker.properties" 2>"$work/broker.log" &
wait_for_broker $! "$work/broker.properties"
workers=()
for number in $(seq "$count"); do
    "$dragoman" worker --kafka-config "$work/broker.properties" --model "$packed" --audio-root "$samples" --threads 1 \
        --name "worker-$number" 2>"$work/worker-$number.log" &
    workers+=($!)
done
batch=$("$dragoman" submit --kafka-config "$work/broker.properties" --beams 5 --max-new-tokens 12 "$samples"/*.wav)
"$dragoman" gather "$batch" --kafka-config "$work/broker.properties" --timeout 900 --format tsv >"$work/results.tsv"

for number in $(seq "$count"); do
    jobs=$(grep -c 'status=OK' "$work/worker-$number.log" || true)
    awk -v name="worker-$number" -v jobs="$jobs" '
        /^(Rss|Pss|Private_Dirty):/ { kilobytes[$1] = $2 }
        END {
            printf "%s %d jobs, resident %.2f GB, proportional %.2f GB, private %.2f GB\n", name, jobs,
                kilobytes["Rss:"] * 1.024e-6, kilobytes["Pss:"] * 1.024e-6, kilobytes["Private_Dirty:"] * 1.024e-6
        }' "/proc/${workers[number - 1]}/smaps_rollup"
done | tee "$work/memory"
awk -v weights="$(stat -c %s "$packed")" -v count="$count" -v start="$start" '
    { for (i = 1; i < NF; i++) if ($i == "proportional") sum += $(i + 1) }
    END {
        limit = 1.15 * weights / 1e9 + 0.3 * count
        printf "together %.2f GB proportional; file %.2f GB, limit %.2f GB\n", sum, weights / 1e9, limit
        exit sum > limit || start >= 1.5
    }' "$work/memory"
