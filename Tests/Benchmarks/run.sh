#!/usr/bin/env bash
# Compares Dragoman with Hugging Face and CTranslate2 on a full-size random 300M checkpoint, by turns. One command does it:
#
#     bash Tests/Benchmarks/run.sh [--quick] [other options of compare.py, such as --rounds 15]
#
# The first run fetches Python packages from PyPI and writes the checkpoint: about 15 GB under the cache folder. prepare.sh
# has the variables that say where, or which to take instead. A run that is not quick also writes the figures into
# README.md and the picture beside the documentation.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

for length in 2 10; do
    [[ -f $cache/clip-${length}s.f32 ]] || "$python" "$here/make_clip.py" "$cache/clip-${length}s.f32" "$length"
done
ct2=$cache/$(basename "$model")-ct2-int8
[[ -f $ct2/step.json ]] || "$python" "$here/make_ct2.py" "$model" "$ct2" >&2
files=()
for precision in bf16 int8 mixed; do
    pack "$precision"
    files+=(--packed "$precision=$packed")
done
swift_build --product dragoman-benchmark >&2

show=(--svg "$root/Sources/dragoman/dragoman.docc/Resources/benchmark.svg" --readme "$root/README.md")
[[ " $* " != *" --quick "* ]] || show=(--svg "$cache/benchmark.svg")
exec "$python" "$here/compare.py" --model "$model" --clip "$cache/clip-10s.f32" --short-clip "$cache/clip-2s.f32" \
    --dragoman "$build_path/release/dragoman-benchmark" --ct2 "$ct2" "${files[@]}" \
    --json "$cache/result.json" --markdown "$cache/result.md" "${show[@]}" "$@"
