"""Times the ONNX network of silero-vad, window by window as the package runs it, on one core, and compares probabilities.

    python activity_speed.py RECORDING.wav DRAGOMAN

Prints how many times as fast as real time onnxruntime and `dragoman segment` are, one after the other by turns, and the largest
difference of their probabilities.
"""

import json
import os
import resource
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
import soundfile

WINDOW, CONTEXT, ROUNDS = 512, 64, 3


def onnx(samples):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # The package itself would import PyTorch.
    path = Path(find_spec("silero_vad").origin).parent / "data" / "silero_vad.onnx"
    network = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    state = np.zeros((2, 1, 128), np.float32)
    padded = np.concatenate([np.zeros(CONTEXT, np.float32), samples, np.zeros(-len(samples) % WINDOW, np.float32)])
    rate = np.array(16000, np.int64)
    began, result = time.process_time(), []
    for start in range(0, len(padded) - CONTEXT, WINDOW):
        output, state = network.run(
            None, {"input": padded[None, start : start + WINDOW + CONTEXT], "state": state, "sr": rate})
        result.append(output[0, 0])
    return np.array(result), time.process_time() - began


def dragoman(path, executable):
    """All of it: start, reading, resampling, cutting and the JSON."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [executable, "segment", "--json", "--probabilities", path]
    report = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return np.array(report["probabilities"]), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(path, executable):
    samples, rate = soundfile.read(path, dtype="float32")
    assert rate == 16000 and samples.ndim == 1, "expected 16 kHz, mono"
    os.sched_setaffinity(0, {0})
    seconds = len(samples) / rate
    for _ in range(ROUNDS):
        theirs, their_time = onnx(samples)
        ours, our_time = dragoman(path, executable)
        print(
            f"{seconds:.0f} s: onnxruntime {seconds / their_time:.0f} x real time, dragoman segment "
            f"{seconds / our_time:.0f} x; probabilities differ by {abs(theirs - ours).max():.2e} at most"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
