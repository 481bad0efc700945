#!/usr/bin/env python
"""Shows what Hugging Face makes of a checkpoint's files in their several forms.

usage: file_variants.py DIR        (a checkpoint with model.safetensors and pytorch_model.bin, such as tiny)

Writes each form to a temporary folder, loads it, and compares every weight with the original's. Also prints the
generation settings Hugging Face derives from config.json alone, and the opcodes and globals of the .bin's pickle.
"""

import collections
import json
import pickletools
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from common import write_json

import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import SpeechEncoderDecoderModel

transformers.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()
EMBEDDING, HEAD = "decoder.model.decoder.embed_tokens.weight", "decoder.lm_head.weight"


def archive_only(source, folder):
    (folder / "model.safetensors").unlink()


def lm_head_only(source, folder):
    state = load_file(folder / "model.safetensors")
    state[HEAD] = state.pop(EMBEDDING)
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})


def sharded(source, folder):
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").unlink()
    SpeechEncoderDecoderModel.from_pretrained(source).save_pretrained(folder, max_shard_size="120KB")


def sharded_archive(source, folder):
    """pytorch_model.bin.index.json and two archives."""
    (folder / "model.safetensors").unlink()
    state = torch.load(folder / "pytorch_model.bin", weights_only=True)
    (folder / "pytorch_model.bin").unlink()
    names = list(state)
    files = {name: f"pytorch_model-0000{1 + index * 2 // len(names)}-of-00002.bin" for index, name in enumerate(names)}
    for file in set(files.values()):
        torch.save({name: state[name].clone() for name in names if files[name] == file}, folder / file)
    write_json(folder / "pytorch_model.bin.index.json", {"metadata": {}, "weight_map": files})


def derived_settings(source, folder):
    (folder / "generation_config.json").unlink()
    config = json.loads((folder / "config.json").read_text())
    config.update(forced_bos_token_id=68, forced_eos_token_id=2)
    config["decoder"].update(num_beams=5, max_length=200, early_stopping=True)
    write_json(folder / "config.json", config)


def main():
    source = Path(sys.argv[1])
    original = SpeechEncoderDecoderModel.from_pretrained(source).state_dict()
    for form in (archive_only, lm_head_only, sharded, sharded_archive, derived_settings):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "checkpoint"
            shutil.copytree(source, folder)
            form(source, folder)
            model, information = SpeechEncoderDecoderModel.from_pretrained(folder, output_loading_info=True)
        state = model.state_dict()
        largest = max((state[name] - original[name]).abs().max().item() for name in original)
        trouble = {key: value for key, value in information.items() if value}
        tied = model.decoder.lm_head.weight is model.decoder.model.decoder.embed_tokens.weight
        print(f"{form.__name__}: largest difference {largest}, tied {tied}, reported {trouble}")
        if form is derived_settings:
            print("  ", model.generation_config.to_diff_dict())
    with zipfile.ZipFile(source / "pytorch_model.bin") as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/data.pkl"))
        operations = list(pickletools.genops(archive.read(name)))
    print("opcodes:", dict(collections.Counter(operation.name for operation, _, _ in operations)))
    print("globals:", {argument for operation, argument, _ in operations if operation.name == "GLOBAL"})


if __name__ == "__main__":
    main()
