#!/usr/bin/env python
"""The whole network and both searches in numpy, written from their description and not from Hugging Face's code.

usage: reference_numpy.py DIR...

Compares itself with the goldens in each folder (checkpoints in safetensors form with a generation_config.json).
Everything is float32 and one utterance at a time; the decoder is run anew over the whole prefix at every step.
"""

import json
import math
import struct
import sys
from pathlib import Path

import numpy as np

NEVER = np.float32(-1e9)  # what Hugging Face adds to a score that must not win
erf = np.vectorize(math.erf, otypes=[np.float64])


def read_safetensors(path):
    data = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if name == "__metadata__":
            continue
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        kind = {"F32": "<f4", "F16": "<f2", "BF16": "<u2", "I64": "<i8"}[entry["dtype"]]
        values = np.frombuffer(data[begin:end], kind)
        if entry["dtype"] == "BF16":
            values = (values.astype(np.uint32) << 16).view(np.float32)
        elif entry["dtype"] == "F16":
            values = values.astype(np.float32)
        tensors[name] = values.reshape(entry["shape"])
    return tensors


def gelu(x):
    return (0.5 * x * (1 + erf(x / math.sqrt(2)))).astype(np.float32)


def relu(x):
    return np.maximum(x, 0)


def softmax(x):
    exponential = np.exp(x - x.max(-1, keepdims=True))
    return exponential / exponential.sum(-1, keepdims=True)


def log_softmax(x):
    shifted = x - x.max()
    return shifted - np.log(np.exp(shifted).sum())


def attention(q, k, v, heads, mask=None):
    """Scaled dot-product attention; q [T, d], k and v [S, d], heads in contiguous columns."""
    outputs = []
    for query, key, value in zip(*(np.split(x, heads, axis=-1) for x in (q, k, v))):
        scores = query @ key.T / math.sqrt(query.shape[-1])
        outputs.append(softmax(scores if mask is None else np.where(mask, scores, -np.inf)) @ value)
    return np.concatenate(outputs, -1)


def convolution(x, weight, bias, stride=1, padding=0, groups=1):
    """x [T, in] -> [T', out]; weight [out, in / groups, kernel]."""
    outputs, inputs, kernel = weight.shape
    x = np.pad(x, ((padding, padding), (0, 0)))
    frames = (len(x) - kernel) // stride + 1
    windows = np.arange(frames)[:, None] * stride + np.arange(kernel)
    parts = []
    for group in range(groups):
        window = x[:, group * inputs : (group + 1) * inputs][windows]  # frames, kernel, inputs
        filters = weight[group * outputs // groups : (group + 1) * outputs // groups]
        parts.append(np.einsum("tki,oik->to", window, filters, optimize=True))
    return np.concatenate(parts, -1).astype(np.float32) + bias


class Reference:
    def __init__(self, directory):
        directory = Path(directory)
        files = sorted(directory.glob("model*.safetensors"))
        self.weights = {name: tensor for file in files for name, tensor in read_safetensors(file).items()}
        config = json.loads((directory / "config.json").read_text())
        self.encoder, self.decoder = config["encoder"], config["decoder"]
        self.settings = json.loads((directory / "generation_config.json").read_text())
        embedding, head = "decoder.model.decoder.embed_tokens.weight", "decoder.lm_head.weight"
        self.embedding = self.weights.get(embedding, self.weights.get(head))
        self.head = self.weights.get(head, self.weights.get(embedding))

    def norm(self, x, name, epsilon=1e-5):
        mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
        weight, bias = self.weights[name + ".weight"], self.weights[name + ".bias"]
        return ((x - mean) / np.sqrt(variance + epsilon) * weight + bias).astype(np.float32)

    def linear(self, x, name):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def attend(self, name, x, y, heads, mask=None):
        """Attention from x to y with the projections of `name`."""
        q, k, v = self.linear(x, name + "q_proj"), self.linear(y, name + "k_proj"), self.linear(y, name + "v_proj")
        return self.linear(attention(q, k, v, heads, mask), name + "out_proj")

    # Encoder

    def encode(self, samples):
        """16 kHz mono samples to what the decoder is given [frames, width]."""
        config, epsilon = self.encoder, self.encoder["layer_norm_eps"]
        samples = samples.astype(np.float64)
        x = ((samples - samples.mean()) / np.sqrt(samples.var() + 1e-7)).astype(np.float32)[:, None]
        for index, stride in enumerate(config["conv_stride"]):
            name = f"encoder.feature_extractor.conv_layers.{index}"
            bias = self.weights.get(name + ".conv.bias", np.float32(0))
            x = convolution(x, self.weights[name + ".conv.weight"], bias, stride)
            x = gelu(self.norm(x, name + ".layer_norm"))
        x = self.norm(x, "encoder.feature_projection.layer_norm", epsilon)
        x = self.linear(x, "encoder.feature_projection.projection")
        x = x + gelu(self.positions(x))
        for index in range(config["num_hidden_layers"]):
            name = f"encoder.encoder.layers.{index}."
            y = self.norm(x, name + "layer_norm", epsilon)
            x = x + self.attend(name + "attention.", y, y, config["num_attention_heads"])
            y = self.norm(x, name + "final_layer_norm", epsilon)
            y = gelu(self.linear(y, name + "feed_forward.intermediate_dense"))
            x = x + self.linear(y, name + "feed_forward.output_dense")
        x = self.norm(x, "encoder.encoder.layer_norm", epsilon)
        if config["add_adapter"]:
            x = self.adapt(x)
        return self.linear(x, "enc_to_dec_proj") if "enc_to_dec_proj.weight" in self.weights else x

    def positions(self, x):
        """The convolution that tells positions: weight-normalised per tap, and without its last frame if even."""
        name = "encoder.encoder.pos_conv_embed.conv."
        gain = self.weights[name + "parametrizations.weight.original0"]
        direction = self.weights[name + "parametrizations.weight.original1"]
        weight = direction * (gain / np.sqrt((direction**2).sum((0, 1), keepdims=True)))
        taps, groups = self.encoder["num_conv_pos_embeddings"], self.encoder["num_conv_pos_embedding_groups"]
        return convolution(x, weight, self.weights[name + "bias"], 1, taps // 2, groups)[: len(x)]

    def adapt(self, x):
        if "encoder.adapter.proj.weight" in self.weights:
            x = self.norm(self.linear(x, "encoder.adapter.proj"), "encoder.adapter.proj_layer_norm")
        for index in range(self.encoder["num_adapter_layers"]):
            name = f"encoder.adapter.layers.{index}.conv."
            weight, bias = self.weights[name + "weight"], self.weights[name + "bias"]
            value, gate = np.split(convolution(x, weight, bias, self.encoder["adapter_stride"], 1), 2, axis=-1)
            x = value / (1 + np.exp(-gate))
        return x

    def visible(self, samples):
        """The frames of the encoder's output that Hugging Face's mask counts: all with an adapter kernel of 3."""
        config, count = self.encoder, samples
        for kernel, stride in zip(config["conv_kernel"], config["conv_stride"]):
            count = (count - kernel) // stride + 1
        for _ in range(config["num_adapter_layers"] if config["add_adapter"] else 0):
            count = (count - 1) // config["adapter_stride"] + 1
        return count

    # Decoder

    def decode(self, ids, encoded):
        """Logits [tokens, vocabulary] over a prefix."""
        config, prefix = self.decoder, "decoder.model.decoder."
        activation = {"relu": relu, "gelu": gelu}[config["activation_function"]]
        heads, length = config["decoder_attention_heads"], len(ids)
        scale = math.sqrt(config["d_model"]) if config["scale_embedding"] else 1.0
        x = self.embedding[ids] * np.float32(scale) + self.weights[prefix + "embed_positions.weight"][2 : 2 + length]
        x = self.norm(x, prefix + "layernorm_embedding")
        causal = np.tril(np.ones((length, length), bool))
        for index in range(config["decoder_layers"]):
            name = f"{prefix}layers.{index}."
            y = self.norm(x, name + "self_attn_layer_norm")
            x = x + self.attend(name + "self_attn.", y, y, heads, causal)
            y = self.norm(x, name + "encoder_attn_layer_norm")
            x = x + self.attend(name + "encoder_attn.", y, encoded, heads)
            y = self.norm(x, name + "final_layer_norm")
            x = x + self.linear(activation(self.linear(y, name + "fc1")), name + "fc2")
        return (self.norm(x, prefix + "layer_norm") @ self.head.T).astype(np.float32)

    # Searches

    def options(self, arguments):
        """The settings of one search: its arguments, then the checkpoint's, then Hugging Face's defaults."""
        defaults = {"num_beams": 1, "length_penalty": 1.0, "early_stopping": False, "no_repeat_ngram_size": 0}
        options = defaults | self.settings | arguments
        if "max_new_tokens" in arguments:
            options["max_length"] = 1 + arguments["max_new_tokens"]
        ends = options["eos_token_id"]
        return options | {"ends": ends if isinstance(ends, list) else [ends]}

    @staticmethod
    def constrain(scores, ids, options):
        """Hugging Face's processors in their order: repeated n-grams, forced first token, forced end."""
        size = options["no_repeat_ngram_size"]
        if size and len(ids) + 1 >= size:
            start = ids[len(ids) - size + 1 :]
            scores = scores.copy()
            for index in range(len(ids) - size + 1):
                if ids[index : index + size - 1] == start:
                    scores[ids[index + size - 1]] = -np.inf
        for key, length in (("forced_bos_token_id", 1), ("forced_eos_token_id", options["max_length"] - 1)):
            if options.get(key) is not None and len(ids) == length:
                scores = np.full_like(scores, -np.inf)
                scores[options[key]] = 0
        return scores

    def generate(self, encoded, arguments):
        """The ids of the best sequence, and its score if beams were used."""
        options = self.options(arguments)
        return (self.greedy if options["num_beams"] == 1 else self.beam_search)(encoded, options)

    def greedy(self, encoded, options):
        ids = [options["decoder_start_token_id"]]
        while len(ids) < options["max_length"]:
            ids.append(int(self.constrain(self.decode(ids, encoded)[-1], ids, options).argmax()))
            if ids[-1] in options["ends"]:
                break
        return ids, None

    def beam_search(self, encoded, options):
        beams, longest = options["num_beams"], options["max_length"]
        penalty, early = options["length_penalty"], options["early_stopping"]
        running = [[options["decoder_start_token_id"]] for _ in range(beams)]
        running_scores = np.array([0] + [NEVER] * (beams - 1), np.float32)
        finished = [(NEVER, None, False)] * beams  # score, ids, really finished
        length, hopeful = 1, True
        while True:
            scores = [self.constrain(log_softmax(self.decode(r, encoded)[-1]), r, options) for r in running]
            total = (np.stack(scores) + running_scores[:, None]).astype(np.float32)
            best = np.argsort(-total.ravel(), kind="stable")[: max(2, 1 + len(options["ends"])) * beams]
            size = total.shape[1]
            candidates = [(total.flat[i], running[i // size] + [int(i % size)]) for i in best]
            stops = [ids[-1] in options["ends"] or len(ids) >= longest for _, ids in candidates]

            going_on = np.array([s + (NEVER if stop else 0) for (s, _), stop in zip(candidates, stops)], np.float32)
            order = np.argsort(-going_on, kind="stable")[:beams]
            running, running_scores = [candidates[i][1] for i in order], going_on[order]

            full = all(done for _, _, done in finished)
            pool = list(finished)
            for rank, ((score, ids), stop) in enumerate(zip(candidates, stops)):
                done = stop and rank < beams
                score = np.float32(score / np.float32(length**penalty))
                for forbidden in (full and early is True, not hopeful, not done):
                    score = np.float32(score + NEVER) if forbidden else score
                pool.append((score, ids, done))
            order = np.argsort(-np.array([score for score, _, _ in pool], np.float32), kind="stable")[:beams]
            finished = [pool[i] for i in order]

            length += 1
            limit = longest - 1 if early == "never" and penalty > 0 else length - 1
            reachable = running_scores[0] / limit**penalty
            hopeful = hopeful and any(reachable > (score if done else NEVER) for score, _, done in finished)
            if not hopeful or all(done for _, _, done in finished) and early is True or all(stops):
                return finished[0][1], float(finished[0][0])


def check(directory):
    directory = Path(directory)
    reference = Reference(directory)
    tensors = read_safetensors(directory / "golden.safetensors")
    shared = directory.parent / "clips.safetensors"
    sounds = read_safetensors(shared) if shared.exists() else {}
    golden = json.loads((directory / "golden.json").read_text())
    errors, encoded = {"encoder": 0.0, "logits": 0.0, "score": 0.0}, {}

    def samples(utterance):
        clip, _, count = utterance.partition(".")
        return sounds[clip][: int(count)] if count else tensors["clip." + clip]

    for name in tensors:
        if name.startswith("encoder_output."):
            utterance = name.removeprefix("encoder_output.")
            output = reference.encode(samples(utterance))
            errors["encoder"] = max(errors["encoder"], abs(output - tensors[name]).max())
            encoded[utterance] = output[: reference.visible(len(samples(utterance)))]
            ids = tensors.get("decoder_input_ids." + utterance, tensors.get("decoder_input_ids"))
            logits = reference.decode(ids.tolist(), encoded[utterance])
            errors["logits"] = max(errors["logits"], abs(logits - tensors["logits." + utterance]).max())
    different = count = 0
    for case in golden["cases"]:
        if case.get("too_short"):
            continue
        utterance = f"{case['clip']}.{case['samples']}" if "samples" in case else str(case["clip"])
        if utterance not in encoded:
            output = reference.encode(samples(utterance))
            encoded[utterance] = output[: reference.visible(len(samples(utterance)))]
        ids, score = reference.generate(encoded[utterance], case["arguments"])
        count += 1
        if ids != case["sequence"]:
            different += 1
            print("  different:", case["arguments"], ids, case["sequence"])
        elif score is not None:
            errors["score"] = max(errors["score"], abs(score - case["score"]))
    largest = ", ".join(f"{name} {error:.1e}" for name, error in errors.items())
    print(f"{directory.name}: {count - different} of {count} searches the same; largest errors: {largest}")
    return different == 0


if __name__ == "__main__":
    results = [check(directory) for directory in sys.argv[1:]]
    sys.exit(not all(results))
