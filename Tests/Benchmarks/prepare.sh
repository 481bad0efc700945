# Sourced by run.sh and memory.sh: a Python with what they need, a full-size random 300M checkpoint, and packed files of it.
#
#   DRAGOMAN_BENCHMARK_CACHE   where those are kept (default: ~/.cache/dragoman-benchmark)
#   DRAGOMAN_BENCHMARK_PYTHON  a Python that has the packages of requirements.txt, instead of a new environment
#   DRAGOMAN_BENCHMARK_MODEL   another checkpoint
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$root/Config/setup.sh"

cache=${DRAGOMAN_BENCHMARK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/dragoman-benchmark}
python=${DRAGOMAN_BENCHMARK_PYTHON:-$cache/venv/bin/python}
model=${DRAGOMAN_BENCHMARK_MODEL:-$cache/300m}

install_build_packages
mkdir -p "$cache"
if [[ -z ${DRAGOMAN_BENCHMARK_PYTHON:-} ]] && ! "$python" -c 'import ctranslate2, torch, transformers' 2>/dev/null; then
    say "installing the packages of requirements.txt in $cache/venv"
    install_packages python3-venv
    python3 -m venv "$cache/venv"
    "$python" -m pip install --quiet --requirement "$here/requirements.txt"
fi

if [[ ! -f $model/config.json ]]; then
    rm -rf "$model.part"
    "$python" "$root/Tests/Reference/make_full_size.py" "$model.part" --size 300m >&2
    mv "$model.part" "$model"
fi

# Sets `packed` to the path of the checkpoint in a precision. A file is made anew when the code that packs changes.
pack() {
    local precision=$1 code
    code=$(cat "$model/config.json" "$root"/Sources/SpeechTranslation/Packing/*.swift \
        "$root"/Sources/Checkpoint/Packed/*.swift "$root"/Sources/Compute/PackedMatrix*.swift | sha256sum | cut -c 1-8)
    packed=$cache/$(basename "$model")-$precision-$code.dragoman
    if [[ ! -f $packed ]]; then
        swift_build --product dragoman >&2
        rm -f "$cache/$(basename "$model")-$precision"-*.dragoman
        say "packing $model in $precision"
        "$build_path/release/dragoman" convert "$model" "$packed" --precision "$precision" --quiet >&2
    fi
}
