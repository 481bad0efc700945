#!/usr/bin/env python
"""Scores a saved model on a voice it never heard: the Colombian prompts of asterisk-prompt-es-co.

usage: evaluate_unseen.py MODEL

Those recordings are under GPL-2: measured only, never trained on or shipped.
"""

import sys

import soundfile

from data import SOUNDS, fraction, manifest, read_audio
from evaluate import score
from hugging_face import Translator


def main():
    translator, (_, english) = Translator(sys.argv[1]), manifest()
    folder, rows = SOUNDS / "es", []
    for path in sorted(folder.rglob("*.gsm")):
        key = str(path.relative_to(folder).with_suffix(""))
        if key in english and 0.2 < soundfile.info(path).duration < 8:
            rows.append({"path": path, "en": english[key]})
    rows = sorted(rows, key=lambda row: fraction(str(row["path"])))[:150]
    print(score(rows, [translator.translate(read_audio(row["path"]), 5) for row in rows]))


if __name__ == "__main__":
    main()
