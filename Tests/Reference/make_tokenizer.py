#!/usr/bin/env python
"""Trains a toy SentencePiece model of 64 pieces, laid out as XLM-R's and mBART-50's, and writes a checkpoint's
tokenizer files.

usage: make_tokenizer.py DIR...
"""

import io
import sys
from pathlib import Path

import sentencepiece

from common import write_tokenizer_files

SENTENCES = """\
the cat sat on the mat .
Hello, world! it's a test.
I don't know what you're saying, my friend.
A man said to the universe: “Sir, I exist.”
der Mann sagte zu dem Universum
we saw the big red dog run fast
no , that is not it .
中文 测试 句子
one two three four five six seven
""".splitlines()


def main():
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES * 20), model_writer=model, model_type="unigram", vocab_size=64,
        character_coverage=0.98, unk_id=0, bos_id=1, eos_id=2, pad_id=-1, num_threads=1, minloglevel=2,
    )  # fmt: skip
    for directory in sys.argv[1:]:
        (Path(directory) / "sentencepiece.bpe.model").write_bytes(model.getvalue())
        write_tokenizer_files(directory)


if __name__ == "__main__":
    main()
