"""Makes one long recording of many real ones, with pauses whose lengths are known.

    python make_recording.py SOUNDS_FOLDER OUT_FOLDER [HOURS]

Writes recording.wav (16 kHz) and utterances.jsonl (file, start, end of each) to OUT_FOLDER, and the utterances alone to
OUT_FOLDER/utterances. SOUNDS_FOLDER is what Debian's asterisk-core-sounds-* packages install in /usr/share/asterisk/sounds.
"""

import json
import random
import sys
from pathlib import Path

import numpy as np
import soundfile
import soxr

SPEAKERS = ("es_MX_f_Allison", "fr_CA_f_June", "fr", "it_IT_m_Carlo", "it_IT_f_Menardi", "ru_RU_f_IvrvoiceRU")
RATE = 16000


def main(sounds, out, hours):
    random.seed(9)
    noise = np.random.default_rng(9)
    paths = [path for speaker in SPEAKERS for path in sorted((sounds / speaker).rglob("*.wav"))]
    # Whole sentences: neither letters and digits nor what is no speech at all (beeps, music on hold).
    odd = ("digits", "letters", "phonetic", "silence", "followme", "dictate")
    paths = [path for path in paths if not set(path.parts) & set(odd) and soundfile.info(path).duration >= 1.2]
    random.shuffle(paths)
    (out / "utterances").mkdir(parents=True, exist_ok=True)
    count = 0
    # The last thousand are drawn again and again.
    with soundfile.SoundFile(out / "recording.wav", "w", RATE, 1) as recording, open(out / "utterances.jsonl", "w") as list_:
        while count < hours * 3600 * RATE:
            path = paths.pop() if len(paths) > 1000 else random.choice(paths)
            samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
            samples = soxr.resample(samples.mean(axis=1), rate, RATE, "HQ")
            pause = random.choice((0.1, 0.3, 0.5, 0.8, 1.5, 3.0)) if random.random() < 0.98 else 20.0
            quiet = noise.normal(0, 10 ** (-65 / 20), int(pause * RATE)).astype(np.float32)
            name = f"{path.relative_to(sounds).with_suffix('')}".replace("/", "-") + f"-{count}"
            soundfile.write(out / "utterances" / f"{name}.wav", samples, RATE)
            line = {"file": f"{name}.wav", "start": count / RATE, "end": (count + len(samples)) / RATE, "pause": pause}
            list_.write(json.dumps(line) + "\n")
            recording.write(samples)
            recording.write(quiet)
            count += len(samples) + len(quiet)
    print(f"{count / RATE:.0f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 2.0)
