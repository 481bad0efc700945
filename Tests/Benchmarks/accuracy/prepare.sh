# Sourced by trained.sh and layers.sh: a Python with what they need, and the executables.
#
#   DRAGOMAN_BENCHMARK_CACHE   where the environment, checkpoints and results are kept (default: ~/.cache/dragoman-benchmark)
#   DRAGOMAN_BENCHMARK_PYTHON  a Python that has the packages of requirements.txt, instead of a new environment
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
. "$root/Config/setup.sh"

cache=${DRAGOMAN_BENCHMARK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/dragoman-benchmark}
work=$cache/accuracy
python=${DRAGOMAN_BENCHMARK_PYTHON:-$work/venv/bin/python}

install_build_packages
mkdir -p "$work"
if [[ -z ${DRAGOMAN_BENCHMARK_PYTHON:-} ]] && ! "$python" -c 'import sacrebleu' 2>/dev/null; then
    say "installing sacrebleu in $work/venv"
    install_packages python3-venv
    python3 -m venv "$work/venv"
    "$python" -m pip install --quiet --requirement "$here/requirements.txt"
fi
swift_build --product dragoman >&2
swift_build --product dragoman-benchmark >&2
benchmark=$build_path/release/dragoman-benchmark
