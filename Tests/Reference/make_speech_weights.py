"""Takes the weights out of the ONNX network of PyPI's silero-vad, whose own safetensors file holds an older training of them,
and writes them under the names of that file. Needs silero-vad 6.2.3, onnx, numpy and safetensors.

    python make_speech_weights.py ../../Sources/CSileroVAD/silero_vad_16k.safetensors
"""

import sys
from importlib.util import find_spec
from pathlib import Path

import onnx
from onnx import numpy_helper
from safetensors.numpy import save_file

NAMES = {"stft.forward_basis_buffer": "stft_conv.weight", "decoder.decoder.2.weight": "final_conv.weight",
         "decoder.decoder.2.bias": "final_conv.bias"}
NAMES |= {
    f"encoder.{index}.reparam_conv.{part}": f"conv{index + 1}.{part}" for index in range(4) for part in ("weight", "bias")
}
NAMES |= {
    f"decoder.rnn.{part}_{side}": f"lstm_cell.{part}_{side}" for part in ("weight", "bias") for side in ("ih", "hh")
}


def main(path):
    # The package itself would import PyTorch.
    network = onnx.load(Path(find_spec("silero_vad").origin).parent / "data" / "silero_vad_16k_op15.onnx")
    tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in network.graph.initializer}
    for node in network.graph.node:
        if node.op_type == "Constant":
            tensors |= {node.output[0]: numpy_helper.to_array(a.t) for a in node.attribute if a.name == "value"}
    save_file({new: tensors[f"model.{old}"].copy() for old, new in NAMES.items()}, path)


if __name__ == "__main__":
    main(sys.argv[1])
