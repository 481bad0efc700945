#!/usr/bin/env python
"""Runs Hugging Face and Dragoman by turns on the same checkpoint and clip; prints medians and ratios.

usage: compare.py --model DIR --clip FILE --dragoman PATH [--rounds 7] [--threads 2] [--json FILE] [--markdown FILE]

Both sides stay loaded, but only one works at a time. A round asks each side for one encoding and two searches; the
side that begins changes from round to round. The memory bandwidth is measured in every round too, since a machine
shared with others changes while one looks at it.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy

SHORT, LONG = 12, 32  # tokens of the two searches; their difference is free of what a search costs once
SETTLE = 0.3  # seconds between two measurements, for the other side's threads to fall asleep


class Side:
    """A benchmark process spoken to over pipes."""

    def __init__(self, name, command, threads):
        self.name = name
        environment = os.environ | {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        )
        self.ready = self.read()
        self.tokens = None
        self.encode, self.step = [], []

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended with status {self.process.wait()}")
        return json.loads(line)

    def ask(self, **command):
        time.sleep(SETTLE)
        print(json.dumps(command), file=self.process.stdin, flush=True)
        answer = self.read()
        if "error" in answer:
            sys.exit(f"{self.name}: {answer['error']}")
        return answer

    def round(self, clip, beams, keep=True):
        encode = self.ask(op="encode", clip=clip)["seconds"]
        short = self.ask(op="decode_steps", clip=clip, beams=beams, steps=SHORT)
        long = self.ask(op="decode_steps", clip=clip, beams=beams, steps=LONG)
        for answer, steps in ((short, SHORT), (long, LONG)):
            if answer["steps"] != steps:
                sys.exit(f"{self.name} made {answer['steps']} steps where {steps} were asked for")
        self.tokens = long.get("tokens")
        if keep:
            self.encode.append(encode)
            self.step.append((long["seconds"] - short["seconds"]) / (LONG - SHORT))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Bandwidth:
    """Bytes read from memory in a second by so many threads, each over its part of an array of 1 GiB."""

    def __init__(self, threads):
        self.parts = numpy.split(numpy.ones(1 << 28, dtype=numpy.float32), threads)

    def measure(self):
        time.sleep(SETTLE)
        threads = [threading.Thread(target=numpy.dot, args=(part, part)) for part in self.parts]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(part.nbytes for part in self.parts) / (time.perf_counter() - began)


def processor():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    info = dict(map(str.strip, line.split(":", 1)) for line in lines if ":" in line)
    flags = info.get("flags", info.get("Features", "")).split()
    wide = [flag for flag in ("avx2", "fma", "avx512f", "avx512_bf16", "amx_tile", "asimd", "sve") if flag in flags]
    return {
        "model": info.get("model name", platform.machine()),
        "cores": os.cpu_count(),
        "instructions": wide,
        "l3": next((line.split(":")[1].strip() for line in lscpu() if line.startswith("L3")), "unknown"),
    }


def lscpu():
    try:
        return subprocess.run(["lscpu"], capture_output=True, text=True).stdout.splitlines()
    except OSError:
        return []


def summary(values):
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


def table(report):
    rows = [
        (f"float32 encoder, one clip of {report['clip_seconds']:.1f} s", "encode"),
        (f"decoder step, {report['beams']} beams", "step"),
    ]
    names = [side["name"] for side in report["sides"]]
    lines = [
        f"| | {' | '.join(names)} |" + (" ratio |" if len(names) > 1 else ""),
        "| --- |" + " ---: |" * (len(names) + (len(names) > 1)),
    ]
    for title, key in rows:
        cells = []
        for side in report["sides"]:
            figures = side[key]
            cells.append("{:.1f} ms ({:.1f}–{:.1f})".format(*(1000 * figures[k] for k in ("median", "least", "most"))))
        if len(names) > 1:
            cells.append(f"{report['ratios'][key]:.2f} ×")
        lines.append(f"| {title} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--clip", required=True, help="raw float32 samples, 16 kHz mono")
    parser.add_argument("--dragoman", help="the dragoman-benchmark executable; Hugging Face alone without it")
    parser.add_argument("--beams", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    arguments = parser.parse_args()

    common = ["--model", arguments.model, "--threads", str(arguments.threads)]
    hf = [sys.executable, str(Path(__file__).with_name("hf_side.py")), *common]
    sides = [Side("Hugging Face", hf, arguments.threads)]
    if arguments.dragoman:
        sides.append(Side("Dragoman", [arguments.dragoman, *common], arguments.threads))
    bandwidth, bandwidths = Bandwidth(arguments.threads), []
    for side in sides:
        side.round(arguments.clip, arguments.beams, keep=False)
    for index in range(arguments.rounds):
        bandwidths.append(bandwidth.measure())
        for side in sides[:: 1 if index % 2 == 0 else -1]:
            side.round(arguments.clip, arguments.beams)
        figures = ", ".join(f"{s.name} {s.encode[-1]:.3f} s + {1000 * s.step[-1]:.1f} ms a step" for s in sides)
        print(f"round {index + 1}: {bandwidths[-1] / 1e9:.1f} GB/s, {figures}", file=sys.stderr)
    for side in sides:
        side.close()

    report = {
        "processor": processor(),
        "threads": arguments.threads,
        "model": Path(arguments.model).name,
        "clip_seconds": Path(arguments.clip).stat().st_size / 4 / 16000,
        "beams": arguments.beams,
        "rounds": arguments.rounds,
        "bandwidth": summary(bandwidths),
        "sides": [{"name": s.name, **s.ready, "encode": summary(s.encode), "step": summary(s.step)} for s in sides],
    }
    if len(sides) == 2:
        report["ratios"] = {
            key: report["sides"][0][key]["median"] / report["sides"][1][key]["median"] for key in ("encode", "step")
        }
        report["same_tokens"] = sides[0].tokens == sides[1].tokens
    cpu = report["processor"]
    text = "\n".join([
        f"{cpu['model']}, {cpu['cores']} cores ({' '.join(cpu['instructions'])}; L3 {cpu['l3']}), "
        f"{arguments.threads} threads each side; {report['bandwidth']['median'] / 1e9:.1f} GB/s read from memory.",
        "; ".join(f"{s.name}: " + ", ".join(f"{k} {v}" for k, v in s.ready.get("versions", {}).items()) for s in sides)
        + f". Checkpoint {report['model']}, medians of {arguments.rounds} rounds (least–most).",
        "",
        table(report),
    ])  # fmt: skip
    if "same_tokens" in report:
        text += f"\n\nBoth gave the same {LONG} tokens: {'yes' if report['same_tokens'] else 'no'}. "
        text += "Ratio: Hugging Face's time over Dragoman's."
    print(text)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=2) + "\n")
    if arguments.markdown:
        arguments.markdown.write_text(text + "\n")


if __name__ == "__main__":
    main()
