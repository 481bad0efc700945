#!/usr/bin/env bash
# Compares Dragoman with Hugging Face on a full-size random 300M checkpoint, by turns. One command does it all:
#
#     bash Tests/Benchmarks/run.sh [options of compare.py, such as --rounds 15]
#
# The first run fetches Python packages from PyPI and writes the checkpoint: about 10 GB under the cache folder.
#
#   DRAGOMAN_BENCHMARK_CACHE   where those are kept (default: ~/.cache/dragoman-benchmark)
#   DRAGOMAN_BENCHMARK_PYTHON  a Python that has the packages of requirements.txt, instead of a new environment
#   DRAGOMAN_BENCHMARK_MODEL   another checkpoint
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$root/Config/setup.sh"
cache=${DRAGOMAN_BENCHMARK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/dragoman-benchmark}
python=${DRAGOMAN_BENCHMARK_PYTHON:-$cache/venv/bin/python}
model=${DRAGOMAN_BENCHMARK_MODEL:-$cache/300m}
clip=$cache/clip-10s.f32

mkdir -p "$cache"
if [[ -z ${DRAGOMAN_BENCHMARK_PYTHON:-} ]] && ! "$python" -c 'import torch, transformers' 2>/dev/null; then
    echo "Installing torch and transformers in $cache/venv" >&2
    python3 -m venv "$cache/venv" || {
        echo "python3 -m venv failed; on Debian: apt install python3-venv" >&2
        exit 1
    }
    "$python" -m pip install --quiet --requirement "$here/requirements.txt"
fi

if [[ ! -f $model/config.json ]]; then
    rm -rf "$model.part"
    "$python" "$root/Tests/Reference/make_full_size.py" "$model.part" --size 300m >&2
    mv "$model.part" "$model"
fi
[[ -f $clip ]] || "$python" "$here/make_clip.py" "$clip"

install_build_packages
swift_build --product dragoman-benchmark >&2

exec "$python" "$here/compare.py" --model "$model" --clip "$clip" --dragoman "$build_path/release/dragoman-benchmark" \
    --json "$cache/result.json" --markdown "$cache/result.md" "$@"
