#!/usr/bin/env python
"""Stage 4: trains translation on the frozen convolution features. Resumes by itself from its last checkpoint.

usage: train.py --minutes M [options]

The model computes in bfloat16 and keeps float32 masters. Two single-threaded data-parallel processes do better than
one with two threads on a machine shared with others: they do not wait for each other at every operator. The schedule
runs by the clock, so that a run ends when it should on whatever machine; a run of the same length gives other weights.
An end signal (SIGTERM) to the first process saves and leaves.
"""

import argparse
import datetime
import json
import os
import random
import signal
import subprocess
import sys
import time

import numpy as np
import sacrebleu
import sentencepiece
import torch
import torch.distributed as distributed
import torch.nn as nn
import torch.nn.functional as F

from data import LANGUAGE_CODES, LANGUAGES, WORK, manifest
from network import END, PAD, UNKNOWN, WIDTH, build, decode, encode, greedy

SEED = 7
CHECKPOINT = WORK / "checkpoint.pt"
RANK = int(os.environ.get("RANK", 0))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, required=True, help="length of this run")
    parser.add_argument("--ranks", type=int, default=2, help="processes")
    parser.add_argument("--port", default="29511")
    parser.add_argument("--frames", type=int, default=1000, help="frames in a process's batch")
    parser.add_argument("--peak", type=float, default=1.5e-3, help="learning rate")
    parser.add_argument("--hold", type=float, default=0.72, help="part of the time before the rate falls")
    parser.add_argument("--dropout", type=float, default=0.03)
    parser.add_argument("--word-dropout", type=float, default=0.6, help="most words of a prefix that may be hidden")
    parser.add_argument("--mask", type=float, default=80, help="frames for each masked span")
    parser.add_argument("--words", type=float, default=0.5, help="weight of the which-words-occur loss")
    parser.add_argument("--synthetic", type=float, default=0.12, help="synthetic recordings for each human one")
    parser.add_argument("--long", type=float, default=0.35, help="part of the recordings over 230 frames")
    parser.add_argument("--clean", type=float, default=0.4, help="part of the recordings left unaugmented")
    parser.add_argument("--evaluate-every", type=float, default=240, help="seconds")
    return parser.parse_args()


def log(*values):
    if RANK == 0:
        print(*values, flush=True)


def spawn(ranks, port):
    """Starts this script once for each rank and ends with them."""
    environment = {**os.environ, "WORLD_SIZE": str(ranks), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    environment["OMP_NUM_THREADS"] = "1"
    processes = [
        subprocess.Popen([sys.executable, *sys.argv], env=environment | {"RANK": str(r)}) for r in range(ranks)
    ]
    sys.exit(max(process.wait() for process in processes))


class Corpus:
    """Recordings as features with the ids and, where known, the phonemes of their texts."""

    def __init__(self):
        tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(WORK / "sentencepiece.bpe.model"))
        self.tokenizer, self.pieces = tokenizer, tokenizer.get_piece_size()
        self.vocabulary = self.pieces + 1 + len(LANGUAGE_CODES) + 1
        self.english = self.pieces + 1 + LANGUAGE_CODES.index("en_XX")
        table = json.loads((WORK / "phonemes.json").read_text())
        self.symbols = {symbol: index + 1 for index, symbol in enumerate(table["symbols"])}  # 0 is CTC's blank
        spelled = {(language, text): [self.symbols[s] for s in result] for language, text, result in table["texts"]}
        self.rows, _ = manifest()
        self.synthetic = json.loads((WORK / "synthetic.json").read_text())
        for row in [*self.rows, *self.synthetic]:
            row["ids"] = [self.english, *(i + 1 if i else UNKNOWN for i in tokenizer.encode(row["en"])), END]
            row["phonemes"] = spelled.get((row["lang"], row["src"]))
        self.train = [index for index, row in enumerate(self.rows) if row["split"] == "train"]
        split = lambda name: [index for index, row in enumerate(self.rows) if row["split"] == name]
        self.held = {"devA": split("devA"), "devB": split("devB"), "train": self.train[::18]}
        self.files = {}
        self.refresh(1)

    def refresh(self, ranks):
        """Loads feature files that have appeared, the same ones in every process."""
        found = [sorted(str(path) for path in WORK.glob("features-*.pt"))]
        if ranks > 1:
            distributed.broadcast_object_list(found, 0)
        for path in found[0]:
            name = os.path.basename(path)[len("features-") : -len(".pt")]
            if name not in self.files:
                self.files[name] = torch.load(path)
                log("loaded", name)

    def features(self, name, index):
        file = self.files[name]
        return file["features"][file["offsets"][index] : file["offsets"][index + 1]]

    def text(self, ids):
        return self.tokenizer.decode([i - 1 for i in ids if UNKNOWN < i <= self.pieces])

    def item(self, index, options):
        """One training example; now and then two prompts of a speaker in a row."""
        row = self.rows[index]
        versions = [name for name in self.files if name != "synthetic"]
        name = random.choice(versions) if random.random() > options.clean else "clean"
        features, ids, spelled = self.features(name, index), row["ids"], row["phonemes"]
        if random.random() < 0.12 and row["en"][-1] in ".?" and len(features) < 200:
            other = random.choice(self.train)
            second = self.rows[other]
            more = self.features(random.choice(versions), other)
            if second["speaker"] == row["speaker"] and len(more) < 200:
                features, ids = torch.cat([features, more]), ids[:-1] + second["ids"][1:]
                both = spelled and second["phonemes"]
                spelled = spelled + [self.symbols[" "]] + second["phonemes"] if both else None
        return features, ids, spelled

    def batches(self, progress, options):
        """An epoch: groups of one batch for each process, of like lengths; short recordings first over the run."""
        longest = (150, 200, 260, 340, 500)[min(4, int(progress * 8))]
        items = (self.item(index, options) for index in self.train)
        items = [i for i in items if len(i[0]) <= longest and (len(i[0]) <= 230 or random.random() < options.long)]
        if "synthetic" in self.files:
            for index in random.sample(range(len(self.synthetic)), int(options.synthetic * len(self.train))):
                row = self.synthetic[index]
                items.append((self.features("synthetic", index), row["ids"], row["phonemes"]))
        items.sort(key=lambda item: len(item[0]) * random.uniform(0.95, 1.05))
        batches, current = [], []
        for item in items:
            widest = max([len(item[0]), *(len(other[0]) for other in current)])
            if current and ((len(current) + 1) * widest > options.frames or len(current) >= 40):
                batches.append(current)
                current = []
            current.append(item)
        batches.append(current)
        groups = [batches[i : i + options.ranks] for i in range(0, len(batches) - options.ranks + 1, options.ranks)]
        random.shuffle(groups)
        return groups


def collate(items):
    features = nn.utils.rnn.pad_sequence([features for features, _, _ in items], True)
    lengths = torch.tensor([len(features) for features, _, _ in items])
    ids = nn.utils.rnn.pad_sequence([torch.tensor(ids) for _, ids, _ in items], True, padding_value=PAD)
    return features, lengths, ids


def shift(ids):
    """The decoder's input for its target: the start id in front, the last id off."""
    return torch.cat([torch.full((len(ids), 1), END), ids[:, :-1]], 1)


def span_mask(features, lengths, spacing):
    """1 on random spans of up to 12 frames, one for every `spacing` frames."""
    mask = torch.zeros(*features.shape[:2], 1, dtype=features.dtype)
    for row, length in zip(mask, lengths.tolist()):
        for _ in range(max(1, int(length / spacing))):
            width = random.randint(0, 12)
            start = random.randint(0, max(0, length - width))
            row[start : start + width] = 1
    return mask


class Trainer:
    def __init__(self, options, corpus):
        self.options, self.corpus = options, corpus
        self.model = build(corpus.vocabulary)
        # Temporary heads: phonemes by CTC on the encoder, and which words the translation has on the adapter.
        self.phoneme_head = nn.Linear(WIDTH, len(corpus.symbols) + 1)
        self.word_head = nn.Linear(WIDTH, corpus.vocabulary)
        self.initialise()
        whole = nn.ModuleDict({"model": self.model, "phonemes": self.phoneme_head, "words": self.word_head})
        self.master = {n: p.detach().clone().requires_grad_() for n, p in whole.named_parameters() if p.requires_grad}
        self.average = {name: master.detach().clone() for name, master in self.master.items()}
        whole.bfloat16()
        self.working = {name: p for name, p in whole.named_parameters() if p.requires_grad}
        decayed = [master for master in self.master.values() if master.dim() >= 2]
        others = [master for master in self.master.values() if master.dim() < 2]
        groups = [{"params": decayed, "weight_decay": 0.02}, {"params": others, "weight_decay": 0}]
        self.optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-8)
        self.state = {"step": 0, "epoch": 0, "elapsed": 0.0}
        if CHECKPOINT.exists():
            self.load()

    def initialise(self):
        decoder = self.model.decoder.model.decoder
        nn.init.normal_(decoder.embed_tokens.weight, std=WIDTH**-0.5)
        nn.init.normal_(decoder.embed_positions.weight, std=0.1)
        nn.init.constant_(self.word_head.bias, -5.0)
        decoder.embed_tokens.weight.data[PAD].zero_()
        extractor = self.model.encoder.feature_extractor
        extractor.load_state_dict(torch.load(WORK / "convolutions.pt"))
        extractor.requires_grad_(False)

    def save(self):
        unfinished = CHECKPOINT.with_suffix(".part")
        masters = {name: master.data for name, master in self.master.items()}
        saved = {"state": self.state, "optimiser": self.optimiser.state_dict(), "master": masters}
        torch.save(saved | {"average": self.average, "vocabulary": self.corpus.vocabulary}, unfinished)
        os.replace(unfinished, CHECKPOINT)

    def load(self):
        saved = torch.load(CHECKPOINT, weights_only=False)
        self.state = saved["state"]
        self.optimiser.load_state_dict(saved["optimiser"])
        for name in self.master:
            self.master[name].data.copy_(saved["master"][name])
            self.average[name].copy_(saved["average"][name])
        self.use(self.master)
        log("resumed", self.state)

    def use(self, weights):
        with torch.no_grad():
            for name, parameter in self.working.items():
                parameter.copy_(weights[name])

    def losses(self, items, progress):
        """Backpropagates the losses of one batch; returns their values for the log."""
        options, corpus = self.options, self.corpus
        features, lengths, ids = collate(items)
        spans = span_mask(features, lengths, options.mask)
        hidden, encoded, counts = encode(self.model.encoder, features, lengths, options.dropout, True, spans)

        prefix = shift(ids)
        hide = (torch.rand(len(items), 1) - 0.3).clamp(0) / 0.7 * options.word_dropout
        keep = (torch.rand(prefix.shape) >= hide) | (prefix == PAD)
        keep[:, :2] = True
        prefix = torch.where(keep, prefix, UNKNOWN)
        logits = decode(self.model.decoder, prefix, encoded, counts, options.dropout * 1.5, True).float()
        translation = F.cross_entropy(logits[:, 1:].transpose(1, 2), ids[:, 1:], ignore_index=PAD, label_smoothing=0.1)
        translation = translation + 0.05 * F.cross_entropy(logits[:, 0], ids[:, 0])  # the language id is forced anyway

        valid = (torch.arange(encoded.shape[1])[None] < counts[:, None])[..., None]
        words = self.word_head(encoded).float().masked_fill(~valid, -30.0).logsumexp(1)
        present = torch.zeros(len(items), corpus.vocabulary).scatter_(1, ids, 1.0)
        present[:, :4] = 0
        present[:, corpus.english] = 0
        occurrence = F.binary_cross_entropy_with_logits(words, present, reduction="sum") / present.sum()

        spelled, phonemes = [index for index, item in enumerate(items) if item[2]], torch.zeros(())
        if spelled:
            scores = self.phoneme_head(hidden[spelled]).float().log_softmax(-1).transpose(0, 1)
            targets = [torch.tensor(items[index][2]) for index in spelled]
            sizes = torch.tensor([len(target) for target in targets])
            phonemes = F.ctc_loss(
                scores, torch.cat(targets), lengths[spelled], sizes, blank=0, reduction="none", zero_infinity=True
            )
            phonemes = (phonemes / sizes).mean()
        (translation + (0.8 * (1 - progress) + 0.2) * phonemes + options.words * occurrence).backward()
        return np.array([translation.item(), phonemes.item(), occurrence.item()])

    def update(self, rate, clock):
        """Averages gradients and the clock over the processes, then takes a step; returns the averaged clock."""
        gradients = [
            self.working[name].grad.float().flatten() if self.working[name].grad is not None else torch.zeros(m.numel())
            for name, m in self.master.items()
        ]
        flat = torch.cat([*gradients, torch.tensor(clock)])
        if self.options.ranks > 1:
            distributed.all_reduce(flat)
            flat /= self.options.ranks
        parts = flat.split([master.numel() for master in self.master.values()] + [len(clock)])
        for (name, master), part in zip(self.master.items(), parts):
            master.grad = part.view_as(master)
            self.working[name].grad = None
        nn.utils.clip_grad_norm_(list(self.master.values()), 1.0)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.step()
        self.state["step"] += 1
        decay = min(0.998, self.state["step"] / (self.state["step"] + 19))
        with torch.no_grad():
            masters = [master.data for master in self.master.values()]
            torch._foreach_lerp_(list(self.average.values()), masters, 1 - decay)
        self.use(self.master)
        return parts[-1].tolist()

    def rate(self, progress):
        """Warm up over 200 steps, hold, then fall linearly to a fiftieth."""
        hold = self.options.hold
        warm = min(1, (self.state["step"] + 1) / 200)
        return self.options.peak * warm * (1 if progress < hold else max(0.02, (1 - progress) / (1 - hold)))

    def run(self):
        options, state = self.options, self.state
        asked = []
        if RANK == 0:
            signal.signal(signal.SIGTERM, lambda *_: asked.append(True))
        end, last, evaluated = time.time() + 60 * options.minutes, time.time(), time.time()
        remaining, progress = end - time.time(), state["elapsed"] / (state["elapsed"] + end - time.time())
        while remaining > 0:
            self.corpus.refresh(options.ranks)
            random.seed(SEED * 1000 + state["epoch"])  # the same batches in every process
            groups = self.corpus.batches(progress, options)
            random.seed(SEED + 7919 * state["epoch"] + RANK + 1)
            torch.manual_seed(SEED + 7919 * state["epoch"] + RANK)
            sums, began = np.zeros(3), time.time()
            for count, group in enumerate(groups, 1):
                progress = state["elapsed"] / (state["elapsed"] + max(remaining, 1))
                sums += self.losses(group[RANK], progress)
                now = time.time()
                state["elapsed"], last = state["elapsed"] + now - last, now
                remaining, state["elapsed"] = self.update(self.rate(progress), [end - now, state["elapsed"]])
                if state["step"] % 50 == 0:
                    means = "translation {:.3f}, phonemes {:.3f}, words {:.3f}".format(*sums / count)
                    log(f"step {state['step']}, epoch {state['epoch']}: {means}; {(now - began) / count:.2f} s a step")
                if asked:
                    self.save()
                    os._exit(0)  # the other processes end with it
                due = state["step"] % 20 == 0 and time.time() - evaluated > options.evaluate_every
                if due and RANK == 0:
                    self.save()
                    self.evaluate()
                    evaluated = time.time()
                if remaining <= 0:
                    break
            state["epoch"] += 1
        if RANK == 0:
            self.save()
            self.evaluate()

    def evaluate(self):
        """Greedy translations by the averaged weights, of the held-out recordings and some of the training's."""
        self.use(self.average)
        for name, indices in self.corpus.held.items():
            indices = sorted(indices, key=lambda index: len(self.corpus.features("clean", index)))
            found = []
            for start in range(0, len(indices), 24):
                items = [(self.corpus.features("clean", index), [END], None) for index in indices[start : start + 24]]
                features, lengths, _ = collate(items)
                found += map(self.corpus.text, greedy(self.model, features, lengths, self.corpus.english))
            rows = [self.corpus.rows[index] for index in indices]
            wanted = [row["en"] for row in rows]
            right = [a == b for a, b in zip(found, wanted)]
            by_language = ", ".join(
                f"{language} {100 * np.mean([ok for ok, row in zip(right, rows) if row['lang'] == language]):.0f}%"
                for language in LANGUAGES
            )
            bleu = sacrebleu.corpus_bleu(found, [wanted]).score
            log(f"  {name}: BLEU {bleu:.1f}, exact {100 * np.mean(right):.1f}% ({by_language})")
        self.use(self.master)


def main():
    options = arguments()
    if "RANK" not in os.environ and options.ranks > 1:
        spawn(options.ranks, options.port)
    if options.ranks > 1:
        distributed.init_process_group("gloo", timeout=datetime.timedelta(minutes=20))
        torch.set_num_threads(1)
    torch.manual_seed(SEED)
    Trainer(options, Corpus()).run()


if __name__ == "__main__":
    main()
