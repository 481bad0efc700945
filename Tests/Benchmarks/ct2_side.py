#!/usr/bin/env python
"""CTranslate2's side of the benchmark: the decoder alone, in eight bits, since it can't load the speech encoder.

usage: ct2_side.py --model DIR [--threads N]

README.md has the protocol, of which it knows `decode_steps`. The decoder attends to as many made-up source tokens as a clip has
frames; make_ct2.py makes the model.
"""

import json
import math
import os
import time
from pathlib import Path

from side import serve


class CTranslate2:
    def __init__(self, arguments):
        import ctranslate2

        began = time.perf_counter()
        self.translator = ctranslate2.Translator(
            arguments.model, device="cpu", compute_type="int8", inter_threads=1, intra_threads=arguments.threads
        )
        self.ready = {
            "ready": True,
            "load_seconds": time.perf_counter() - began,
            "threads": arguments.threads,
            "precision": self.translator.compute_type,
            "step_bytes": json.loads(Path(arguments.model, "step.json").read_text())["bytes"],
            "versions": {"ctranslate2": ctranslate2.__version__},
        }

    def decode_steps(self, clip, beams, steps):
        source = [f"t{10 + i}" for i in range(self.frames(os.path.getsize(clip) // 4))]
        began = time.perf_counter()
        result = self.translator.translate_batch(
            [source], beam_size=beams, min_decoding_length=steps, max_decoding_length=steps
        )
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "steps": len(result[0].hypotheses[0])}

    @staticmethod
    def frames(samples):
        """Frames the decoder attends to: seven convolutions, and three that halve."""
        for kernel, stride in [(10, 5), (3, 2), (3, 2), (3, 2), (3, 2), (2, 2), (2, 2)]:
            samples = (samples - kernel) // stride + 1
        return math.ceil(samples / 8)


if __name__ == "__main__":
    serve(CTranslate2)
