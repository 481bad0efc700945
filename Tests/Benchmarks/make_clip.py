#!/usr/bin/env python
"""Writes seconds of sound, a wavering tone under pulsed noise (16 kHz mono): make_clip.py FILE SECONDS

A file named .wav gets 16-bit samples, any other raw float32.
"""

import sys
import wave

import numpy as np

path, seconds = sys.argv[1], float(sys.argv[2])
count = round(16000 * seconds)
time = np.arange(count) / 16000
noise = 0.05 * np.random.default_rng(0).standard_normal(count) * (0.2 + np.sin(2 * np.pi * 3 * time) ** 2)
tone = 0.1 * np.sin(2 * np.pi * (150 + 40 * np.sin(7 * time)) * time)
sound = noise + tone
if path.endswith(".wav"):
    with wave.open(path, "wb") as file:
        file.setparams((1, 2, 16000, count, "NONE", ""))
        file.writeframes((32767 * sound.clip(-1, 1)).astype("<i2").tobytes())
else:
    sound.astype("<f4").tofile(path)
