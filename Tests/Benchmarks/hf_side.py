#!/usr/bin/env python
"""Hugging Face's side of the benchmark: one process that stays, takes a JSON command a line and answers each in a line.

usage: hf_side.py --model DIR [--threads N] [--dtype float32|bfloat16]

README.md has the protocol, which the Swift side (`dragoman-benchmark`) speaks too.
"""

import copy
import os
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")

from side import serve, step_weights


class HuggingFace:
    def __init__(self, arguments):
        import numpy
        import torch
        import transformers

        transformers.logging.set_verbosity_error()
        transformers.utils.logging.disable_progress_bar()
        torch.set_num_threads(arguments.threads)
        torch.set_grad_enabled(False)
        self.numpy, self.torch = numpy, torch
        self.dtype = getattr(torch, arguments.dtype)
        began = time.perf_counter()
        self.model = transformers.SpeechEncoderDecoderModel.from_pretrained(arguments.model, dtype=self.dtype).eval()
        self.ready = {
            "ready": True,
            "load_seconds": time.perf_counter() - began,
            "threads": torch.get_num_threads(),
            "precision": arguments.dtype,
            "step_bytes": step_weights(self.model.decoder.model.decoder) * self.dtype.itemsize,
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
        values = self.torch.from_numpy(samples.astype("f4"))[None].to(self.dtype)
        return values, self.torch.ones(values.shape, dtype=self.torch.long)

    def encode(self, clip):
        values, mask = self.input(clip)
        began = time.perf_counter()
        output = self.run_encoder(values, mask)
        seconds = time.perf_counter() - began
        self.encoded[clip] = (output, mask)
        return {"seconds": seconds, "frames": output.last_hidden_state.shape[1]}

    def decode_steps(self, clip, beams, steps):
        if clip not in self.encoded:
            self.encode(clip)
        output, mask = self.encoded[clip]
        began = time.perf_counter()
        ids = self.generate(output, mask, beams, steps)
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "steps": ids.shape[1] - 1, "tokens": ids[0, 1:].tolist()}

    def utterance(self, clip, beams, steps):
        values, mask = self.input(clip)
        began = time.perf_counter()
        ids = self.generate(self.run_encoder(values, mask), mask, beams, steps)
        return {"seconds": time.perf_counter() - began, "steps": ids.shape[1] - 1}

    def run_encoder(self, values, mask):
        with self.torch.inference_mode():
            return self.model.encoder(values, attention_mask=mask)

    def generate(self, output, mask, beams, steps):
        with self.torch.inference_mode():
            return self.model.generate(
                encoder_outputs=copy.copy(output),
                attention_mask=mask,
                generation_config=self.generation,
                num_beams=beams,
                max_new_tokens=steps,
            )


if __name__ == "__main__":
    serve(HuggingFace)
