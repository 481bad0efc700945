#!/usr/bin/env python
"""Makes a random checkpoint of the published shapes, to try what only full size shows: memory, loading, speed.

usage: make_full_size.py OUT --size 300m|1b|2b [--format safetensors|bin] [--dtype float32|float16|bfloat16]
                         [--outliers loud|balanced]

Needs numpy only, and a few dozen MB of memory whatever the size. The weights are normal noise scaled so that logits
differ; the noise repeats, at random offsets, so that gigabytes are written as fast as the disk takes them. `bin` has
the published layout: old weight-norm names and the tied matrix listed under both names over one storage.

`--outliers` makes a few channels 50 times larger wherever an encoder layer's normalisation feeds linear layers, as
large speech encoders have them. `balanced` divides the weights that read these channels by 50, which leaves the function
as it is without outliers; `loud` leaves the weights alone, so that these channels drown the others.
"""

import argparse
import json
import math
import struct
import time
from pathlib import Path

from common import (
    language_id,
    vocabulary_size,
    write_json,
    write_preprocessor,
    write_sentencepiece,
    write_tokenizer_files,
)
from zip_writer import TorchZipWriter

import numpy as np

# Hidden size, layers and feed-forward size of the encoder; all have 16 heads.
SIZES = {"300m": (1024, 24, 4096), "1b": (1280, 48, 5120), "2b": (1920, 48, 7680)}
CONVOLUTIONS = list(zip([10, 3, 3, 3, 3, 2, 2], [5, 2, 2, 2, 2, 2, 2]))
DECODER_LAYERS, DECODER_SIZE, DECODER_FFN = 12, 1024, 4096
PIECES = 250000
VOCABULARY = vocabulary_size(PIECES)
OUTLIERS, OUTLIER_FACTOR = 6, 50
TIED = ("decoder.model.decoder.embed_tokens.weight", "decoder.lm_head.weight")
DTYPES = {
    "float32": ("F32", "FloatStorage", 4),
    "float16": ("F16", "HalfStorage", 2),
    "bfloat16": ("BF16", "BFloat16Storage", 2),
}


def configuration(size):
    hidden, layers, feed_forward = SIZES[size]
    encoder = {
        "model_type": "wav2vec2", "hidden_size": hidden, "num_hidden_layers": layers, "num_attention_heads": 16,
        "intermediate_size": feed_forward, "feat_extract_norm": "layer", "feat_extract_activation": "gelu",
        "hidden_act": "gelu", "conv_bias": True, "conv_dim": [512] * 7, "conv_kernel": [k for k, _ in CONVOLUTIONS],
        "conv_stride": [s for _, s in CONVOLUTIONS], "num_feat_extract_layers": 7, "num_conv_pos_embeddings": 128,
        "num_conv_pos_embedding_groups": 16, "do_stable_layer_norm": True, "layer_norm_eps": 1e-05, "add_adapter": True,
        "adapter_kernel_size": 3, "adapter_stride": 2, "num_adapter_layers": 3, "output_hidden_size": 1024,
        "mask_time_prob": 0.075, "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0, "max_length": 20,
        "num_beams": 1, "vocab_size": 32,
    }  # fmt: skip
    decoder = {
        "model_type": "mbart", "activation_function": "relu", "d_model": DECODER_SIZE, "decoder_layers": DECODER_LAYERS,
        "decoder_attention_heads": 16, "decoder_ffn_dim": DECODER_FFN, "encoder_layers": 12,
        "encoder_attention_heads": 16, "encoder_ffn_dim": 4096, "max_position_embeddings": 1024,
        "scale_embedding": True, "normalize_before": True, "normalize_embedding": True, "add_final_layer_norm": True,
        "vocab_size": VOCABULARY, "tie_word_embeddings": True, "early_stopping": True, "num_beams": 5,
        "max_length": 200, "bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 1, "decoder_start_token_id": 2,
        "is_decoder": True, "add_cross_attention": True, "is_encoder_decoder": True,
    }  # fmt: skip
    return {
        "architectures": ["SpeechEncoderDecoderModel"], "model_type": "speech-encoder-decoder", "encoder": encoder,
        "decoder": decoder, "decoder_start_token_id": 2, "eos_token_id": 2, "pad_token_id": 1, "max_length": 200,
        "num_beams": 5, "forced_bos_token_id": language_id("en_XX", PIECES), "forced_eos_token_id": 2,
        "tie_word_embeddings": False, "tokenizer_class": "mbart50", "is_encoder_decoder": True,
        "transformers_version": None,
    }  # fmt: skip


def generation():
    return {
        "_from_model_config": True, "bos_token_id": 0, "decoder_start_token_id": 2, "early_stopping": True,
        "eos_token_id": 2, "forced_bos_token_id": language_id("en_XX", PIECES), "forced_eos_token_id": 2,
        "max_length": 200, "num_beams": 5, "pad_token_id": 1,
    }  # fmt: skip


def shapes(size):
    """Every tensor of the checkpoint by name, the tied matrix once, with old weight-norm names."""
    hidden, layers, feed_forward = SIZES[size]
    result = {"encoder.masked_spec_embed": (hidden,)}

    def linear(name, outputs, inputs):
        result[name + ".weight"], result[name + ".bias"] = (outputs, inputs), (outputs,)

    def norm(name, channels):
        result[name + ".weight"], result[name + ".bias"] = (channels,), (channels,)

    channels = 1
    for index, (kernel, _) in enumerate(CONVOLUTIONS):
        prefix = f"encoder.feature_extractor.conv_layers.{index}"
        result[prefix + ".conv.weight"], result[prefix + ".conv.bias"] = (512, channels, kernel), (512,)
        norm(prefix + ".layer_norm", 512)
        channels = 512
    norm("encoder.feature_projection.layer_norm", 512)
    linear("encoder.feature_projection.projection", hidden, 512)
    position = "encoder.encoder.pos_conv_embed.conv"
    result[position + ".bias"] = (hidden,)
    result[position + ".weight_g"], result[position + ".weight_v"] = (1, 1, 128), (hidden, hidden // 16, 128)
    for index in range(layers):
        prefix = f"encoder.encoder.layers.{index}"
        for part in ("q", "k", "v", "out"):
            linear(f"{prefix}.attention.{part}_proj", hidden, hidden)
        norm(prefix + ".layer_norm", hidden)
        linear(prefix + ".feed_forward.intermediate_dense", feed_forward, hidden)
        linear(prefix + ".feed_forward.output_dense", hidden, feed_forward)
        norm(prefix + ".final_layer_norm", hidden)
    norm("encoder.encoder.layer_norm", hidden)
    if hidden != 1024:
        linear("encoder.adapter.proj", 1024, hidden)
        norm("encoder.adapter.proj_layer_norm", 1024)
    for index in range(3):
        prefix = f"encoder.adapter.layers.{index}.conv"
        result[prefix + ".weight"], result[prefix + ".bias"] = (2048, 1024, 3), (2048,)

    decoder = "decoder.model.decoder"
    result[TIED[0]], result[decoder + ".embed_positions.weight"] = (VOCABULARY, DECODER_SIZE), (1026, DECODER_SIZE)
    for index in range(DECODER_LAYERS):
        prefix = f"{decoder}.layers.{index}"
        for attention in ("self_attn", "encoder_attn"):
            for part in ("q", "k", "v", "out"):
                linear(f"{prefix}.{attention}.{part}_proj", DECODER_SIZE, DECODER_SIZE)
            norm(f"{prefix}.{attention}_layer_norm", DECODER_SIZE)
        linear(prefix + ".fc1", DECODER_FFN, DECODER_SIZE)
        linear(prefix + ".fc2", DECODER_SIZE, DECODER_FFN)
        norm(prefix + ".final_layer_norm", DECODER_SIZE)
    norm(decoder + ".layernorm_embedding", DECODER_SIZE)
    norm(decoder + ".layer_norm", DECODER_SIZE)
    return result


class Noise:
    """Streams random tensors: pieces of one block of normal noise, each from another offset and a little rescaled."""

    PIECE = 1 << 20

    def __init__(self, seed=0, outliers=None):
        self.outliers = outliers
        self.generator = np.random.default_rng(seed)
        self.block = self.generator.standard_normal(9 * self.PIECE, dtype=np.float32)

    def tensor(self, name, shape, dtype):
        """The bytes of a tensor, a piece at a time."""
        mean, deviation = self.distribution(name, shape)
        count = math.prod(shape)
        for start in range(0, count, self.PIECE):
            length = min(self.PIECE, count - start)
            offset = self.generator.integers(len(self.block) - length)
            values = self.block[offset : offset + length] * np.float32(deviation * self.generator.uniform(0.9, 1.1))
            values += np.float32(mean)
            self.plant_outliers(name, shape, start, values)
            yield self.encode(values, dtype)

    def plant_outliers(self, name, shape, start, values):
        """Rescales what belongs to the outlier channels in a piece of a tensor that begins at element `start`."""
        if not self.outliers or not name.startswith("encoder.encoder.layers."):
            return
        if "layer_norm" in name:
            factor, width = OUTLIER_FACTOR, shape[0]
        elif self.outliers == "balanced" and name.endswith((".q_proj.weight", ".k_proj.weight", ".v_proj.weight",
                                                            ".intermediate_dense.weight")):
            factor, width = 1 / OUTLIER_FACTOR, shape[1]
        else:
            return
        # The same channels in all layers, apart from each other.
        for channel in range(width // 2 // OUTLIERS, width, width // OUTLIERS):
            values[(channel - start) % width :: width] *= np.float32(factor)

    @staticmethod
    def distribution(name, shape):
        """Mean and deviation that keep activations near 1 and let logits and positions tell."""
        if name.endswith("weight_g"):
            return 3.0, 0.3
        if "norm" in name and name.endswith("weight"):
            return (8.0, 0.8) if name == "decoder.model.decoder.layer_norm.weight" else (1.0, 0.1)
        if len(shape) == 1:
            return 0.0, 0.05
        factors = {"embed_tokens": 0.3, "embed_positions": 150.0, "q_proj": 3.0, "fc2": 0.5, "output_dense": 0.5}
        return 0.0, 1.4 / math.sqrt(math.prod(shape[1:])) * factors.get(name.split(".")[-2], 1.0)

    @staticmethod
    def encode(values, dtype):
        if dtype == "float16":
            return values.astype(np.float16)
        if dtype == "bfloat16":
            return ((values.view(np.uint32) + 0x8000) >> 16).astype(np.uint16)
        return values


def write_safetensors(path, tensors, dtype, noise):
    code, _, width = DTYPES[dtype]
    header, end = {"__metadata__": {"format": "pt"}}, 0
    for name in sorted(tensors):
        start, end = end, end + math.prod(tensors[name]) * width
        header[name] = {"dtype": code, "shape": tensors[name], "data_offsets": [start, end]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name in sorted(tensors):
            for piece in noise.tensor(name, tensors[name], dtype):
                file.write(piece)


def write_torch_archive(path, tensors, dtype, noise):
    writer = TorchZipWriter(path)
    writer.add("data.pkl", [state_dict_pickle(tensors, DTYPES[dtype][1])])
    writer.add("byteorder", [b"little"])
    for key, (name, shape) in enumerate(tensors.items()):
        writer.add(f"data/{key}", noise.tensor(name, shape, dtype))
    writer.add("version", [b"3\n"])
    writer.close()


def state_dict_pickle(tensors, storage):
    """The pickle (protocol 2) of an OrderedDict of tensors, each with its own storage, written opcode by opcode."""

    def text(value):
        return b"X" + struct.pack("<L", len(value)) + value.encode()

    def integer(value):
        return b"J" + struct.pack("<l", value)

    def sequence(values):
        return b"(" + b"".join(map(integer, values)) + b"t"

    out = bytearray(b"\x80\x02ccollections\nOrderedDict\n)R(")
    for key, (name, shape) in enumerate(tensors.items()):
        strides = [math.prod(shape[axis + 1 :]) for axis in range(len(shape))]
        where = b"(" + text("storage") + b"ctorch\n" + storage.encode() + b"\n" + text(str(key)) + text("cpu")
        where += integer(math.prod(shape)) + b"tQ"
        tensor = b"ctorch._utils\n_rebuild_tensor_v2\n(" + where + integer(0) + sequence(shape) + sequence(strides)
        tensor += b"\x89ccollections\nOrderedDict\n)RtR"
        for alias in TIED if name == TIED[0] else [name]:
            out += text(alias) + tensor
    return bytes(out + b"u.")


def words():
    """Made-up pieces, all different, most of them beginning a word."""
    consonants, vowels = "bcdfghjklmnpqrstvwxz", "aeiouy"
    syllables = [c + v for c in consonants for v in vowels]
    for index in range(PIECES - 3):
        word, rest = "", index
        while True:
            word, rest = word + syllables[rest % len(syllables)], rest // len(syllables)
            if not rest:
                break
        yield word if index % 3 == 2 else "▁" + word


def main():
    parser = argparse.ArgumentParser(description="Random checkpoint of a published size.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", choices=SIZES, required=True)
    parser.add_argument("--format", choices=["safetensors", "bin"], default="safetensors")
    parser.add_argument("--dtype", choices=DTYPES, default="float32")
    parser.add_argument("--outliers", choices=["loud", "balanced"])
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()

    began = time.monotonic()
    arguments.out.mkdir(parents=True, exist_ok=True)
    config = configuration(arguments.size) | {"torch_dtype": arguments.dtype}
    write_json(arguments.out / "config.json", config)
    write_json(arguments.out / "generation_config.json", generation())
    write_preprocessor(arguments.out)
    write_tokenizer_files(arguments.out)
    write_sentencepiece(arguments.out / "sentencepiece.bpe.model", words())
    tensors, noise = shapes(arguments.size), Noise(arguments.seed, arguments.outliers)
    if arguments.format == "bin":
        path = arguments.out / "pytorch_model.bin"
        write_torch_archive(path, tensors, arguments.dtype, noise)
    else:
        path = arguments.out / "model.safetensors"
        new_names = {"weight_g": "parametrizations.weight.original0", "weight_v": "parametrizations.weight.original1"}
        for old, new in new_names.items():
            name = f"encoder.encoder.pos_conv_embed.conv.{old}"
            tensors[name.replace(old, new)] = tensors.pop(name)
        write_safetensors(path, tensors, arguments.dtype, noise)
    parameters = sum(map(math.prod, tensors.values()))
    print(f"{path}: {parameters} parameters, {path.stat().st_size} bytes, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
