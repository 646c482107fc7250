"""Weights and card in; `beat-attention.onnx`, `beat-attention.scan.onnx` and the card `beat-attention.json` out."""

import hashlib
import inspect
import io
import json
import warnings
from pathlib import Path

import torch
from torch import nn

from common.onnx_writer import _entry

from .model import CLASSES, SEQUENCE, TASKS, WINDOW
from .scan_graph import Scanning

NAME = "beat-attention"
FILES = {"scan": f"{NAME}.scan.onnx", "explain": f"{NAME}.onnx", "strip": f"{NAME}.strip.onnx"}
CARD_KEY = "fiducial.card"
OPSET = 17
INPUTS = {
    "windows": ["batch", SEQUENCE, "leads", WINDOW],
    "dominant": ["batch", "leads", WINDOW],
    "present": ["batch", SEQUENCE, "leads"],
    "rhythm": ["batch", SEQUENCE, 5],
    "mask": ["batch", SEQUENCE],
    "formMeans": ["batch", SEQUENCE, "leads", WINDOW],
    "formBeats": ["batch", SEQUENCE],
}


def outputs_of(members: int) -> dict:
    return {
        "classes": ["batch", SEQUENCE, len(CLASSES)],
        "fibrillation": ["batch", SEQUENCE],
        "attention": ["batch", SEQUENCE, members],
        "score": ["batch", SEQUENCE, members],
        "ectopyAttention": ["batch", SEQUENCE, members],
        "ectopyScore": ["batch", SEQUENCE, members],
    }


class Deployed(nn.Module):
    """Members averaged and calibrated; per beat: class probabilities, fibrillation probability, and for each task
    (`review`, and `ectopy` by itself) every member's attention logit and score. A segment's logit is the task's bias
    plus the mean over members of the sum over its beats of softmax(attention) times score; its probability is the
    logistic of that.

    calibration: `temperature` divides the class logits, `classOffset` is added to them; `fibrillation`, `review` and
    `ectopy` are (slope, offset) of Platt's logistic on the logit.
    """

    def __init__(self, members, calibration: dict):
        super().__init__()
        self.members = nn.ModuleList(members)
        self.calibration = calibration
        self.register_buffer("offset", torch.tensor(calibration["classOffset"], dtype=torch.float32))

    def bias(self, task: str) -> float:
        slope, offset = self.calibration[task]
        at = TASKS.index(task)
        return float(offset + slope * sum(net.bias[at].item() for net in self.members) / len(self.members))

    def forward(self, windows, dominant, present, rhythm, mask, form_means, form_beats):
        given = (windows, dominant, present, rhythm, mask, form_means, form_beats)
        return self.combined([net(*given) for net in self.members])

    def combined(self, answers):
        """The members' answers averaged and calibrated; see the class."""
        mean = lambda i: sum(answer[i] for answer in answers) / len(answers)
        slope, offset = self.calibration["fibrillation"]
        classes = (mean(0) / self.calibration["temperature"] + self.offset).softmax(-1)
        fibrillation = torch.sigmoid(mean(1) * slope + offset)
        pooled = []
        for task in ("review", "ectopy"):
            at = TASKS.index(task)
            pooled.append(torch.stack([answer[2][..., at] for answer in answers], -1))
            pooled.append(torch.stack([answer[3][..., at] for answer in answers], -1) * self.calibration[task][0])
        return classes, fibrillation, *pooled


def export(net: Deployed, card: dict, out, beside=None) -> dict:
    """Writes graph and card into the folder `out` and returns the card.

    card: without `files`, and without what follows from the network in `parameters`; beside: bytes of graphs that do not follow
    from it, by variant (`strip`).
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    outputs = outputs_of(len(net.members))
    card = {**card, "parameters": {
        **card["parameters"], "classes": list(CLASSES), "sequenceBeats": SEQUENCE, "segmentBiasLogit": {task: net.bias(task) for task in ("review", "ectopy")},
        "calibration": net.calibration, "members": len(net.members), "inputs": INPUTS, "outputs": outputs,
    }}
    traced = {"scan": _trace(Scanning(net).eval(), outputs), "explain": _trace(net.eval(), outputs)}
    graphs = {variant: _carrying(card, graph) for variant, graph in traced.items()}
    for variant, graph in graphs.items():
        (out / FILES[variant]).write_bytes(graph)
    for variant, graph in (beside or {}).items():
        (out / FILES[variant]).write_bytes(graph)
    return write_card(card, {**graphs, **(beside or {})}, out)


def beside_of(folder) -> dict:
    """The graphs of a model that do not follow from its network: `export` takes them."""
    path = Path(folder) / FILES["strip"]
    return {"strip": path.read_bytes()} if path.exists() else {}


def scan_again(net: Deployed, card: dict, out) -> dict:
    """Writes the scan graph of a model that stands in the folder `out`, and its hash on the card; returns the card."""
    out = Path(out)
    files = card["files"]
    bare = {key: value for key, value in card.items() if key != "files"}
    graph = _carrying(bare, _trace(Scanning(net).eval(), outputs_of(len(net.members))))
    (out / FILES["scan"]).write_bytes(graph)
    return write_card(bare, {"scan": graph, "explain": (out / files["explain"]["file"]).read_bytes(), **beside_of(out)}, out)


def write_card(card: dict, graphs: dict, out) -> dict:
    """Writes the card of some graphs, which are their bytes by variant, and returns it."""
    hashes = {variant: hashlib.sha256(graph).hexdigest() for variant, graph in graphs.items()}
    files = {variant: {"file": FILES[variant], "sha256": sha256} for variant, sha256 in hashes.items()}
    card = {**card, "files": files}
    (Path(out) / f"{NAME}.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return card


def _carrying(card: dict, graph: bytes) -> bytes:
    # Protocol buffers that follow each other are one message: the card joins the graph's metadata.
    return graph + _entry(14, CARD_KEY, json.dumps(card, ensure_ascii=False))


def _trace(net, outputs) -> bytes:
    leads = 2
    example = (
        torch.randn(2, SEQUENCE, leads, WINDOW), torch.randn(2, leads, WINDOW), torch.ones(2, SEQUENCE, leads),
        torch.rand(2, SEQUENCE, 5) + 0.5, torch.ones(2, SEQUENCE),
        torch.randn(2, SEQUENCE, leads, WINDOW), torch.ones(2, SEQUENCE),
    )
    axes = {
        name: {i: size for i, size in enumerate(shape) if isinstance(size, str)}
        for name, shape in {**INPUTS, **outputs}.items()
    }
    # PyTorch 2.5 and later default to an exporter that needs another package.
    older = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net, example, buffer, input_names=list(INPUTS), output_names=list(outputs), dynamic_axes=axes,
            opset_version=OPSET, **older,
        )
    return buffer.getvalue()
