#!/usr/bin/env bash
# Shows what long recordings cost and what cutting them does to their translations. One command does it all:
#
#     bash Tests/Benchmarks/speech/run.sh [hours of the recording, 2 if not given]
#
# Real recordings (Debian's packages of telephone prompts) become one with known pauses. Printed are: our probabilities of
# speech and their speed beside those of onnxruntime; whether the cuts keep their promises; memory, time and BLEU of the
# recording's translation, by each way of cutting, against the translations of the recordings alone; and what becomes of five
# minutes each of silence, noise, dial tones and music. Exits with 1 if a promise is broken.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
. "$root/Config/setup.sh"
work=${DRAGOMAN_BENCHMARK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/dragoman-benchmark}/speech
python=${DRAGOMAN_BENCHMARK_PYTHON:-$work/venv/bin/python}
install_build_packages
install_packages asterisk-core-sounds-{es,fr,it,ru}-wav asterisk-prompt-fr-armelle asterisk-prompt-it-menardi-wav
mkdir -p "$work"
if [[ -z ${DRAGOMAN_BENCHMARK_PYTHON:-} ]] && ! "$python" -m pip show --quiet silero-vad 2>/dev/null; then
    say "installing Python packages in $work/venv"
    install_packages python3-venv
    python3 -m venv "$work/venv"
    grep -v silero-vad "$here/requirements.txt" | "$python" -m pip install --quiet --requirement /dev/stdin
    # Last, as it says that all is there; it would bring PyTorch along, of which its ONNX network has no need.
    "$python" -m pip install --quiet --no-deps silero-vad==6.2.3
fi
[[ -n ${DRAGOMAN_BENCHMARK_TOOL:-} ]] || swift_build --product dragoman >&2
dragoman=${DRAGOMAN_BENCHMARK_TOOL:-$build_path/release/dragoman}
model=$root/Tests/Fixtures/demo-model/model
sounds=${ASTERISK_SOUNDS:-/usr/share/asterisk/sounds}
long=$work/long
failed=0

say "the recording"
"$python" "$here/make_recording.py" "$sounds" "$long" "${1:-2}"

say "probabilities, by turns on one core"
"$python" -c 'import soundfile, sys
with soundfile.SoundFile(sys.argv[1]) as file: soundfile.write(sys.argv[2], file.read(16000 * 600, "float32"), 16000)' \
    "$long/recording.wav" "$work/ten-minutes.wav"
"$python" "$here/activity_speed.py" "$work/ten-minutes.wav" "$dragoman"

say "cuts"
for method in pauses divide-and-conquer; do
    "$dragoman" segment --json --probabilities --segmentation $method "$long/recording.wav" >"$work/$method.segments"
    "$python" "$here/check_segments.py" "$work/$method.segments" "$long/utterances.jsonl" || failed=1
done

say "translations, against those of the recordings alone"
mapfile -t files < <("$python" -c 'import json, sys
for line in open(sys.argv[1]): print(json.loads(line)["file"])' "$long/utterances.jsonl")
(cd "$long/utterances" && "$dragoman" translate --model "$model" --beams 1 "${files[@]}" | cut -f2) >"$work/alone.txt"
translations=()
for method in pauses divide-and-conquer fixed; do
    options=(--segmentation $method)
    [[ $method != fixed ]] || options+=(--target-segment 20)
    began=$EPOCHREALTIME
    "$python" "$here/peak_memory.py" "$dragoman" translate --model "$model" --beams 1 "${options[@]}" \
        --format srt --output-dir "$work/$method" "$long/recording.wav"
    awk -v from="$began" -v to="$EPOCHREALTIME" -v hours="${1:-2}" -v name="$method" \
        'BEGIN { printf "%s: %.0f s, real-time factor %.4f\n", name, to - from, (to - from) / hours / 3600 }'
    "$python" "$here/check_subtitles.py" "$work/$method/recording.srt" "$work/$method.txt" || failed=1
    "$python" "$here/align.py" "$work/alone.txt" "$work/$method.txt" >"$work/$method.lines"
    translations+=("$work/$method.lines")
done
"$dragoman" score --reference "$work/alone.txt" --hypothesis "${translations[@]}"

say "what is no speech"
"$python" "$here/make_noises.py" "$work/noises"
for file in "$work"/noises/*.wav; do
    "$dragoman" translate --model "$model" --json "$file" 2>/dev/null |
        "$python" -c 'import json, sys
line = json.loads(sys.stdin.read())
remarks = [segment["remarks"] for segment in line.get("segments", [])]
print(line["file"].rsplit("/", 1)[1], line["status"], repr(line["text"][:60]), remarks)
sys.exit(line["status"] != "NO_SPEECH" and not all("NON_SPEECH" in r for r in remarks))' || failed=1
done
exit $failed
