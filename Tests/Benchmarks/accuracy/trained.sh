#!/usr/bin/env bash
# Translates the recordings that the demonstration model was trained from, and those held out, in every precision, and
# compares the texts with the references and with float32's. One command does it all:
#
#     bash Tests/Benchmarks/accuracy/trained.sh [options of trained.py, such as --beams 1]
#
# The first run installs the recordings (Debian packages) and fetches Python packages from PyPI.
#
#   DRAGOMAN_BENCHMARK_CACHE   where those and the translations are kept (default: ~/.cache/dragoman-benchmark)
#   DRAGOMAN_BENCHMARK_PYTHON  a Python that has the packages of requirements.txt, instead of a new environment
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
. "$root/Config/setup.sh"

cache=${DRAGOMAN_BENCHMARK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/dragoman-benchmark}/accuracy
python=${DRAGOMAN_BENCHMARK_PYTHON:-$cache/venv/bin/python}

install_build_packages
install_packages asterisk-core-sounds-{en,es,fr,it,ru} asterisk-core-sounds-{es,fr,it,ru}-wav \
    asterisk-prompt-fr-armelle asterisk-prompt-it-menardi-wav
mkdir -p "$cache"
if [[ -z ${DRAGOMAN_BENCHMARK_PYTHON:-} ]] && ! "$python" -c 'import sacrebleu' 2>/dev/null; then
    say "installing sacrebleu in $cache/venv"
    install_packages python3-venv
    python3 -m venv "$cache/venv"
    "$python" -m pip install --quiet --requirement "$here/requirements.txt"
fi
swift_build --product dragoman >&2
swift_build --product dragoman-benchmark >&2

exec "$python" "$here/trained.py" --build "$build_path/release" --work "$cache" "$@"
