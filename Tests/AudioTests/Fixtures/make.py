"""Makes the small recordings of this folder and expected.json: what soundfile and soxr read in them.

    python make.py        # needs numpy, soundfile, soxr

The sound is a gliding tone, another in each channel, over a steady one. For each recording that Dragoman reads,
expected.json holds the number of samples at 16 kHz mono, every 61st of them, and the seconds of source audio.
"""
import json
import os

import numpy as np
import soundfile
import soxr

FILES = [  # name, sample rate, channels, soundfile format, subtype
    ("gsm.wav", 8000, 1, "WAV", "GSM610"),
    ("extensible-24.wav", 44100, 2, "WAVEX", "PCM_24"),
    ("long-16.rf64", 22050, 1, "RF64", "PCM_16"),
    ("float.aiff", 8000, 2, "AIFF", "FLOAT"),
    ("pcm-24.aiff", 11025, 1, "AIFF", "PCM_24"),
    ("a-law.aifc", 8000, 1, "AIFF", "ALAW"),
    ("mu-law.au", 8000, 1, "AU", "ULAW"),
    ("double.au", 16000, 1, "AU", "DOUBLE"),
    ("opus.ogg", 48000, 1, "OGG", "OPUS"),
    ("vorbis.ogg", 22050, 2, "OGG", "VORBIS"),
    ("stereo.mp3", 44100, 2, "MP3", "MPEG_LAYER_III"),
    ("stereo.flac", 48000, 2, "FLAC", "PCM_16"),
    ("eight-channels.wav", 12000, 8, "WAV", "PCM_16"),
    ("ima-adpcm.wav", 8000, 1, "WAV", "IMA_ADPCM"),
    ("microsoft-adpcm.wav", 8000, 1, "WAV", "MS_ADPCM"),
    ("ima-adpcm.aifc", 8000, 1, "AIFF", "IMA_ADPCM"),
    ("g721.au", 8000, 1, "AU", "G721_32"),
    ("alac.caf", 8000, 1, "CAF", "ALAC_16"),
    ("wave64.w64", 8000, 1, "W64", "IMA_ADPCM"),
]
REFUSED = ("ima-adpcm.wav", "microsoft-adpcm.wav", "ima-adpcm.aifc", "g721.au", "alac.caf", "wave64.w64")


def tones(rate, channels, seconds=0.12):
    t = np.arange(int(rate * seconds)) / rate
    glide = [0.3 * np.sin(2 * np.pi * (200 + 90 * c + 2000 * t) * t) for c in range(channels)]
    return np.stack(glide, 1) + 0.1 * np.sin(2 * np.pi * 1234 * t)[:, None]


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    expected = {}
    for name, rate, channels, container, subtype in FILES:
        path = os.path.join(folder, name)
        soundfile.write(path, tones(rate, channels), rate, format=container, subtype=subtype)
        if name in REFUSED:
            continue
        x, got = soundfile.read(path, dtype="float32", always_2d=True)
        frames, x = len(x), x.mean(1)
        if got != 16000:
            x = soxr.resample(x, got, 16000, quality="HQ")
        expected[name] = dict(count=len(x), seconds=frames / got, every61st=[float(v) for v in x[::61]])
    with open(os.path.join(folder, "expected.json"), "w") as file:
        json.dump(expected, file, indent=1)


if __name__ == "__main__":
    main()
