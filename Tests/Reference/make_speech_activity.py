"""Makes `speech-activity/`: what the ONNX network of PyPI's silero-vad gives for the demonstration's samples, and for ten
minutes made of them. Needs silero-vad 6.2.3, onnxruntime, numpy, soundfile, soxr and safetensors.

    python make_speech_activity.py ../Fixtures
"""

import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
import soundfile
import soxr
from safetensors.numpy import save_file

WINDOW, CONTEXT = 512, 64
# The ten minutes: all samples in the order of their names, again and again, each time at another level.
LEVELS = (1.0, 0.5, 0.25, 0.1, 2.0, 0.7, 0.03)


def session():
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # The package itself would import PyTorch.
    path = Path(find_spec("silero_vad").origin).parent / "data" / "silero_vad.onnx"
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def probabilities(network, samples):
    """As the package's own OnnxWrapper calls it, window by window."""
    state = np.zeros((2, 1, 128), np.float32)
    context = np.zeros(CONTEXT, np.float32)
    result = []
    for start in range(0, len(samples), WINDOW):
        window = samples[start : start + WINDOW]
        window = np.pad(window, (0, WINDOW - len(window)))
        whole = np.concatenate([context, window])[None]
        output, state = network.run(None, {"input": whole, "state": state, "sr": np.array(16000, np.int64)})
        result.append(output[0, 0])
        context = window[-CONTEXT:]
    return np.array(result, np.float32)


def read(path):
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return soxr.resample(samples.mean(axis=1), rate, 16000, "HQ")


def main(fixtures):
    network = session()
    paths = sorted((fixtures / "demo-model" / "samples").glob("*.wav"))
    samples = [read(path) for path in paths]
    tensors = {path.stem: probabilities(network, clip) for path, clip in zip(paths, samples)}
    minutes = np.concatenate([clip * np.float32(level) for level in LEVELS for clip in samples])
    tensors["ten-minutes"] = probabilities(network, minutes)
    print(len(minutes) / 16000, "s; speech:", (tensors["ten-minutes"] > 0.5).mean())
    (fixtures / "speech-activity").mkdir(exist_ok=True)
    save_file(tensors, fixtures / "speech-activity" / "golden.safetensors")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
