"""The members of an exported model, so that a training can go on where it ended."""

from pathlib import Path

import torch

from .model import TASKS, BeatAttention


def members_of(graph_file, card: dict) -> list:
    """Networks of `beat-attention.onnx`; card: its card, which holds the segment biases that the graph does not.

    The exporter keeps most parameters by name and writes the weight of a linear layer transposed, before its bias.
    """
    import onnx  # only here: PyTorch 1.13 exports without it
    from onnx import numpy_helper

    graph = onnx.load(str(Path(graph_file))).graph
    values = {one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in graph.initializer}
    products = {
        node.output[0]: values[node.input[1]] for node in graph.node
        if node.op_type == "MatMul" and node.input[1] in values
    }
    for node in graph.node:
        if node.op_type == "Add":
            for bias, product in (node.input, reversed(node.input)):
                if bias in values and bias.endswith(".bias") and product in products:
                    values[bias.removesuffix("bias") + "weight"] = products[product].T.contiguous()
    calibration, biases = card["parameters"]["calibration"], card["parameters"]["segmentBiasLogit"]
    members = []
    for k in range(card["parameters"]["members"]):
        net = BeatAttention()
        own = {name: values[f"members.{k}.{name}"] for name in net.state_dict() if name != "bias"}
        undone = [(biases[task] - calibration[task][1]) / calibration[task][0] for task in TASKS]
        net.load_state_dict({**own, "bias": torch.tensor(undone)})
        members.append(net.eval())
    return members
