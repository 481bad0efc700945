"""Makes five minutes each of what is no speech: silence, noise, dial tones, and chords.

    python make_noises.py OUT_FOLDER
"""

import sys
from pathlib import Path

import numpy as np
import soundfile

RATE, SECONDS = 16000, 300
# Semitones above A3 of a cadence.
CHORDS = ((0, 4, 7), (5, 9, 12), (7, 11, 14), (-3, 0, 4))


def chords():
    """Triads with harmonics, struck twice a second."""
    time = np.arange(RATE // 2) / RATE
    envelope = np.exp(-2.5 * time) * np.minimum(1, time * 100)
    pieces = []
    for beat in range(2 * SECONDS):
        piece = np.zeros(len(time))
        for semitone in CHORDS[beat // 2 % len(CHORDS)]:
            for harmonic in range(1, 6):
                piece += np.sin(2 * np.pi * 220 * 2 ** (semitone / 12) * harmonic * time) / harmonic
        pieces.append(0.08 * envelope * piece)
    return np.concatenate(pieces)


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    time = np.arange(SECONDS * RATE) / RATE
    sounds = {
        "silence": np.zeros(len(time)),
        "noise": np.random.default_rng(1).normal(0, 0.1, len(time)),
        "dial-tone": 0.25 * np.sin(2 * np.pi * 425 * time),
        "dial-tone-us": 0.2 * (np.sin(2 * np.pi * 350 * time) + np.sin(2 * np.pi * 440 * time)),
        "music": chords(),
    }
    for name, samples in sounds.items():
        soundfile.write(out / f"{name}.wav", samples.astype(np.float32), RATE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
