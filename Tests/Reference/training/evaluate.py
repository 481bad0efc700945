#!/usr/bin/env python
"""Scores a saved model with Hugging Face's own generate, float32, whole recordings, one at a time.

usage: evaluate.py MODEL [--sets devA,devB,train] [--limit 150] [--beams 1,5] [--out FILE]
"""

import argparse
import json
from pathlib import Path

import numpy as np
import sacrebleu

from data import LANGUAGES, fraction, manifest, read_audio
from hugging_face import Translator


def score(rows, texts):
    wanted = [row["en"] for row in rows]
    exact = 100 * float(np.mean([text == target for text, target in zip(texts, wanted)]))
    bleu = sacrebleu.corpus_bleu(texts, [wanted]).score
    return {"n": len(rows), "bleu": round(bleu, 1), "exact": round(exact, 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("--sets", default="devA,devB,train")
    parser.add_argument("--limit", type=int, default=150)
    parser.add_argument("--beams", default="1,5")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    translator, (rows, _) = Translator(arguments.model), manifest()
    results = {}
    for split in arguments.sets.split(","):
        some = [row for row in rows if row["split"] == split]
        some = sorted(some, key=lambda row: fraction("E" + row["speaker"] + row["key"]))[: arguments.limit]
        for beams in map(int, arguments.beams.split(",")):
            texts = [translator.translate(read_audio(row["path"]), beams) for row in some]
            result = score(some, texts)
            result["chrf"] = round(sacrebleu.corpus_chrf(texts, [[row["en"] for row in some]]).score, 1)
            result["by_language"] = {}
            for language in LANGUAGES:
                part = [(row, text) for row, text in zip(some, texts) if row["lang"] == language]
                if part:
                    result["by_language"][language] = score(*map(list, zip(*part)))
            results[f"{split}/beam{beams}"] = result
            print(f"{split}, beams {beams}: {json.dumps(result)}", flush=True)
    if arguments.out:
        arguments.out.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
