#!/usr/bin/env bash
# Shows that workers share their weights: three of them translate recordings with a full-size 300M checkpoint, and their
# proportional set sizes are added up. Exits with 1 if the sum is over the weights' size plus 0.6 GB for each.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
swift_build --product dragoman >&2
dragoman=$build_path/release/dragoman
samples=$root/Tests/Fixtures/demo-model/samples
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$work"' EXIT

"$dragoman" broker >"$work/broker.properties" 2>"$work/broker.log" &
wait_for_broker $! "$work/broker.properties"
workers=()
for number in 1 2 3; do
    "$dragoman" worker --kafka-config "$work/broker.properties" --model "$model" --audio-root "$samples" \
        --name "worker-$number" 2>"$work/worker-$number.log" &
    workers+=($!)
done
batch=$("$dragoman" submit --kafka-config "$work/broker.properties" --beams 5 --max-new-tokens 12 "$samples"/*.wav)
"$dragoman" gather "$batch" --kafka-config "$work/broker.properties" --timeout 900 --format tsv >"$work/results.tsv"

weights=$(find -L "$model" \( -name '*.safetensors' -o -name '*.bin' \) -printf '%s\n' | awk '{sum += $1} END {print sum}')
for number in 1 2 3; do
    jobs=$(grep -c 'status=OK' "$work/worker-$number.log" || true)
    awk -v name="worker-$number" -v jobs="$jobs" '
        /^(Rss|Pss|Private_Dirty):/ { kilobytes[$1] = $2 }
        END {
            printf "%s %d jobs, resident %.2f GB, proportional %.2f GB, private %.2f GB\n", name, jobs,
                kilobytes["Rss:"] * 1.024e-6, kilobytes["Pss:"] * 1.024e-6, kilobytes["Private_Dirty:"] * 1.024e-6
        }' "/proc/${workers[number - 1]}/smaps_rollup"
done | tee "$work/memory"
awk -v weights="$weights" '
    { for (i = 1; i < NF; i++) if ($i == "proportional") sum += $(i + 1) }
    END {
        limit = weights / 1e9 + 3 * 0.6
        printf "together %.2f GB proportional; weights %.2f GB, limit %.2f GB\n", sum, weights / 1e9, limit
        exit sum > limit
    }' "$work/memory"
