"""Rescales a checkpoint so that no input of a linear layer behind a normalisation is much larger than the others: each
channel of the normalisation is divided by a factor, and the weights that read it are multiplied by it. Factors are
powers of two, so that float32 computes the very same bits. Nothing is run: a channel's size is taken to be that of its
normalisation's weight, and the factor halves the distance between it and its largest weight.

usage: rebalance.py MODEL OUT     (a float32 model.safetensors)
"""

import json
import mmap
import shutil
import struct
import sys
from pathlib import Path

import numpy as np

# A normalisation, and the matrices that read it.
READERS = {
    "encoder.encoder.layers": {
        "layer_norm": ["attention.q_proj", "attention.k_proj", "attention.v_proj"],
        "final_layer_norm": ["feed_forward.intermediate_dense"],
    },
    "decoder.model.decoder.layers": {
        "self_attn_layer_norm": ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"],
        "encoder_attn_layer_norm": ["encoder_attn.q_proj"],
        "final_layer_norm": ["fc1"],
    },
}


def tensors(path):
    """Views of the tensors of a file, which change the file."""
    with open(path, "r+b") as file:
        memory = mmap.mmap(file.fileno(), 0)
    (length,) = struct.unpack("<Q", memory[:8])
    result = {}
    for name, entry in json.loads(memory[8 : 8 + length]).items():
        if name != "__metadata__":
            if entry["dtype"] != "F32":
                sys.exit(f"{path}: {name} is {entry['dtype']}; only float32 can be rescaled without rounding")
            start, end = entry["data_offsets"]
            values = np.frombuffer(memory, np.float32, (end - start) // 4, 8 + length + start)
            result[name] = values.reshape(entry["shape"])
    return result


def rebalance_norm(all_tensors, norm, readers):
    weight, bias = all_tensors[f"{norm}.weight"], all_tensors[f"{norm}.bias"]
    matrices = [all_tensors[f"{reader}.weight"] for reader in readers]
    largest = np.max([np.abs(matrix).max(axis=0) for matrix in matrices], axis=0)
    tiny = np.finfo(np.float32).tiny
    exponents = np.log2(np.maximum(np.abs(weight), tiny) / np.maximum(largest, tiny)) / 2
    exponents = np.clip(np.round(exponents - np.median(exponents)), -12, 12)
    factors = np.exp2(exponents).astype(np.float32)
    weight /= factors
    bias /= factors
    for matrix in matrices:
        matrix *= factors


def rebalance_file(path):
    all_tensors = tensors(path)
    for prefix, norms in READERS.items():
        index = 0
        while f"{prefix}.{index}.final_layer_norm.weight" in all_tensors:
            for norm, readers in norms.items():
                layer = f"{prefix}.{index}"
                rebalance_norm(all_tensors, f"{layer}.{norm}", [f"{layer}.{reader}" for reader in readers])
            index += 1


def main():
    model, out = map(Path, sys.argv[1:])
    shutil.copytree(model, out)
    rebalance_file(out / "model.safetensors")


if __name__ == "__main__":
    main()
