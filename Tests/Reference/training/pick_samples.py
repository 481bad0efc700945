#!/usr/bin/env python
"""Stage 6: picks 24 sample recordings the model gets right, six of a language, of several lengths and speakers.

usage: pick_samples.py MODEL

Translates all (trimmed) recordings greedily, prints the scores, and writes the choice to picks.json.
"""

import json
import random
import sys

import numpy as np
import sacrebleu
import torch
from torch.nn.utils.rnn import pad_sequence

from data import LANGUAGES, WORK, manifest
from hugging_face import Translator
from network import greedy


def translate_all(translator, count):
    stored = torch.load(WORK / "features-clean.pt")
    offsets = stored["offsets"]
    order = sorted(range(count), key=lambda index: offsets[index + 1] - offsets[index])
    language, texts = translator.model.generation_config.forced_bos_token_id, [""] * count
    for start in range(0, count, 32):
        chosen = order[start : start + 32]
        features = [stored["features"][offsets[index] : offsets[index + 1]].float() for index in chosen]
        lengths = torch.tensor([len(part) for part in features])
        for index, ids in zip(chosen, greedy(translator.model, pad_sequence(features, True), lengths, language)):
            texts[index] = translator.text(ids)
    return texts


def report(name, rows, texts):
    if rows:
        bleu = sacrebleu.corpus_bleu(texts, [[row["en"] for row in rows]]).score
        exact = 100 * np.mean([text == row["en"] for text, row in zip(texts, rows)])
        print(f"{name}: {len(rows)} recordings, BLEU {bleu:.1f}, exact {exact:.1f}%")


def pick(rows, generator):
    """Six of one language's right recordings: two held out, then long, middling and short ones, no text twice."""
    chosen = []

    def take(candidates, count):
        candidates = list(candidates)
        generator.shuffle(candidates)
        for row in candidates:
            if count > 0 and len(chosen) < 6 and row["en"] not in {other["en"] for other in chosen}:
                chosen.append(row)
                count -= 1

    words = lambda row: len(row["en"].split())
    heard = [row for row in rows if row["split"] == "train"]
    take((row for row in rows if row["split"] != "train" and words(row) >= 2), 2)
    take((row for row in heard if words(row) >= 9), 2)
    take((row for row in heard if 5 <= words(row) <= 8), 2)
    take((row for row in heard if 2 <= words(row) <= 5), 6)
    take(heard, 6)
    return chosen


def main():
    rows, _ = manifest()
    texts = translate_all(Translator(sys.argv[1]), len(rows))
    for split in ("train", "devA", "devB"):
        for language in (None, *LANGUAGES):
            some = [i for i, row in enumerate(rows) if row["split"] == split and language in (None, row["lang"])]
            report(f"{split} {language or 'all'}", [rows[i] for i in some], [texts[i] for i in some])
    generator, picks = random.Random(3), []
    for language in LANGUAGES:
        right = [row for row, text in zip(rows, texts) if row["lang"] == language and text == row["en"]]
        right = [row for row in right if not row["key"].startswith(("letters", "phonetic", "spy"))]
        picks += [[row["speaker"], row["key"]] for row in pick(right, generator)]
    (WORK / "picks.json").write_text(json.dumps(picks))


if __name__ == "__main__":
    main()
