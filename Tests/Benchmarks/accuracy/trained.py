"""Scores the demonstration model in every precision on the recordings it knows and on those held out from its training.
Run by trained.sh.

Recordings, references and the split are those of Tests/Reference/training/data.py: recordings of 0.15 to 9 s whose
English text is known. With h(text) the first 32 bits of the MD5 of a text over 2^32, a recording belongs to

- devB if its text has two words or more, is the text of one prompt only, exists in three languages or more, and
  h("B" + language + prompt) < 0.035: this sentence was never heard in this language;
- devA otherwise if its prompt exists in two languages or more and h("A" + speaker + prompt) < 0.065: this recording was
  never heard;
- train otherwise.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "Tests/Reference/training"))

import numpy as np
import sacrebleu
import soundfile
from safetensors.numpy import load_file, save_file

from data import SOUNDS, fraction, manifest
from rebalance import rebalance_file

GROUPED, PLAIN = "panels-int8-group32", "panels-int8"
# Column of the tables: options of `dragoman-benchmark pack`; the folder as it is for None.
VARIANTS = {
    "float32": None,
    "f32": ["--precision", "f32"],
    "bf16": ["--precision", "bf16"],
    "mixed": ["--precision", "mixed"],
    "int8": ["--precision", "int8"],
    "int8, a scale per row": ["--precision", "int8", "--rule", f"={PLAIN}"],
    "mixed, encoder's feed-forward int8": ["--precision", "mixed", "--rule", f"feed_forward={GROUPED}"],
    "mixed, encoder's attention int8": ["--precision", "mixed", "--rule", f"attention.={GROUPED}"],
    "mixed, convolutions int8": [
        *("--precision", "mixed", "--rule", f"feature_extractor={GROUPED}", "--rule", "conv_layers.0.=panels-f32"),
        *("--rule", f"adapter.layers={GROUPED}"),
    ],
}


# Part of the network: the beginning of its layers' names, and the matrices that read a normalisation.
OUTLIERS = {
    "encoder": (
        "encoder.encoder.layers.",
        ("attention.q_proj", "attention.k_proj", "attention.v_proj", "intermediate_dense"),
    ),
    "decoder": (
        "decoder.model.decoder.layers.",
        ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "encoder_attn.q_proj", "fc1"),
    ),
}
OUTLIER_FACTOR, OUTLIER_SHARE = 50, 6 / 1024


def plant_outliers(model, part, out):
    """A float32 copy of the model that computes the same, but for rounding: in the layers of one part, if any, a few
    channels of the normalised hidden states are 50 times larger, and the weights that read them 50 times smaller."""
    prefix, readers = OUTLIERS.get(part, (None, ()))
    tensors = {name: tensor.astype(np.float32) for name, tensor in load_file(model / "model.safetensors").items()}
    for name, tensor in tensors.items():
        if not prefix or not name.startswith(prefix):
            continue
        width = tensor.shape[-1]
        count = max(1, round(OUTLIER_SHARE * width))
        channels = width // 12 + np.arange(count) * (width // count)
        if "layer_norm" in name:
            tensor[channels] *= OUTLIER_FACTOR
        elif name.removesuffix(".weight").endswith(readers):
            tensor[:, channels] /= OUTLIER_FACTOR
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(model, out)
    save_file(tensors, out / "model.safetensors", {"format": "pt"})
    return out


def readable(path, work):
    """The recording in a format that dragoman reads: one speaker's are bare GSM."""
    if not path.endswith(".gsm"):
        return path
    wave = work / "recordings" / Path(path).relative_to(SOUNDS).with_suffix(".wav")
    if not wave.exists():
        wave.parent.mkdir(parents=True, exist_ok=True)
        samples, rate = soundfile.read(path, dtype="int16")
        soundfile.write(wave, samples, rate)
    return str(wave)


def translate(build, model, beams, paths, out):
    """The text of every recording. They are kept in `out`, under the digest of what they depend on."""
    if not out.exists():
        command = [build / "dragoman", "translate", "--json", "--threads", "1", "--beams", str(beams)]
        run = subprocess.run([*command, "--model", model, *paths], stdout=subprocess.PIPE)
        if run.returncode:
            sys.exit(f"dragoman translate --model {model} failed")
        out.write_bytes(run.stdout)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    texts = {line["file"]: line["text"] for line in lines}
    return [texts[path] for path in paths]


def convert(build, model, options, work):
    """The model in a precision, and the digest of the file."""
    if options is None:
        return model, hashlib.sha256((model / "model.safetensors").read_bytes()).hexdigest()
    path = work / "model.dragoman"
    run = subprocess.run([build / "dragoman-benchmark", "pack", model, path, *options], stdout=subprocess.PIPE, check=True)
    digest = run.stdout.decode().strip()
    return path.rename(work / f"{digest}.dragoman"), digest


def score(rows, texts, float32):
    wanted = [row["en"] for row in rows]
    right = [text == target for text, target in zip(texts, wanted)]
    right32 = [text == target for text, target in zip(float32, wanted)]
    return {
        "bleu": sacrebleu.corpus_bleu(texts, [wanted]).score,
        "exact": 100 * sum(right) / len(rows),
        "bleu_float32": sacrebleu.corpus_bleu(texts, [float32]).score,
        "same": sum(text == other for text, other in zip(texts, float32)),
        "only_here": sum(here and not there for here, there in zip(right, right32)),
        "only_float32": sum(there and not here for here, there in zip(right, right32)),
    }


def table(title, count, scores):
    print(f"\n{title}, {count} recordings\n")
    print("| precision | BLEU | exact | BLEU against float32 | same text as float32 | right here only | in float32 only |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, score in scores.items():
        print(
            f"| {name} | {score['bleu']:.2f} | {score['exact']:.1f}% | {score['bleu_float32']:.2f} "
            f"| {score['same']} ({100 * score['same'] / count:.1f}%) | {score['only_here']} | {score['only_float32']} |",
            flush=True,
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=ROOT / "Tests/Fixtures/demo-model/model")
    parser.add_argument("--beams", type=int, default=5)
    parser.add_argument("--limit", type=int, help="at most so many recordings of the training set")
    parser.add_argument("--processes", type=int, default=2, help="translate in so many precisions at a time")
    parser.add_argument("--outliers", choices=OUTLIERS, help="plant outlier channels in the layers of this part")
    parser.add_argument("--rebalance", action="store_true", help="rescale channels before packing (rebalance.py)")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)

    rows, _ = manifest()
    rows.sort(key=lambda row: fraction("E" + row["speaker"] + row["key"]))
    sets = {name: [row for row in rows if row["split"] == name] for name in ("devA", "devB", "train")}
    sets["train"] = sets["train"][: arguments.limit]
    chosen = [row for some in sets.values() for row in some]
    paths = [readable(row["path"], arguments.work) for row in chosen]
    recordings = hashlib.sha256("\n".join(paths).encode()).hexdigest()[:12]

    def texts(variant):
        return translate(
            arguments.build, variant[0], arguments.beams, paths,
            arguments.work / f"{variant[1][:12]}-beams{arguments.beams}-{recordings}.jsonl",
        )  # fmt: skip

    model = arguments.model
    if arguments.outliers or arguments.rebalance:
        model = plant_outliers(model, arguments.outliers, arguments.work / "altered")
    if arguments.rebalance:
        rebalance_file(model / "model.safetensors")
    models = [convert(arguments.build, model, options, arguments.work) for options in VARIANTS.values()]
    with ThreadPoolExecutor(arguments.processes) as pool:
        results = dict(zip(VARIANTS, pool.map(texts, models)))

    start = 0
    for name, some in [*sets.items(), ("all", chosen)]:
        if name == "all":
            start = 0
        part = slice(start, start + len(some))
        start += len(some)
        float32 = results["float32"][part]
        scores = {variant: score(some, found[part], float32) for variant, found in results.items()}
        table(f"{name}, beams {arguments.beams}", len(some), scores)


if __name__ == "__main__":
    main()
