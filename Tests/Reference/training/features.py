#!/usr/bin/env python
"""Stage 3: features of the frozen convolutions for clean, augmented and synthetic recordings, in bfloat16.

usage: features.py clean augmented-1 augmented-2 … synthetic

Each name gives one file; every `augmented-…` is another random version of the training recordings.
"""

import json
import os
import random
import sys

import numpy as np
import soxr
import torch
from scipy.signal import fftconvolve

from data import WORK, manifest, normalise
from network import CHANNELS, build, conv_features


def augment(samples, generator):
    """Speed and pitch, tilt, reverberation, silence at the ends, noise: each now and then."""
    uniform = generator.uniform
    if generator.random() < 0.85:
        samples = soxr.resample(samples, 16000, int(16000 * uniform(0.86, 1.16))).astype(np.float32)
    if generator.random() < 0.6:
        samples = samples + uniform(-0.45, 0.45) * np.concatenate([[0], samples[:-1]]).astype(np.float32)
    if generator.random() < 0.3:
        length = int(16000 * uniform(0.05, 0.3))
        noise = np.random.RandomState(generator.randrange(1 << 30)).randn(length)
        room = noise * np.exp(-np.arange(length) / (length / 5))
        room[0] = uniform(3, 12)
        wet = fftconvolve(samples, room)[: len(samples) + 800]
        samples = (wet / (np.abs(wet).max() + 1e-9) * np.abs(samples).max()).astype(np.float32)
    samples = np.pad(samples, (int(16000 * uniform(0, 0.25)), int(16000 * uniform(0, 0.3))))
    if generator.random() < 0.65:
        noise = np.random.RandomState(generator.randrange(1 << 30)).randn(len(samples))
        if generator.random() < 0.5:
            noise = np.convolve(noise, np.ones(6) / 6, "same")
        decibels = uniform(6, 38)
        samples = samples + noise * np.sqrt((samples**2).mean() / (noise**2).mean()) * 10 ** (-decibels / 20)
    return samples.astype(np.float32)


def waves(name):
    """The waveforms of one file; None where a recording has none in it."""
    generator = random.Random(name)
    stored = np.load(WORK / ("synthetic.npz" if name == "synthetic" else "audio.npz"))
    rows = json.loads((WORK / "synthetic.json").read_text()) if name == "synthetic" else manifest()[0]
    for index, row in enumerate(rows):
        samples = stored[str(index)].astype(np.float32) / 32767
        if name == "clean":
            yield samples
        elif name == "synthetic" or row["split"] == "train":
            yield augment(samples, generator)
        else:
            yield None


@torch.no_grad()
def main():
    extractor = build(1000).encoder.feature_extractor.eval()
    extractor.load_state_dict(torch.load(WORK / "convolutions.pt"))
    for name in sys.argv[1:]:
        parts, offsets = [], [0]
        for samples in waves(name):
            part = torch.zeros(0, CHANNELS)
            if samples is not None:
                with torch.autocast("cpu", torch.bfloat16):
                    part = conv_features(extractor, torch.from_numpy(normalise(samples))[None])[0]
            parts.append(part.bfloat16())
            offsets.append(offsets[-1] + len(part))
        unfinished = WORK / f"features-{name}.part"
        torch.save({"features": torch.cat(parts), "offsets": offsets}, unfinished)
        os.replace(unfinished, WORK / f"features-{name}.pt")  # train.py may be looking
        print(f"{name}: {offsets[-1] * 0.02 / 60:.0f} minutes", flush=True)


if __name__ == "__main__":
    main()
