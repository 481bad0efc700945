"""Writes Tests/Fixtures/tokenizer: what transformers' MBart50Tokenizer makes of token ids.

usage: make_tokenizer_goldens.py   (transformers 5.23; no network)

odd.model is the tiny checkpoint's SentencePiece model with pieces that real ones seldom have: several or inner word marks,
empty text, spellings of special tokens, combining characters. decode.json holds, per model, lists of ids with their text,
and for some the text after clean_up_tokenization.
"""
import json
import os
import random
import shutil
import tempfile
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

from transformers import MBart50Tokenizer
from transformers.convert_slow_tokenizer import import_protobuf

FIXTURES = Path(__file__).resolve().parent.parent / "Fixtures"
OUTPUT = FIXTURES / "tokenizer"
NORMAL, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 3, 4, 5, 6
ODD_PIECES = [
    ("▁▁", NORMAL), ("▁a▁b", NORMAL), ("c▁d▁", NORMAL), ("", NORMAL), ("<control>", CONTROL), ("<user>", USER_DEFINED),
    ("en_XX", NORMAL), ("<mask>", NORMAL), ("<0x41>", BYTE), ("unused", UNUSED), ("é", NORMAL), ("e\u0301", NORMAL),
    ("\u0301", NORMAL), ("👩‍👩‍👧", NORMAL), ("\u200b", NORMAL), ("▁\u3000", NORMAL), (" x", NORMAL), (" n't", NORMAL), ("▁n't", NORMAL),
    (".", NORMAL), ("▁.", NORMAL), ("▁'", NORMAL), ("▁'s", NORMAL), ("▁,", NORMAL), ("▁?", NORMAL), ("▁!", NORMAL), ("▁'ve", NORMAL),
    ("▁", NORMAL), ("▁cat", NORMAL), ("cat", NORMAL),
]


def make_odd_model(path):
    proto = import_protobuf()
    model = proto.ModelProto()
    model.ParseFromString((FIXTURES / "tiny/sentencepiece.bpe.model").read_bytes())
    model.normalizer_spec.precompiled_charsmap = b""
    for piece, kind in ODD_PIECES:
        model.pieces.add(piece=piece, score=-5, type=kind)
    path.write_bytes(model.SerializeToString())


def cases(model, count, generator):
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(model, Path(folder) / "sentencepiece.bpe.model")
        shutil.copy(FIXTURES / "tiny/tokenizer_config.json", folder)
        tokenizer = MBart50Tokenizer.from_pretrained(folder)
    pieces = len(tokenizer) - 54
    frequent = list(range(pieces - len(ODD_PIECES) + 1, pieces + 1))
    special = [0, 1, 2, 3, pieces + 1, pieces + 4, pieces + 52, pieces + 53, pieces + 54, 10 * pieces, 2**31 - 1]
    sequences = [[], [2], [2, pieces + 4, 2], [3, 3], list(range(pieces + 60))]
    sequences += [[i] for i in frequent] + [[4, i] for i in frequent] + [[i, i] for i in frequent]
    for _ in range(count):
        body = [
            generator.choice(special) if generator.random() < 0.1
            else generator.choice(frequent) if generator.random() < 0.6
            else generator.randrange(4, pieces + 1)
            for _ in range(generator.randrange(1, 24))
        ]
        sequences.append([2, pieces + 4] + body + [2])
    result = []
    for ids in sequences:
        case = {"ids": ids, "text": tokenizer.decode(ids, skip_special_tokens=True)}
        clean = tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=True)
        if clean != case["text"]:
            case["clean"] = clean
        result.append(case)
    return {"pieces": pieces, "cases": result}


def main():
    OUTPUT.mkdir(exist_ok=True)
    make_odd_model(OUTPUT / "odd.model")
    generator = random.Random(1)
    models = {
        "tiny/sentencepiece.bpe.model": 100,
        "demo-model/model/sentencepiece.bpe.model": 200,
        "tokenizer/odd.model": 300,
    }
    goldens = {name: cases(FIXTURES / name, count, generator) for name, count in models.items()}
    text = json.dumps(goldens, ensure_ascii=True, separators=(",", ":"))
    (OUTPUT / "decode.json").write_text(text.replace('{"ids"', '\n{"ids"') + "\n")


if __name__ == "__main__":
    main()
