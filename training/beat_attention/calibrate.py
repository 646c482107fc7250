"""Calibration and thresholds from out-of-fold answers: what the network said of patients it had not seen."""

import numpy as np
import torch
import torch.nn.functional as F

from . import figures
from .model import CLASSES, FLUTTER

SENSITIVITY = 0.95


def platt(truth, logit) -> tuple:
    """Slope and offset of the logistic that turns a logit into a probability (Platt 1999), by maximum likelihood."""
    y, x = torch.tensor(truth, dtype=torch.float64), torch.tensor(logit, dtype=torch.float64)
    weights = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=100)

    def loss():
        optimiser.zero_grad()
        # The pull towards the identity counts only where there is next to nothing to learn from.
        value = F.binary_cross_entropy_with_logits(weights[0] * x + weights[1], y)
        value = value + 1e-3 * ((weights[0] - 1).square() + weights[1].square())
        value.backward()
        return value

    optimiser.step(loss)
    return tuple(float(w) for w in weights.detach())


def temperature_and_offset(labels, logits) -> tuple:
    """Temperature and one offset per class that minimise the cross-entropy over beats; Q beats count as they are."""
    y = torch.tensor(np.where(labels == FLUTTER, CLASSES.index("V"), labels))
    x = torch.tensor(logits, dtype=torch.float64)
    log_t = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    offset = torch.zeros(len(CLASSES), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([log_t, offset], max_iter=100)

    def loss():
        optimiser.zero_grad()
        value = F.cross_entropy(x / log_t.exp() + offset, y) + 1e-3 * offset.square().sum()
        value.backward()
        return value

    optimiser.step(loss)
    offset = (offset - offset[0]).detach()
    return float(log_t.exp().detach()), [float(v) for v in offset]


def threshold_for(truth, probability, sensitivity: float = SENSITIVITY) -> float:
    """Highest threshold that still calls the share `sensitivity` of the positives Abnormal."""
    positive = np.sort(probability[truth.astype(bool)])
    if len(positive) == 0:
        return 0.5
    return float(positive[int(np.floor((1 - sensitivity) * len(positive)))])


def refer_band(truth, probability, threshold: float, step: float = 0.02) -> tuple:
    """Probabilities around the threshold at which a verdict is wrong more often than one time in five.

    Found by widening from the threshold in steps while the next step holds 20 segments and is that uncertain.
    """
    wrong = (probability >= threshold) != truth.astype(bool)
    low = high = threshold

    def uncertain(a, b):
        inside = (probability >= a) & (probability < b)
        return inside.sum() >= 20 and wrong[inside].mean() > 0.2

    while low - step > 0 and uncertain(low - step, low):
        low -= step
    while high + step < 1 and uncertain(high, high + step):
        high += step
    return max(0.0, low), min(1.0, high)


def calibrate(rows) -> dict:
    """rows: (record, out-of-fold answers). Returns what `Deployed` and the card need, and the calibrated answers."""
    labels = np.concatenate([r.labels for r, _ in rows])
    temperature, offset = temperature_and_offset(labels, np.concatenate([a["classes"] for _, a in rows]))
    with_rhythm = [(r, a) for r, a in rows if r.has_rhythm]
    fibrillation = (1.0, 0.0) if not with_rhythm else platt(
        np.concatenate([r.fibrillation for r, _ in with_rhythm]),
        np.concatenate([a["fibrillation"] for _, a in with_rhythm]),
    )
    segments = np.concatenate([r.segments for r, _ in rows])
    logits = np.concatenate([a["segments"] for _, a in rows])
    found = ~np.isnan(logits[:, 1])
    out = {"temperature": temperature, "classOffset": offset, "fibrillation": fibrillation}
    for k, task in ((0, "ectopy"), (1, "review")):
        out[task] = platt(segments[found, 1 + k], logits[found, k])
    slope, shift = out["review"]
    logit = np.nan_to_num(logits[:, 1] * slope + shift, nan=figures.NO_BEATS_LOGIT)
    probability = 1 / (1 + np.exp(-logit))
    threshold = threshold_for(segments[:, 2], probability)
    low, high = refer_band(segments[:, 2], probability, threshold)
    return {**out, "threshold": threshold, "referBand": {"low": low, "high": high}}
