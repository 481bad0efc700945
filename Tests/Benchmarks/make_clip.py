#!/usr/bin/env python
"""Writes ten seconds of sound, a wavering tone under pulsed noise, as raw float32 (16 kHz mono): make_clip.py FILE"""

import sys

import numpy as np

count = 160000
time = np.arange(count) / 16000
noise = 0.05 * np.random.default_rng(0).standard_normal(count) * (0.2 + np.sin(2 * np.pi * 3 * time) ** 2)
tone = 0.1 * np.sin(2 * np.pi * (150 + 40 * np.sin(7 * time)) * time)
(noise + tone).astype("<f4").tofile(sys.argv[1])
