#!/usr/bin/env python
"""Makes Tests/Fixtures/variants: very small random checkpoints of other shapes, storages and settings, with goldens.

usage: make_variants.py OUT [NAME...]

Every checkpoint is read back by Hugging Face from the files as they are, run one utterance at a time in float32, and
its outputs are kept in golden.json and golden.safetensors (README.md has the format). A search is kept only if it
comes out the same in float64 and with an encoder output disturbed by 1e-5: what is left does not hang on rounding.
"""

import copy
import itertools
import json
import sys
import warnings
from pathlib import Path

from common import (
    language_id,
    old_weight_norm_names,
    randomise,
    versions,
    vocabulary_size,
    write_golden,
    write_json,
    write_preprocessor,
    write_sentencepiece,
    write_tokenizer_files,
)

import numpy as np
import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import (
    GenerationConfig,
    MBart50Tokenizer,
    MBartConfig,
    SpeechEncoderDecoderConfig,
    SpeechEncoderDecoderModel,
    Wav2Vec2Config,
    Wav2Vec2FeatureExtractor,
)

torch.set_num_threads(1)
warnings.filterwarnings("ignore")
transformers.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()

WORDS = (
    "▁ ▁the a e i o u ▁to s t ▁of n r ▁and l d ing ▁you er ▁call , . ▁is m ed ▁press ' c p ▁one é ▁☎ ? 中 ß y".split()
)
PIECES = len(WORDS) + 3
EN, DE = language_id("en_XX", PIECES), language_id("de_DE", PIECES)

ENCODER = dict(
    hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40, feat_extract_norm="layer",
    conv_dim=[8] * 7, conv_kernel=[10, 3, 3, 3, 3, 2, 2], conv_stride=[5, 2, 2, 2, 2, 2, 2], conv_bias=True,
    num_conv_pos_embeddings=16, num_conv_pos_embedding_groups=4, do_stable_layer_norm=True, vocab_size=32,
    add_adapter=True, adapter_kernel_size=3, adapter_stride=2, num_adapter_layers=3, output_hidden_size=24,
)  # fmt: skip
DECODER = dict(
    vocab_size=vocabulary_size(PIECES), d_model=24, decoder_layers=2, decoder_attention_heads=3, decoder_ffn_dim=40,
    max_position_embeddings=64, pad_token_id=1,
    bos_token_id=0, eos_token_id=2, decoder_start_token_id=2, activation_function="relu", scale_embedding=True,
    tie_word_embeddings=True,
)  # fmt: skip
GENERATION = dict(
    bos_token_id=0, decoder_start_token_id=2, early_stopping=True, eos_token_id=2, forced_bos_token_id=EN,
    forced_eos_token_id=2, max_length=24, num_beams=5, pad_token_id=1,
)  # fmt: skip


# Storage forms: each writes the weights of `model` into a folder that already has config.json.


def safetensors(model, folder):
    model.save_pretrained(folder)


def float16_safetensors(model, folder):
    model.half().save_pretrained(folder)


def bfloat16_shards(model, folder):
    model.bfloat16().save_pretrained(folder, max_shard_size="40KB")


def lm_head_only(model, folder):
    """The tied matrix under its other name, as the hub's conversion bot keeps it."""
    model.save_pretrained(folder)
    state = load_file(folder / "model.safetensors")
    state["decoder.lm_head.weight"] = state.pop("decoder.model.decoder.embed_tokens.weight")
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})


def torch_archive(model, folder):
    """pytorch_model.bin as the published checkpoints have it: old weight-norm names, tied names over one storage."""
    model.save_pretrained(folder)
    (folder / "model.safetensors").unlink()
    torch.save(old_weight_norm_names(model.state_dict()), folder / "pytorch_model.bin")


def bfloat16_torch_archive(model, folder):
    torch_archive(model.bfloat16(), folder)


def packed_torch_archive(model, folder):
    """A pytorch_model.bin whose tensors are views: several share a storage at offsets, some are strided."""
    model.save_pretrained(folder)
    (folder / "model.safetensors").unlink()
    state = old_weight_norm_names(model.state_dict())
    layer = "encoder.encoder.layers.0.attention."
    names = [f"{layer}{part}_proj.weight" for part in "qkv"]
    packed = torch.cat([state[name] for name in names])
    for name, part in zip(names, packed.chunk(3)):
        state[name] = part
    transposed = f"{layer}out_proj.weight"
    state[transposed] = state[transposed].t().contiguous().t()
    torch.save(state, folder / "pytorch_model.bin")


# Settings of the searches. `None` stands for the checkpoint's own.

OWN = [{}, dict(num_beams=1), dict(num_beams=2), dict(num_beams=3)]
LENGTHS = [
    dict(max_length=2), dict(max_length=3), dict(max_length=2, num_beams=1), dict(max_length=3, num_beams=1),
    dict(max_length=40), dict(max_new_tokens=1), dict(max_new_tokens=7), dict(max_new_tokens=7, num_beams=1),
]  # fmt: skip
RULES = [
    dict(early_stopping=False), dict(early_stopping="never"), dict(length_penalty=0.0), dict(length_penalty=2.0),
    dict(length_penalty=-0.5), dict(length_penalty=-0.5, early_stopping="never"), dict(no_repeat_ngram_size=2),
    dict(no_repeat_ngram_size=2, num_beams=1), dict(no_repeat_ngram_size=1, max_length=12),
    dict(no_repeat_ngram_size=3, early_stopping=False), dict(forced_bos_token_id=DE),
    dict(forced_bos_token_id=DE, num_beams=1),
]  # fmt: skip
GRID = [
    dict(early_stopping=early, length_penalty=penalty, num_beams=beams, max_length=length)
    for early, penalty, (beams, length) in itertools.product(
        (True, False, "never"), (1.0, 0.0, 2.0, -0.5), ((5, 12), (3, 20), (2, 9), (4, 6))
    )
]

# name: storage, changes to encoder, decoder and generation config, searches, and `seed` of the weights. `generation`
# None leaves generation_config.json out; `config` goes into the written config.json by hand.
VARIANTS = {
    "beam-search": dict(seed=1, cases=OWN + LENGTHS + RULES + GRID),
    "float16": dict(
        seed=2, storage=float16_safetensors, cases=OWN,
        encoder=dict(hidden_size=30, num_attention_heads=5, intermediate_size=44, num_conv_pos_embedding_groups=5,
                     conv_dim=[6] * 7, output_hidden_size=20),
        decoder=dict(d_model=20, decoder_attention_heads=2, decoder_ffn_dim=36, activation_function="gelu"),
    ),
    "bfloat16-sharded": dict(
        seed=3, storage=bfloat16_shards, cases=OWN,
        encoder=dict(num_hidden_layers=1, num_attention_heads=8),
        decoder=dict(decoder_layers=3, decoder_attention_heads=1),
    ),
    "untied": dict(
        seed=4, storage=packed_torch_archive, cases=OWN + LENGTHS,
        encoder=dict(conv_bias=False, num_conv_pos_embeddings=9, num_conv_pos_embedding_groups=2),
        decoder=dict(tie_word_embeddings=False, scale_embedding=False),
        generation=dict(length_penalty=0.5, no_repeat_ngram_size=2, num_beams=3),
    ),
    "untied-safetensors": dict(
        seed=12, cases=OWN, encoder=dict(num_hidden_layers=1),
        decoder=dict(decoder_layers=1, tie_word_embeddings=False),
        generation=dict(early_stopping="never", num_beams=4),
    ),
    "lm-head-only": dict(
        seed=5, storage=lm_head_only, cases=OWN + RULES[:5],
        generation=dict(forced_bos_token_id=None, forced_eos_token_id=None, eos_token_id=[2, 7], early_stopping=False),
    ),
    "front-end": dict(
        seed=6, cases=OWN,
        encoder=dict(conv_dim=[6, 10, 7, 12, 9], conv_kernel=[7, 4, 3, 5, 1], conv_stride=[4, 3, 2, 2, 1],
                     num_conv_pos_embeddings=7, num_conv_pos_embedding_groups=1, layer_norm_eps=1e-3,
                     adapter_stride=3, num_adapter_layers=2),
    ),
    "adapter-one": dict(
        seed=7, cases=OWN, encoder=dict(num_adapter_layers=1, adapter_stride=1, hidden_size=16, num_attention_heads=2,
                                        layer_norm_eps=1e-3),
        generation=dict(num_beams=1, early_stopping=False),
    ),
    "derived-settings": dict(
        seed=8, storage=bfloat16_torch_archive, cases=OWN + RULES[:6], generation=None,
        config=dict(top=dict(forced_bos_token_id=EN, forced_eos_token_id=2, max_length=18),
                    encoder=dict(max_length=20, num_beams=1, length_penalty=1.0, early_stopping=False),
                    decoder=dict(max_length=200, num_beams=4, early_stopping=True, length_penalty=0.8,
                                 is_encoder_decoder=True)),
    ),
    "default-settings": dict(
        seed=9, storage=torch_archive, cases=OWN, generation=None, encoder=dict(num_hidden_layers=1), config={},
        decoder=dict(decoder_layers=1),
    ),
    # With other kernels than 3 Hugging Face's mask counts fewer frames than the adapter gives: the last are not seen.
    "adapter-kernel-two": dict(
        seed=13, cases=OWN, encoder=dict(adapter_kernel_size=2, hidden_size=20, num_attention_heads=4),
    ),
    # enc_to_dec_proj; the golden encoder output is behind it.
    "encoder-projection": dict(
        seed=14, cases=OWN,
        encoder=dict(add_adapter=False, hidden_size=32, num_attention_heads=4, output_hidden_size=32),
    ),
    "no-adapter": dict(seed=10, cases=OWN, encoder=dict(add_adapter=False)),
}  # fmt: skip


def clips():
    """Three short sounds (16 kHz): a chirp under pulsed noise, with an offset."""
    result = {}
    for index, (name, count) in enumerate((("a", 12345), ("b", 9600), ("c", 7000))):
        generator = np.random.default_rng(index)
        t = np.arange(count) / 16000
        noise = 0.1 * generator.standard_normal(count) * (0.2 + np.sin(2 * np.pi * (3 + index) * t) ** 2)
        tone = 0.2 * np.sin(2 * np.pi * (200 + 300 * index + 500 * t) * t)
        result[name] = (noise + tone + 0.02).astype(np.float32)
    return result


def receptive_field(encoder):
    """Samples the convolution stack needs for one frame."""
    field, hop = 1, 1
    for kernel, stride in zip(encoder.conv_kernel, encoder.conv_stride):
        field += (kernel - 1) * hop
        hop *= stride
    return field, hop


def build(variant):
    encoder = Wav2Vec2Config(**{**ENCODER, **variant.get("encoder", {})})
    decoder = {**DECODER, **variant.get("decoder", {})}
    # Hugging Face sizes the decoder's cache by mBART's unused `encoder_layers`.
    decoder = MBartConfig(encoder_layers=decoder["decoder_layers"], **decoder)
    config = SpeechEncoderDecoderConfig.from_encoder_decoder_configs(encoder, decoder)
    config.pad_token_id, config.eos_token_id, config.decoder_start_token_id = 1, 2, 2
    config.tie_word_embeddings = False
    model = SpeechEncoderDecoderModel(config=config).eval()
    randomise(model, variant["seed"], embedding_scale=0.3)
    decoder = model.decoder.model.decoder
    with torch.no_grad():  # sharper logits that depend on position and sound, so that searches differ
        decoder.embed_positions.weight.mul_(4)
        decoder.layer_norm.weight.mul_(4)
        for layer in decoder.layers:
            layer.encoder_attn.out_proj.weight.mul_(2)
            layer.encoder_attn.q_proj.weight.mul_(3)
            layer.self_attn.q_proj.weight.mul_(3)
    return model


def raise_end(model, waves):
    """Raises the logit of `</s>` until some beam searches over `waves` end early and some do not."""
    bias, head = model.decoder.model.decoder.layer_norm.bias, model.decoder.lm_head.weight[2].detach().clone()
    settings = {**GENERATION, "max_length": 20}
    model.generation_config = GenerationConfig(**settings)
    for _ in range(20):
        lengths = [len(search(model, wave, {})[0]) for wave in waves]
        if sum(length < 20 for length in lengths) * 2 >= len(lengths):
            break
        with torch.no_grad():
            bias.add_(head / head.norm() ** 2 * 0.4)
    return lengths


def input_values(wave):
    wave = wave.astype(np.float64)
    return torch.tensor(((wave - wave.mean()) / np.sqrt(wave.var() + 1e-7)).astype(np.float32))[None]


@torch.no_grad()
def search(model, wave, arguments, disturb=0.0):
    values = input_values(wave).to(model.dtype)
    mask = torch.ones(values.shape, dtype=torch.long)
    encoded = model.encoder(values, attention_mask=mask)
    noise = torch.randn(encoded.last_hidden_state.shape, generator=torch.Generator().manual_seed(0))
    encoded.last_hidden_state = encoded.last_hidden_state + disturb * noise.to(model.dtype)
    output = model.generate(
        encoder_outputs=encoded, attention_mask=mask, return_dict_in_generate=True, output_scores=True, **arguments
    )
    score = output.sequences_scores[0].item() if "sequences_scores" in output else None
    return output.sequences[0].tolist(), score


def trim(sequence, ends):
    """A row without the padding after its end."""
    for index in range(1, len(sequence)):
        if sequence[index] in ends:
            return sequence[: index + 1]
    return sequence


def make(name, variant, out, waves):
    folder = out / name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    model = build(variant)
    lengths = raise_end(model, [waves[clip][: len(waves[clip]) - cut] for clip in waves for cut in (0, 1500, 3000)])
    settings = None if variant.get("generation", {}) is None else {**GENERATION, **variant.get("generation", {})}
    model.generation_config = GenerationConfig(**{k: v for k, v in (settings or {}).items() if v is not None})
    variant.get("storage", safetensors)(copy.deepcopy(model), folder)
    write_preprocessor(folder)
    write_tokenizer_files(folder)
    write_sentencepiece(folder / "sentencepiece.bpe.model", WORDS)
    if settings is None:
        (folder / "generation_config.json").unlink()
        add_to_config(folder / "config.json", variant["config"])

    model = SpeechEncoderDecoderModel.from_pretrained(folder, dtype=torch.float32).eval()
    precise = copy.deepcopy(model).double()
    tokenizer = MBart50Tokenizer.from_pretrained(folder)
    field, hop = receptive_field(model.config.encoder)
    check_normaliser(folder, waves["a"])

    lines = [(clip, len(wave)) for clip, wave in waves.items()]
    edges = [("a", field), ("a", field + 1), ("a", field + hop - 1), ("a", field + hop)]
    tensors = {"decoder_input_ids": torch.tensor([2, EN, 10, 11, 12])}
    for clip, count in lines + edges:
        with torch.no_grad():
            values = input_values(waves[clip][:count])
            result = model(
                values, attention_mask=torch.ones(values.shape, dtype=torch.long),
                decoder_input_ids=tensors["decoder_input_ids"][None],
            )  # fmt: skip
        tensors[f"encoder_output.{clip}.{count}"] = result.encoder_last_hidden_state[0].contiguous()
        tensors[f"logits.{clip}.{count}"] = result.logits[0].contiguous()

    ends = settings.get("eos_token_id", 2) if settings else 2
    ends = ends if isinstance(ends, list) else [ends]
    cases, dropped, early = [{"clip": "a", "samples": field - 1, "too_short": True}], 0, 0
    cuts = [("a", 9000), ("b", 7100)] if name == "beam-search" else []
    plan = [(line, arguments) for arguments in variant["cases"] for line in lines + cuts]
    plan += [(edge, arguments) for edge in edges for arguments in OWN[:2]]
    for (clip, count), arguments in plan:
        wave = waves[clip][:count]
        sequence, score = search(model, wave, arguments)
        exact, exact_score = search(precise, wave, arguments)
        disturbed, _ = search(model, wave, arguments, disturb=1e-5)
        if not exact == disturbed == sequence or abs((score or 0) - (exact_score or 0)) > 2e-5:
            dropped += 1
            continue
        sequence = trim(sequence, ends)
        early += len(sequence) < arguments.get("max_length", model.generation_config.max_length or 20)
        case = {"clip": clip, "samples": count, "arguments": arguments, "sequence": sequence}
        case |= {"score": score, "text": tokenizer.decode(sequence, skip_special_tokens=True)}
        cases.append(case)

    save_file(tensors, folder / "golden.safetensors")
    write_golden(folder / "golden.json", {"versions": versions(), "minimum_samples": field}, cases)
    for file in folder.iterdir():
        file.chmod(0o644)
    size = sum(file.stat().st_size for file in folder.iterdir())
    distinct = len({tuple(case["sequence"]) for case in cases[1:]})
    print(
        f"{name}: {size} bytes, {len(cases)} cases ({distinct} distinct, {early} end early, {dropped} dropped)", lengths
    )


def add_to_config(path, values):
    """Puts generation settings into config.json, where old checkpoints keep them and the present writer does not."""
    config = json.loads(path.read_text())
    config.update(values.get("top", {}))
    for part in ("encoder", "decoder"):
        config[part].update(values.get(part, {}))
    write_json(path, config)


def check_normaliser(folder, wave):
    extractor = Wav2Vec2FeatureExtractor.from_pretrained(folder)
    theirs = extractor(wave, sampling_rate=16000, return_tensors="pt").input_values
    assert torch.allclose(theirs, input_values(wave), atol=1e-5)


def main():
    out, names = Path(sys.argv[1]), sys.argv[2:] or VARIANTS
    waves = clips()
    out.mkdir(parents=True, exist_ok=True)
    save_file({name: torch.tensor(wave) for name, wave in waves.items()}, out / "clips.safetensors")
    (out / "clips.safetensors").chmod(0o644)
    for name in names:
        make(name, VARIANTS[name], out, waves)


if __name__ == "__main__":
    main()
