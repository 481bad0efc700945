#!/usr/bin/env python
"""Hugging Face's side of the benchmark: one process that stays, takes a JSON command a line and answers each in a line.

usage: hf_side.py --model DIR [--threads N]

README.md has the protocol, which the Swift side (`dragoman-benchmark`) speaks too.
"""

import argparse
import copy
import json
import os
import sys
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")


class HuggingFace:
    def __init__(self, directory, threads):
        import numpy
        import torch
        import transformers

        transformers.logging.set_verbosity_error()
        transformers.utils.logging.disable_progress_bar()
        torch.set_num_threads(threads)
        self.numpy, self.torch = numpy, torch
        began = time.perf_counter()
        self.model = transformers.SpeechEncoderDecoderModel.from_pretrained(directory, dtype=torch.float32).eval()
        self.ready = {
            "ready": True,
            "load_seconds": time.perf_counter() - began,
            "threads": torch.get_num_threads(),
            "versions": {"torch": torch.__version__, "transformers": transformers.__version__},
        }
        # Without an end token a search goes on to its length limit, so that the number of steps is known.
        self.generation = copy.deepcopy(self.model.generation_config)
        self.generation.eos_token_id = None
        self.encoded = {}

    def input(self, clip):
        """The clip (raw little-endian float32, 16 kHz mono), normalised, and its mask."""
        samples = self.numpy.fromfile(clip, dtype="<f4").astype("f8")
        samples = (samples - samples.mean()) / (samples.var() + 1e-7) ** 0.5
        values = self.torch.from_numpy(samples.astype("f4"))[None]
        return values, self.torch.ones(values.shape, dtype=self.torch.long)

    def encode(self, clip):
        values, mask = self.input(clip)
        began = time.perf_counter()
        output = self.model.encoder(values, attention_mask=mask)
        seconds = time.perf_counter() - began
        self.encoded[clip] = (output, mask)
        frames = output.last_hidden_state.shape[1]
        return {"seconds": seconds, "frames": frames}

    def decode_steps(self, clip, beams, steps):
        if clip not in self.encoded:
            self.encode(clip)
        output, mask = self.encoded[clip]
        began = time.perf_counter()
        ids = self.model.generate(
            encoder_outputs=copy.copy(output),
            attention_mask=mask,
            generation_config=self.generation,
            num_beams=beams,
            max_new_tokens=steps,
        )
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "steps": ids.shape[1] - 1, "tokens": ids[0, 1:].tolist()}

    def answer(self, command):
        operation = command.pop("op")
        with self.torch.inference_mode():
            return {"encode": self.encode, "decode_steps": self.decode_steps}[operation](**command)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    out, sys.stdout = sys.stdout, sys.stderr  # nothing else may write among the answers
    side = HuggingFace(arguments.model, arguments.threads)
    print(json.dumps(side.ready), file=out, flush=True)
    for line in sys.stdin:
        print(json.dumps(side.answer(json.loads(line))), file=out, flush=True)


if __name__ == "__main__":
    main()
