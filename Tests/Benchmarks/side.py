"""What the Python sides of the benchmark share: the protocol of README.md."""

import argparse
import json
import sys


def serve(make):
    """Makes a side with `make(arguments)` and lets it answer the commands on standard input."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--dtype", default="float32")
    arguments = parser.parse_args()
    out, sys.stdout = sys.stdout, sys.stderr  # nothing else may write among the answers
    side = make(arguments)
    print(json.dumps(side.ready), file=out, flush=True)
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = getattr(side, command.pop("op"))(**command)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=out, flush=True)


def step_weights(decoder):
    """Weights that a step of an mBART decoder reads: all matrices of its layers but those that make keys and values of
    the encoded source once, and the vocabulary's."""
    names = (name for name, _ in decoder.named_parameters())
    once = {name for name in names if "encoder_attn.k_proj" in name or "encoder_attn.v_proj" in name}
    layers = sum(
        weight.numel()
        for name, weight in decoder.named_parameters()
        if name.startswith("layers.") and weight.dim() == 2 and name not in once
    )
    return layers + decoder.embed_tokens.weight.numel()
