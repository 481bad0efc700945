#!/usr/bin/env bash
# Translates the recordings that the demonstration model was trained from, and those held out, in every precision, and
# compares the texts with the references and with float32's. One command does it all:
#
#     bash Tests/Benchmarks/accuracy/trained.sh [options of trained.py, such as --beams 1]
#
# The first run installs the recordings (Debian packages) and fetches Python packages from PyPI.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
install_packages asterisk-core-sounds-{en,es,fr,it,ru} asterisk-core-sounds-{es,fr,it,ru}-wav \
    asterisk-prompt-fr-armelle asterisk-prompt-it-menardi-wav

exec "$python" "$here/trained.py" --build "$build_path/release" --work "$work/trained" "$@"
