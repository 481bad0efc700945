#!/usr/bin/env python
"""Stage 2: teaches the seven convolutions to carry a log-mel picture of each frame. They are frozen after it.

usage: distill.py [STEPS]

A linear head regresses, from the 96 channels of a frame, 46 mel bands of its 25 ms and 16 coarser ones of either half.
"""

import math
import random
import sys

import librosa
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from data import WORK, manifest, normalise, read_trimmed
from network import CHANNELS, build, conv_features

BATCH, LENGTH, PEAK = 16, 32000, 2e-3


def mel(size, bands, low, high):
    return torch.tensor(
        librosa.filters.mel(sr=16000, n_fft=size, n_mels=bands, fmin=low, fmax=high), dtype=torch.float32
    )


FINE, COARSE = torch.cat([mel(512, 40, 60, 4000), mel(512, 6, 4000, 8000)]), mel(256, 16, 60, 4000)
LONG_WINDOW, SHORT_WINDOW = torch.hann_window(400), torch.hann_window(200)


def log_mel(samples):
    """[batch, samples] -> [batch, frames, 78], on the frames of the convolution stack."""
    frames = samples.unfold(1, 400, 320)
    power = lambda part, window, size: torch.fft.rfft(part * window, size).abs().square()
    whole = power(frames, LONG_WINDOW, 512) @ FINE.T
    halves = [power(part, SHORT_WINDOW, 256) @ COARSE.T for part in (frames[..., :200], frames[..., 200:])]
    return torch.log(torch.cat([whole, *halves], -1) + 1e-3)


def read_waves():
    """The trimmed recordings, kept as 16-bit samples for the next stages."""
    cache = WORK / "audio.npz"
    if not cache.exists():
        rows, _ = manifest()
        waves = ((read_trimmed(row["path"]) * 32767).clip(-32768, 32767).astype(np.int16) for row in rows)
        np.savez(cache, **{str(index): wave for index, wave in enumerate(waves)})
    stored = np.load(cache)
    return [normalise(stored[str(index)].astype(np.float32) / 32767) for index in range(len(stored.files))]


def batch(waves):
    """Two seconds of recordings one behind the other, at several levels, most with noise."""
    result = np.zeros((BATCH, LENGTH), np.float32)
    for row in result:
        position = 0
        while position < LENGTH:
            wave = random.choice(waves)
            if len(wave) > LENGTH:
                start = random.randrange(len(wave) - LENGTH + 1)
                wave = wave[start : start + LENGTH]
            count = min(len(wave), LENGTH - position)
            row[position : position + count] = wave[:count] * math.exp(random.gauss(0, 0.15))
            position += count
        if random.random() < 0.7:
            row += np.random.randn(LENGTH).astype(np.float32) * 10 ** random.uniform(-3, -0.7)
    return torch.from_numpy(result)


def main():
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    torch.manual_seed(1), random.seed(1), np.random.seed(1)
    WORK.mkdir(parents=True, exist_ok=True)
    waves = read_waves()
    extractor = build(1000).encoder.feature_extractor
    for layer in extractor.conv_layers:
        nn.init.normal_(layer.conv.weight, std=math.sqrt(1.6 / layer.conv.weight[0].numel()))
        nn.init.zeros_(layer.conv.bias)
    head = nn.Linear(CHANNELS, len(FINE) + 2 * len(COARSE))
    parameters = [*extractor.parameters(), *head.parameters()]
    optimiser = torch.optim.AdamW(parameters, betas=(0.9, 0.98), weight_decay=1e-3)

    sample = torch.cat([log_mel(batch(waves)) for _ in range(8)])
    mean, deviation = sample.mean((0, 1)), sample.std((0, 1))
    held = batch(waves)
    for step in range(steps):
        rate = PEAK * min(1, (step + 1) / 30) * (0.5 * (1 + math.cos(math.pi * step / steps)) + 0.01)
        optimiser.param_groups[0]["lr"] = rate
        samples = batch(waves)
        with torch.autocast("cpu", torch.bfloat16):
            guess = head(conv_features(extractor, samples))
        loss = F.mse_loss(guess.float(), (log_mel(samples) - mean) / deviation)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        if step % 25 == 0 or step == steps - 1:
            with torch.no_grad():
                error = F.mse_loss(head(conv_features(extractor, held)), (log_mel(held) - mean) / deviation)
            print(f"step {step}: loss {loss.item():.4f}, on one held batch {error.item():.4f}", flush=True)
            torch.save(extractor.state_dict(), WORK / "convolutions.pt")


if __name__ == "__main__":
    main()
