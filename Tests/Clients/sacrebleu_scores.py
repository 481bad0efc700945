"""What sacreBLEU says of files of segments, as JSON: for each tokenizer the corpus' BLEU and every sentence's, and chrF2.

usage: sacrebleu_scores.py REFERENCES FIRST SECOND

The paired bootstrap compares the second file with the first.
"""

import json
import sys

from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.significance import PairedTest


def lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [line.rstrip() for line in file]


def main():
    references, first, second = map(lines, sys.argv[1:])
    bleu, sentences = {}, {}
    for tokenizer in ("13a", "zh", "char", "none"):
        metric = BLEU(tokenize=tokenizer, force=True)
        score = metric.corpus_score(first, [references])
        bleu[tokenizer] = {
            "score": score.score, "precisions": score.precisions, "bp": score.bp, "hyp_len": score.sys_len,
            "ref_len": score.ref_len, "signature": str(metric.get_signature()),
        }  # fmt: skip
        metric = BLEU(tokenize=tokenizer, effective_order=True)
        sentences[tokenizer] = [metric.sentence_score(a, [b]).score for a, b in zip(first, references)]
    metric = CHRF()
    chrf = {"score": metric.corpus_score(first, [references]).score, "signature": str(metric.get_signature())}
    chrf["sentences"] = [metric.sentence_score(a, [b]).score for a, b in zip(first, references)]
    test = PairedTest([("first", first), ("second", second)], {"BLEU": BLEU(), "chrF2": CHRF()}, [references], "bs")
    signatures, results = test()
    paired = {
        name: {
            "signature": str(signatures[name]), "p_value": float(results[name][1].p_value),
            "means": [float(r.mean) for r in results[name]], "cis": [float(r.ci) for r in results[name]],
        }
        for name in ("BLEU", "chrF2")
    }  # fmt: skip
    json.dump({"bleu": bleu, "sentences": sentences, "chrf": chrf, "paired": paired}, sys.stdout)


if __name__ == "__main__":
    main()
