#!/usr/bin/env bash
# Compares Dragoman with Hugging Face on a full-size random 300M checkpoint, by turns. One command does it all:
#
#     bash Tests/Benchmarks/run.sh [options of compare.py, such as --rounds 15]
#
# The first run fetches Python packages from PyPI and writes the checkpoint: about 10 GB under the cache folder. prepare.sh
# has the variables that say where, or which to take instead.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

clip=$cache/clip-10s.f32
[[ -f $clip ]] || "$python" "$here/make_clip.py" "$clip"
swift_build --product dragoman-benchmark >&2

exec "$python" "$here/compare.py" --model "$model" --clip "$clip" --dragoman "$build_path/release/dragoman-benchmark" \
    --json "$cache/result.json" --markdown "$cache/result.md" "$@"
