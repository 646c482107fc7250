"""Networks of strips as one graph."""

import inspect
import io
import warnings
from pathlib import Path

import torch
from torch import nn

from .fit import margin
from .model import STRIDE, StripRhythm

OPSET = 17


class Together(nn.Module):
    """Logit of fibrillation of each lead, [leads]: the mean over networks and both polarities, since which way a strip was
    held is not known. Each learned from other people of the same sets."""

    def __init__(self, nets):
        super().__init__()
        self.nets = nn.ModuleList(nets)

    def forward(self, signal, inside):
        told = [margin(net(sign * signal, inside)) for net in self.nets for sign in (1.0, -1.0)]
        return sum(told) / len(told)


def networks_of(run) -> list:
    """The networks of a cross-validation."""
    nets = []
    for path in sorted(Path(run).glob("fold*.pt")):
        net = StripRhythm()
        net.load_state_dict(torch.load(path, map_location="cpu"))
        nets.append(net.eval())
    return nets


def graph_of(nets) -> bytes:
    """Inputs `signal` and `inside` [leads, samples], a multiple of 32 samples; output `fibrillation` [leads]."""
    example = (torch.randn(2, 30 * STRIDE), torch.ones(2, 30 * STRIDE))
    both = {0: "leads", 1: "samples"}
    # PyTorch 2.5 and later default to an exporter that needs another package.
    older = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Together(nets).eval(), example, buffer, input_names=["signal", "inside"], output_names=["fibrillation"],
            dynamic_axes={"signal": both, "inside": both, "fibrillation": {0: "leads"}}, opset_version=OPSET, **older,
        )
    return buffer.getvalue()
