#!/usr/bin/env python
"""Gives a checkpoint's decoder to CTranslate2, in eight bits: make_ct2.py MODEL_DIR OUT

CTranslate2 knows mBART but not the speech encoder. What is written is an mBART-50 whose decoder and vocabulary are the
checkpoint's own and whose encoder is one random layer: it encodes as many made-up tokens as the speech has frames.
"""

import json
import sys
from pathlib import Path

import ctranslate2
import torch
import transformers
from ctranslate2.converters.transformers import MBartLoader
from safetensors import safe_open

from side import step_weights

PREFIX = "decoder.model.decoder."


def decoder_weights(directory):
    """The decoder's tensors by the names they have in an mBART model."""
    weights = {}
    for file in sorted(Path(directory).glob("*.safetensors")):
        with safe_open(file, framework="pt") as tensors:
            for name in tensors.keys():
                if name.startswith(PREFIX):
                    weights["model.decoder." + name.removeprefix(PREFIX)] = tensors.get_tensor(name).float()
    return weights


def main():
    directory, out = sys.argv[1:]
    config = transformers.AutoConfig.from_pretrained(directory).decoder
    config = transformers.MBartConfig(**{
        **config.to_dict(), "encoder_layers": 1, "encoder_attention_heads": config.decoder_attention_heads,
        "encoder_ffn_dim": config.decoder_ffn_dim, "is_encoder_decoder": True, "tie_word_embeddings": True,
    })  # fmt: skip
    config.normalize_before = True
    torch.manual_seed(0)
    model = transformers.MBartForConditionalGeneration(config).eval()
    weights = decoder_weights(directory)
    weights["model.shared.weight"] = weights["model.decoder.embed_tokens.weight"]
    unknown = model.load_state_dict(weights, strict=False)
    model.tie_weights()
    absent = [name for name in unknown.missing_keys if name.startswith("model.decoder.layers.")]
    if absent or unknown.unexpected_keys:
        sys.exit(f"the decoders differ: {absent[:3]} {unknown.unexpected_keys[:3]}")

    step_bytes = step_weights(model.model.decoder)  # a byte each; the scales, one in a thousand, aside
    loader = MBartLoader()
    spec = loader.get_model_spec(model)
    del model, weights
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    loader.set_vocabulary(spec, special + [f"t{i}" for i in range(len(special), config.vocab_size)])
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    spec.config.decoder_start_token = "</s>"
    spec.validate()
    spec.optimize(quantization="int8")
    Path(out).mkdir(parents=True)
    spec.save(out)
    Path(out, "step.json").write_text(json.dumps({"bytes": step_bytes}) + "\n")
    print(f"{out}: CTranslate2 {ctranslate2.__version__}", file=sys.stderr)


if __name__ == "__main__":
    main()
