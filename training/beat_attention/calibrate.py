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
        value = value + 1e-5 * ((weights[0] - 1).square() + weights[1].square())
        value.backward()
        return value

    optimiser.step(loss)
    return tuple(float(w) for w in weights.detach())


def temperature_and_offset(labels, logits) -> tuple:
    """Temperature and one offset per class that minimise the cross-entropy over beats; Q beats count as they are."""
    known = labels >= 0
    y = torch.tensor(np.where(labels == FLUTTER, CLASSES.index("V"), labels)[known])
    x = torch.tensor(logits[known], dtype=torch.float64)
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


def refer_band(truth, probability, threshold: float, window: int = 201, wrong_share: float = 0.2) -> tuple:
    """Probabilities around the threshold at which the verdict is wrong more often than one time in five.

    Local error: over the 201 segments with the nearest probabilities. The band reaches from the threshold as far as
    that stays above a tenth, and is never narrower than 0.02 on either side.
    """
    order = np.argsort(probability, kind="stable")
    p, wrong = probability[order], ((probability >= threshold) != truth.astype(bool))[order].astype(float)
    half = min(window, len(p)) // 2
    sums = np.concatenate([[0.0], np.cumsum(wrong)])
    first, end = np.maximum(0, np.arange(len(p)) - half), np.minimum(len(p), np.arange(len(p)) + half + 1)
    uncertain = (sums[end] - sums[first]) / (end - first) > wrong_share
    at = int(np.searchsorted(p, threshold))
    low = high = at
    while low > 0 and uncertain[low - 1]:
        low -= 1
    while high < len(p) - 1 and uncertain[high]:
        high += 1
    low_edge = min(threshold - 0.02, p[low]) if low < at else threshold - 0.02
    high_edge = max(threshold + 0.02, p[high]) if high > at else threshold + 0.02
    return max(0.0, float(low_edge)), min(1.0, float(high_edge))


def truths(segments) -> np.ndarray:
    """Ectopy and review of segments, [m, 2], -1 unknown; segments as in `Record`. Where a set tells of beats and not of
    rhythms, as svdb, a segment without an ectopic beat counts as normal: else none of it would be, and a threshold would be
    chosen on next to abnormal segments alone. Fibrillation that nobody marked there counts as a false alarm."""
    ectopy, review = segments[:, 1], segments[:, 2]
    return np.stack([ectopy, np.where((review < 0) & (ectopy == 0), 0, review)], 1)


def calibrate(rows, others=()) -> dict:
    """Returns what `Deployed` and the card need.

    rows: (record, out-of-fold answers) of sets that tell what each beat is; others: those of sets that tell less, which have
    a part in the calibration of fibrillation alone.
    """
    labels = np.concatenate([r.labels for r, _ in rows])
    temperature, offset = temperature_and_offset(labels, np.concatenate([a["classes"] for _, a in rows]))
    everyone = [*rows, *others]
    rhythm = np.concatenate([np.where(r.seen, r.fibrillation, -1) for r, _ in everyone])
    known = rhythm >= 0
    fibrillates = np.concatenate([a["fibrillation"] for _, a in everyone])
    fibrillation = platt(rhythm[known], fibrillates[known]) if known.any() else (1.0, 0.0)
    truth = truths(np.concatenate([r.segments for r, _ in rows]))
    logits = np.concatenate([a["segments"] for _, a in rows])
    found = ~np.isnan(logits[:, 1])[:, None] & (truth >= 0)
    # Training weighs rare classes up so that they are found, and overdoes it for S: half of what the likelihood asks
    # for is taken back (the whole costs sensitivity in most patients for the sake of a few). V, F and Q stay.
    offset = [value / 2 if name == "S" else 0.0 for name, value in zip(CLASSES, offset)]
    out = {"temperature": temperature, "classOffset": offset, "fibrillation": fibrillation}
    for k, task in ((0, "ectopy"), (1, "review")):
        out[task] = platt(truth[found[:, k], k], logits[found[:, k], k])
    slope, shift = out["review"]
    logit = np.nan_to_num(logits[:, 1] * slope + shift, nan=figures.NO_BEATS_LOGIT)
    judged = truth[:, 1] >= 0
    review, probability = truth[judged, 1], 1 / (1 + np.exp(-logit[judged]))
    threshold = threshold_for(review, probability)
    low, high = refer_band(review, probability, threshold)
    return {**out, "threshold": threshold, "referBand": {"low": low, "high": high}}
