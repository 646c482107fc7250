"""Weights and card in, the shipped files out."""

import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from common.onnx_writer import SharedWeights

from .graphs import explain_graph, weights_of
from .model import AttentionCnn
from .scan_graph import scan_graph

CARD_KEY = "fiducial.card"


def round_large_layer(model: AttentionCnn) -> AttentionCnn:
    """Rounds the first linear layer to half precision, as it is stored, so that parity is exact, not near."""
    with torch.no_grad():
        model.fc1.weight.copy_(model.fc1.weight.half().float())
    return model


def scale_margin(model: AttentionCnn, scale: float, offset: float) -> AttentionCnn:
    """Makes logit(Abnormal) - logit(Normal) scale times itself plus offset, inside the last layer: no new operation."""
    with torch.no_grad():
        model.fc2.weight.mul_(scale)
        model.fc2.bias.mul_(scale)
        model.fc2.bias += torch.tensor([-offset / 2, offset / 2])
    return model


def export(model: AttentionCnn, card: dict, out, name: str = "attention-cnn") -> dict:
    """Writes NAME.scan.onnx, NAME.explain.onnx, NAME.weights.bin and NAME.json into the folder `out`.

    card: the model card without `files`. Returns the card with them.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    weights = weights_of(model)
    shared = SharedWeights(f"{name}.weights.bin")
    metadata = {CARD_KEY: json.dumps(card, ensure_ascii=False)}
    for variant, build in (("scan", scan_graph), ("explain", explain_graph)):
        build(weights, shared).write(out / f"{name}.{variant}.onnx", metadata)
    shared.write(out)
    files = {
        "scan": f"{name}.scan.onnx",
        "explain": f"{name}.explain.onnx",
        "weights": shared.name,
    }
    card = {**card, "files": {key: {"file": file, "sha256": sha256(out / file)} for key, file in files.items()}}
    (out / f"{name}.json").write_text(
        json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return card


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@torch.no_grad()
def reference_outputs(model: AttentionCnn, samples: np.ndarray) -> dict:
    """PyTorch's own answers for parity: probability [n, 2] and attention [n, 8, 900]."""
    model.eval()
    x = torch.from_numpy(np.ascontiguousarray(samples, dtype=np.float32))[:, None]
    tokens = model.tokens(x)
    _, weights = model.attention(tokens, tokens, tokens, need_weights=True, average_attn_weights=False)
    return {
        "probability": torch.softmax(model(x), dim=1).numpy(),
        "attention": weights.mean(dim=2).numpy(),
    }
