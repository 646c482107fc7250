"""The members of an exported model, so that a training can go on where it ended."""

import torch

from common.onnx_reader import read_graph

from .model import TASKS, BeatAttention


def members_of(graph_file, card: dict) -> list:
    """Networks of `beat-attention.onnx`; card: its card, which holds the segment biases that the graph does not.

    The exporter keeps most parameters by name and writes the weight of a linear layer transposed, before its bias.
    """
    weights, nodes = read_graph(graph_file)
    values = {name: torch.from_numpy(one.copy()) for name, one in weights.items() if one is not None}
    products = {
        node.outputs[0]: values[node.inputs[1]] for node in nodes
        if node.operator == "MatMul" and node.inputs[1] in values
    }
    for node in nodes:
        if node.operator == "Add":
            for bias, product in (node.inputs, reversed(node.inputs)):
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
