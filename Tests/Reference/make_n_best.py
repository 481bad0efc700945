#!/usr/bin/env python
"""Makes Tests/Fixtures/n-best.json: Hugging Face's n-best lists with their scores, for checkpoints of the fixtures.

usage: make_n_best.py FIXTURES

Every list is `generate(num_return_sequences=num_beams, output_scores=True)` of one utterance in float32, each
hypothesis with its `sequences_scores` and `compute_transition_scores`. Left out are the rows that generate fills up
with where there are fewer hypotheses than were asked for: unfinished ones and copies, whose log-probability is -1e9.
A list is kept only if it comes out the same in float64 and with an encoder output disturbed by 1e-5: what is left does
not hang on rounding.
"""

import copy
import itertools
import json
import sys
import warnings
from pathlib import Path

from common import versions, write_golden

import torch
import transformers
from safetensors.torch import load_file
from transformers import MBart50Tokenizer, SpeechEncoderDecoderModel

from make_variants import input_values, trim

torch.set_num_threads(1)
warnings.filterwarnings("ignore")
transformers.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()

LEAST_LOG_PROBABILITY = -1e8
GRID = [
    dict(num_beams=beams, length_penalty=penalty, early_stopping=early)
    for beams, penalty, early in itertools.product((2, 5), (1.0, 0.0, 2.0), (True, False, "never"))
] + [
    dict(num_beams=1),
    dict(num_beams=8),
    dict(num_beams=5, length_penalty=-1.0),
    dict(num_beams=5, max_length=6),
    dict(num_beams=4, max_new_tokens=3, early_stopping=False),
    dict(num_beams=5, no_repeat_ngram_size=2),
    dict(num_beams=4, max_length=3),
    dict(num_beams=4, max_length=4, length_penalty=3.0),
]
FEW = [dict(num_beams=1), dict(num_beams=5), dict(num_beams=5, length_penalty=0.6, early_stopping=False)]


def utterances(fixtures):
    """Checkpoint, its folder, name and samples of a clip, and what to ask for."""
    for name in ("tiny", "tinywide"):
        tensors = load_file(fixtures / name / "golden.safetensors")
        for clip in ("0", "1"):
            yield name, fixtures / name, clip, tensors[f"clip.{clip}"], FEW
    clips = load_file(fixtures / "variants/clips.safetensors")
    for name, grid in (("beam-search", GRID), ("untied", FEW), ("float16", FEW), ("derived-settings", FEW)):
        for clip, wave in clips.items():
            yield f"variants/{name}", fixtures / "variants" / name, clip, wave, grid
    for path in sorted((fixtures / "demo-model/golden").glob("*.safetensors")):
        yield "demo-model", fixtures / "demo-model/model", path.stem, load_file(path)["clip"], FEW


@torch.no_grad()
def search(model, wave, arguments, disturb=0.0):
    """The hypotheses, best first: sequence, score, and the log-probability of every generated token."""
    values = input_values(wave.numpy()).to(model.dtype)
    mask = torch.ones(values.shape, dtype=torch.long)
    encoded = model.encoder(values, attention_mask=mask)
    noise = torch.randn(encoded.last_hidden_state.shape, generator=torch.Generator().manual_seed(0))
    encoded.last_hidden_state = encoded.last_hidden_state + disturb * noise.to(model.dtype)
    beams = arguments["num_beams"]
    output = model.generate(
        encoder_outputs=encoded, attention_mask=mask, return_dict_in_generate=True, output_scores=True,
        output_logits=True, num_return_sequences=beams, **arguments,
    )  # fmt: skip
    # Beam search scores are log-probabilities of all tokens. Greedy search's are logits without those that are forbidden
    # (no_repeat_ngram_size), which would make the others more probable than the network says: hence the raw logits.
    transitions = model.compute_transition_scores(
        output.sequences, output.scores if beams > 1 else output.logits, output.get("beam_indices"),
        normalize_logits=beams == 1,
    )  # fmt: skip
    scores = output.sequences_scores.tolist() if beams > 1 else [None]
    ends = model.generation_config.eos_token_id
    ends = ends if isinstance(ends, list) else [ends]
    hypotheses = []
    for row, transition, score in zip(output.sequences.tolist(), transitions.tolist(), scores):
        sequence = trim(row, ends)
        transition = transition[: len(sequence) - 1]
        if score is not None:
            penalty = arguments.get("length_penalty", model.generation_config.length_penalty)
            divisor = len(transition) ** (1.0 if penalty is None else penalty)
            if score * divisor < LEAST_LOG_PROBABILITY:
                continue
            total = sum(transition) / divisor
            assert abs(total - score) < 1e-5 * max(1, abs(score)), (row, transition, score)
        transition = [round(value, 6) for value in transition]
        hypotheses.append({"sequence": sequence, "score": score, "transition_scores": transition})
    return hypotheses


def sequences(hypotheses):
    return [hypothesis["sequence"] for hypothesis in hypotheses]


def main():
    fixtures = Path(sys.argv[1])
    cases, dropped, models = [], 0, {}
    for name, folder, clip, wave, grid in utterances(fixtures):
        if name not in models:
            model = SpeechEncoderDecoderModel.from_pretrained(folder, dtype=torch.float32).eval()
            models[name] = model, copy.deepcopy(model).double(), MBart50Tokenizer.from_pretrained(folder)
        model, precise, tokenizer = models[name]
        for arguments in grid:
            found = search(model, wave, arguments)
            others = search(precise, wave, arguments), search(model, wave, arguments, disturb=1e-5)
            if any(sequences(other) != sequences(found) for other in others):
                dropped += 1
                continue
            for hypothesis in found:
                hypothesis["text"] = tokenizer.decode(hypothesis["sequence"], skip_special_tokens=True)
            cases.append({"checkpoint": name, "clip": clip, "arguments": arguments, "hypotheses": found})
    write_golden(fixtures / "n-best.json", {"versions": versions()}, cases)
    counts = [(len(case["hypotheses"]), case["arguments"]["num_beams"]) for case in cases]
    print(f"{len(cases)} cases, {sum(count for count, _ in counts)} hypotheses, {dropped} dropped;", end=" ")
    print(f"{sum(count < beams for count, beams in counts)} lists shorter than asked for")


if __name__ == "__main__":
    main()
