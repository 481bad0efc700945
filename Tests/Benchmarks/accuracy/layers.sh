#!/usr/bin/env bash
# Measures the relative error after every layer of a full-size random 300M checkpoint, without outlier channels and with
# them, in every precision and in some mixtures. Needs 12 GB under the cache folder while it runs.
#
#     bash Tests/Benchmarks/accuracy/layers.sh
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
grouped=panels-int8-group32 plain=panels-int8
clip=$cache/clip-10s.f32
[[ -f $clip ]] || "$python" "$root/Tests/Benchmarks/make_clip.py" "$clip"

# pack NAME OPTION...
packed=()
pack() {
    "$benchmark" pack "$work/300m" "$work/$1.dragoman" "${@:2}" >/dev/null
    packed+=("$work/$1.dragoman")
}

for outliers in none balanced; do
    options=()
    [[ $outliers == none ]] || options=(--outliers "$outliers")
    rm -rf "$work/300m"
    "$python" "$root/Tests/Reference/make_full_size.py" "$work/300m" --size 300m "${options[@]}" >&2
    packed=()
    pack bf16 --precision bf16
    pack mixed --precision mixed
    pack int8 --precision int8
    pack int8-row --precision int8 --rule "=$plain"
    pack feed-forward --precision mixed --rule "feed_forward=$grouped"
    pack qk --precision mixed --rule "attention.q_proj=$grouped" --rule "attention.k_proj=$grouped"
    pack vo --precision mixed --rule "attention.v_proj=$grouped" --rule "attention.out_proj=$grouped"
    printf '\noutliers: %s\n\n' "$outliers"
    "$benchmark" layer-errors --reference "$work/300m" --packed "${packed[@]}" --clip "$clip"
    rm -rf "$work/300m" "${packed[@]}"
done
