#!/usr/bin/env python
"""Checks a finished folder: it loads again, a float32 copy gives the same texts, the tokenizer needs only its model.

usage: check.py FOLDER        (with model and samples)
"""

import csv
import shutil
import sys
import tempfile
from pathlib import Path

from transformers import MBart50Tokenizer

from data import read_audio
from hugging_face import Translator


def main():
    folder = Path(sys.argv[1])
    saved = Translator(folder / "model")
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "model"
        shutil.copytree(folder / "model", copy)
        saved.model.save_pretrained(copy)
        again = Translator(copy)
        alone = Path(temporary) / "alone"
        alone.mkdir()
        shutil.copy(folder / "model" / "sentencepiece.bpe.model", alone)
        tokenizer = MBart50Tokenizer.from_pretrained(alone, src_lang="en_XX", tgt_lang="en_XX")
    different = 0
    with open(folder / "samples" / "samples.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            samples = read_audio(folder / "samples" / row["path"])
            wanted = [row["hf_greedy"], row["hf_beam5"]]
            for translator in (saved, again):
                found = [translator.translate(samples, beams) for beams in (1, 5)]
                ids = translator.search(samples, 1)[0]
                if found != wanted or tokenizer.decode(ids, skip_special_tokens=True) != wanted[0]:
                    different += 1
                    print(row["path"], found, wanted)
    print(f"{different} texts differ")
    return different != 0


if __name__ == "__main__":
    sys.exit(main())
