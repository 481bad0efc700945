#!/usr/bin/env python
"""Runs Dragoman, Hugging Face and CTranslate2 by turns on the same checkpoint and sound; prints medians and ratios.

usage: compare.py --model DIR --clip FILE --dragoman PATH [--packed NAME=FILE ...] [--ct2 DIR] [--rounds 5] [--quick]

All sides stay loaded, but only one works at a time; the one that begins changes from round to round. The memory
bandwidth is measured before and after each side's decoder steps, since a machine shared with others changes while one
looks at it. README.md says what is measured, and how the sides are spoken to.
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

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # the bandwidth's threads are our own

import numpy

import chart
from chart import duration

SHORT, LONG = 8, 24  # tokens of the two searches; their difference is free of what a search costs once
UTTERANCE = 30  # tokens of a whole utterance
SETTLE = 0.3  # seconds between two measurements, for the other side's threads to fall asleep
PATIENCE = 20  # an encoder that takes longer is not asked again
JOBS = 8  # of a batch
VARIED = [15, 45, 30, 20, 40, 25, 35, 30] * 3  # tokens of jobs that leave and join


class Side:
    """A benchmark process spoken to over pipes."""

    def __init__(self, name, engine, command, threads):
        self.name, self.engine = name, engine
        environment = os.environ | {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        )
        self.ready = self.read()
        self.tokens = None
        self.figures = {"encode": [], "step": [], "utterance": [], "bandwidth_share": []}
        self.encodes = engine != "CTranslate2"

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

    def warm_up(self, clip, beams):
        """Touches everything once. An encoder beyond patience has been measured with that."""
        if self.encodes:
            seconds = self.ask(op="encode", clip=clip)["seconds"]
            if seconds > PATIENCE:
                self.figures["encode"].append(seconds)
                self.encodes = False
        self.search(clip, beams, SHORT)

    def search(self, clip, beams, steps):
        answer = self.ask(op="decode_steps", clip=clip, beams=beams, steps=steps)
        if answer["steps"] != steps:
            sys.exit(f"{self.name} made {answer['steps']} steps where {steps} were asked for")
        self.tokens = answer.get("tokens")
        return answer["seconds"]

    def round(self, clip, beams, bandwidth):
        if self.encodes:
            self.figures["encode"].append(self.ask(op="encode", clip=clip)["seconds"])
        before = bandwidth.measure()
        short, long = self.search(clip, beams, SHORT), self.search(clip, beams, LONG)
        limit = (before + bandwidth.measure()) / 2
        step = (long - short) / (LONG - SHORT)
        self.figures["step"].append(step)
        self.figures["bandwidth_share"].append(self.ready["step_bytes"] / step / limit)
        if self.encodes:
            whole = self.ask(op="utterance", clip=clip, beams=beams, steps=UTTERANCE)
            self.figures["utterance"].append(whole["seconds"])

    def progress(self):
        encoder = f"{duration(self.figures['encode'][-1])} + " if self.encodes else ""
        return f"{self.name} {encoder}{duration(self.figures['step'][-1])}"

    def report(self):
        figures = {name: summary(values) for name, values in self.figures.items() if values}
        return {"name": self.name, "engine": self.engine, **self.ready, **figures}

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Bandwidth:
    """Bytes read from memory in a second by so many threads, each over its part of an array of 512 MiB."""

    def __init__(self, threads):
        self.parts = numpy.split(numpy.ones(threads * ((1 << 27) // threads), dtype=numpy.float32), threads)
        self.values = []

    def measure(self):
        time.sleep(SETTLE)
        threads = [threading.Thread(target=numpy.dot, args=(part, part)) for part in self.parts]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.values.append(sum(part.nbytes for part in self.parts) / (time.perf_counter() - began))
        return self.values[-1]


def batch(side, clips, beams, rounds, quick):
    """What several jobs together gain over one after another: decoder steps alone, and whole utterances of each clip."""
    kinds = [("steps", clips[-1], False)] + [(f"utterances of {seconds(clip):.0f} s", clip, True) for clip in clips]
    if quick:
        kinds = kinds[:2]
    times = {name: {"together": [], "alone": []} for name, _, _ in kinds}
    for index in range(rounds):
        for name, clip, whole in kinds:
            for how in ("together", "alone")[:: 1 if index % 2 == 0 else -1]:
                answer = side.ask(
                    op="batch", clip=clip, beams=beams, jobs=[UTTERANCE] * JOBS, whole=whole,
                    at_a_time=JOBS if how == "together" else 1,
                )  # fmt: skip
                times[name][how].append(answer["seconds"])
        print(f"batch {index + 1}: " + ", ".join(f"{n} {v['alone'][-1] / v['together'][-1]:.2f} ×"
              for n, v in times.items()), file=sys.stderr)  # fmt: skip
    rows = side.ask(op="batch", clip=clips[-1], beams=beams, jobs=VARIED, at_a_time=JOBS)["rows"]
    rows = {int(count): steps for count, steps in rows.items()}
    return {
        "side": side.name,
        "jobs": JOBS,
        "tokens": UTTERANCE,
        "gains": {
            name: {how: summary(values) for how, values in hows.items()}
            | {"gain": statistics.median(a / t for a, t in zip(hows["alone"], hows["together"]))}
            for name, hows in times.items()
        },
        "rows_per_step": dict(sorted(rows.items())),
        "mean_rows": sum(count * steps for count, steps in rows.items()) / sum(rows.values()),
    }


def seconds(clip):
    return Path(clip).stat().st_size / 4 / 16000


def processor():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    info = dict(map(str.strip, line.split(":", 1)) for line in lines if ":" in line)
    flags = info.get("flags", info.get("Features", "")).split()
    wide = ("avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "asimd", "asimddp", "i8mm", "sve")
    return {
        "model": info.get("model name", platform.machine()),
        "cores": os.cpu_count(),
        "instructions": [flag for flag in wide if flag in flags],
        "l3": next((line.split(":")[1].split("(")[0].strip() for line in lscpu() if line.startswith("L3")), "unknown"),
    }


def lscpu():
    try:
        return subprocess.run(["lscpu"], capture_output=True, text=True).stdout.splitlines()
    except OSError:
        return []


def summary(values):
    return {
        "median": statistics.median(values), "least": min(values), "most": max(values), "count": len(values),
    }  # fmt: skip


def table(report):
    """A row for each side; what a side can't do, or was not asked for, is a dash."""
    sides = report["sides"]
    reference = sides[0]
    ct2 = next((side for side in sides if side["engine"] == "CTranslate2"), None)

    def cell(side, key):
        if key not in side:
            return "–"
        once = " once" if side[key]["count"] == 1 and report["rounds"] > 1 else ""
        return duration(side[key]["median"]) + once

    def ratio(side, key, other=reference):
        if other is None or key not in side or key not in other:
            return "–"
        return f"{other[key]['median'] / side[key]['median']:.2f} ×"

    lines = [
        f"| | encoder, {report['clip_seconds']:.0f} s | × HF | decoder step, {report['beams']} beams | × HF | × CT2 "
        f"| of bandwidth | utterance, {UTTERANCE} tokens | × HF |",
        "| --- |" + " ---: |" * 8,
    ]
    for side in sides:
        share = side.get("bandwidth_share")
        cells = [
            side["name"], cell(side, "encode"), ratio(side, "encode"), cell(side, "step"), ratio(side, "step"),
            ratio(side, "step", ct2), f"{100 * share['median']:.0f}%" if share else "–", cell(side, "utterance"),
            ratio(side, "utterance"),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def machine_line(report):
    cpu = report["processor"]
    return (
        f"{cpu['model']}, {cpu['cores']} cores ({' '.join(cpu['instructions'])}; L3 {cpu['l3']}), "
        f"{report['threads']} threads each, {report['bandwidth']['median'] / 1e9:.0f} GB/s read from memory"
    )


def versions_line(report):
    seen = {}
    for side in report["sides"]:
        seen |= side.get("versions", {})
    return ", ".join(f"{name} {version.removeprefix('OpenBLAS ')}" for name, version in seen.items())


def text(report):
    lines = [
        f"{machine_line(report)}. {versions_line(report)}. Checkpoint {report['model']}, medians of {report['rounds']}.",
        "",
        table(report),
    ]
    if "same_tokens" in report:
        lines += ["", f"Hugging Face and Dragoman in float32 gave the same tokens: {'yes' if report['same_tokens'] else 'no'}."]  # fmt: skip
    if "batch" in report:
        batch = report["batch"]
        gains = ", ".join(f"{name} {gain['gain']:.2f} ×" for name, gain in batch["gains"].items())
        rows = ", ".join(f"{count}: {steps}" for count, steps in batch["rows_per_step"].items())
        lines += [
            "",
            f"{batch['side']}, {batch['jobs']} jobs together over one after another: {gains}. With {batch['jobs']} "
            f"jobs of 15 to 45 tokens in flight a step has {batch['mean_rows']:.1f} rows on average ({rows}).",
        ]
    return "\n".join(lines)


def start_sides(arguments):
    here = Path(__file__).parent
    common = ["--model", arguments.model, "--threads", str(arguments.threads)]
    hf = [sys.executable, str(here / "hf_side.py"), *common]
    yield Side("Hugging Face float32", "Hugging Face", hf, arguments.threads)
    if not arguments.quick:
        yield Side("Hugging Face bfloat16", "Hugging Face", [*hf, "--dtype", "bfloat16"], arguments.threads)
    threads = ["--threads", str(arguments.threads)]
    if arguments.ct2:
        command = [sys.executable, str(here / "ct2_side.py"), "--model", arguments.ct2, *threads]
        yield Side("CTranslate2 int8", "CTranslate2", command, arguments.threads)
    yield Side("Dragoman float32", "Dragoman", [arguments.dragoman, *common], arguments.threads)
    for packed in arguments.packed:
        name, path = packed.split("=", 1)
        name += " (default)" if packed == arguments.packed[-1] and len(arguments.packed) > 1 else ""
        yield Side(f"Dragoman {name}", "Dragoman", [arguments.dragoman, "--model", path, *threads], arguments.threads)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--clip", required=True, help="raw float32 samples, 16 kHz mono")
    parser.add_argument("--short-clip", help="another, for the batch")
    parser.add_argument("--dragoman", required=True, help="the dragoman-benchmark executable")
    parser.add_argument("--packed", action="append", default=[], metavar="NAME=FILE", help="the last is the default")
    parser.add_argument("--ct2", help="what make_ct2.py has made")
    parser.add_argument("--beams", type=int, default=5)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="two rounds, without Hugging Face in bfloat16")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    parser.add_argument("--svg", type=Path)
    parser.add_argument("--readme", type=Path, help="a file whose lines between <!-- benchmark --> marks are replaced")
    arguments = parser.parse_args()
    rounds = arguments.rounds or (2 if arguments.quick else 5)

    sides = list(start_sides(arguments))
    bandwidth = Bandwidth(arguments.threads)
    for side in sides:
        side.warm_up(arguments.clip, arguments.beams)
    for index in range(rounds):
        first = index * 3 % len(sides)
        for side in sides[first:] + sides[:first]:
            side.round(arguments.clip, arguments.beams, bandwidth)
        figures = ", ".join(side.progress() for side in sides)
        print(f"round {index + 1}: {bandwidth.values[-1] / 1e9:.1f} GB/s; {figures}", file=sys.stderr)

    report = {
        "processor": processor(),
        "threads": arguments.threads,
        "model": Path(arguments.model).name,
        "clip_seconds": seconds(arguments.clip),
        "beams": arguments.beams,
        "tokens": UTTERANCE,
        "rounds": rounds,
        "bandwidth": summary(bandwidth.values),
        "sides": [side.report() for side in sides],
    }
    exact = [side for side in sides if side.name in ("Hugging Face float32", "Dragoman float32")]
    report["same_tokens"] = exact[0].tokens == exact[1].tokens
    clips = [clip for clip in (arguments.short_clip, arguments.clip) if clip]
    if arguments.packed:
        report["batch"] = batch(sides[-1], clips, arguments.beams, 1 if arguments.quick else rounds, arguments.quick)
    for side in sides:
        side.close()

    result = text(report)
    print(result)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=2) + "\n")
    if arguments.markdown:
        arguments.markdown.write_text(result + "\n")
    if arguments.svg:
        arguments.svg.write_text(chart.svg(report, [machine_line(report), versions_line(report)]))
    if arguments.readme:
        before, mark, rest = arguments.readme.read_text().partition("<!-- benchmark -->\n")
        after = rest.partition("<!-- /benchmark -->")[2]
        if mark and after:
            arguments.readme.write_text(before + mark + result + "\n<!-- /benchmark -->" + after)


if __name__ == "__main__":
    main()
