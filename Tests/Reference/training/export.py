#!/usr/bin/env python
"""Stage 5: writes the Hugging Face folder from the averaged weights.

usage: export.py OUT [--float32]
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import torch
from transformers import GenerationConfig, MBart50Tokenizer, Wav2Vec2FeatureExtractor

from data import LANGUAGE_CODES, WORK
from network import build

SPECIAL_TOKENS = {
    "bos_token": "<s>", "eos_token": "</s>", "sep_token": "</s>", "cls_token": "<s>", "unk_token": "<unk>",
    "pad_token": "<pad>", "mask_token": "<mask>",
}  # fmt: skip


def load_model():
    saved = torch.load(WORK / "checkpoint.pt", weights_only=False)
    model = build(saved["vocabulary"])
    prefix = "model."
    weights = {name.removeprefix(prefix): w for name, w in saved["average"].items() if name.startswith(prefix)}
    for name, tensor in torch.load(WORK / "convolutions.pt").items():
        weights["encoder.feature_extractor." + name] = tensor
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(weights.pop(name))
    assert not weights, f"the checkpoint has weights the model has not: {list(weights)}"
    return model.eval(), saved["vocabulary"]


def make_tokenizer(model_file):
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(model_file, Path(folder) / "sentencepiece.bpe.model")
        settings = {"tokenizer_class": "MBart50Tokenizer", "src_lang": "en_XX", "tgt_lang": "en_XX", **SPECIAL_TOKENS}
        (Path(folder) / "tokenizer_config.json").write_text(json.dumps(settings))
        return MBart50Tokenizer.from_pretrained(folder, src_lang="en_XX", tgt_lang="en_XX")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--float32", action="store_true", help="instead of float16")
    arguments = parser.parse_args()
    out, model_file = arguments.out, WORK / "sentencepiece.bpe.model"
    out.mkdir(parents=True, exist_ok=True)

    model, vocabulary = load_model()
    tokenizer = make_tokenizer(model_file)
    assert len(tokenizer) == vocabulary
    english = tokenizer.convert_tokens_to_ids("en_XX")
    assert english == vocabulary - 53 + LANGUAGE_CODES.index("en_XX")
    for text in (WORK / "english.txt").read_text(encoding="utf-8").splitlines():
        assert tokenizer.decode(tokenizer(text).input_ids, skip_special_tokens=True) == text, text

    # The forced ids go to generation_config.json: transformers 5 refuses them in config.json.
    model.config.tokenizer_class, model.config.feature_extractor_type = "mbart50", "wav2vec2"
    model.generation_config = GenerationConfig(
        bos_token_id=0, decoder_start_token_id=2, early_stopping=True, eos_token_id=2, forced_bos_token_id=english,
        forced_eos_token_id=2, max_length=100, num_beams=5, pad_token_id=1,
    )  # fmt: skip
    (model if arguments.float32 else model.half()).save_pretrained(out)
    Wav2Vec2FeatureExtractor(
        feature_size=1, sampling_rate=16000, padding_value=0.0, do_normalize=True, return_attention_mask=True
    ).save_pretrained(out)
    tokenizer.save_pretrained(out)
    shutil.copy(model_file, out / "sentencepiece.bpe.model")
    mask = {"content": "<mask>", "lstrip": True, "normalized": False, "rstrip": False, "single_word": False}
    special = SPECIAL_TOKENS | {"mask_token": mask, "additional_special_tokens": LANGUAGE_CODES}
    (out / "special_tokens_map.json").write_text(json.dumps(special, indent=2))


if __name__ == "__main__":
    main()
