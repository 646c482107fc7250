"""From a trained network to per-beat and per-segment answers, stitched as the product stitches them."""

import numpy as np
import torch

from .augment import plain
from .data import Record, cut
from .model import SEQUENCE


@torch.no_grad()
def predict(net, record: Record, leads=None) -> dict:
    """Sequences overlap by half; each beat's answer is that of the sequence in which it lies nearest the middle.

    leads: indices to keep, as if the others had not been recorded. Returns classes [n, 5] and fibrillation [n]
    logits, attention and score [n, 2], and segment logits [m, 2] (ectopy, review) with the mean fibrillation logit
    [m]; NaN for a segment without a detected beat.
    """
    net.eval()
    n = len(record)
    starts = list(range(0, max(1, n - SEQUENCE + 1), SEQUENCE // 2))
    if starts[-1] + SEQUENCE < n:
        starts.append(n - SEQUENCE)
    out = np.zeros((n, 10), np.float32)
    distance = np.full(n, np.inf)
    for i in range(0, len(starts), 32):
        part = starts[i : i + 32]
        batch = plain(cut([(record, start) for start in part], record.windows.shape[1]))
        if leads is not None:
            keep = torch.zeros(batch.present.shape[2])
            keep[list(leads)] = 1
            batch.present = batch.present * keep
        classes, fibrillation, attention, score = net(*batch.inputs())
        values = torch.cat([classes, fibrillation[..., None], attention, score], -1).numpy()
        for k, start in enumerate(part):
            count = min(SEQUENCE, n - start)
            away = np.abs(np.arange(count) - (SEQUENCE - 1) / 2)
            nearer = away < distance[start : start + count]
            out[start : start + count][nearer] = values[k, :count][nearer]
            distance[start : start + count][nearer] = away[nearer]
    bias = net.bias.detach().numpy()
    segments = np.full((len(record.segments), 3), np.nan)
    for s, (first, end) in enumerate(zip(record.first, record.end)):
        rows = out[first:end][record.seen[first:end]]
        if len(rows):
            share = np.exp(rows[:, 6:8] - rows[:, 6:8].max(0))
            share /= share.sum(0)
            segments[s, :2] = (share * rows[:, 8:10]).sum(0) + bias
            segments[s, 2] = rows[:, 5].mean()
    return {
        "classes": out[:, :5], "fibrillation": out[:, 5], "attention": out[:, 6:8], "score": out[:, 8:10],
        "segments": segments[:, :2], "segment_fibrillation": segments[:, 2],
    }


def predict_mean(nets, record: Record, leads=None) -> dict:
    """The mean of several networks' answers (`predict`), as the product averages its members."""
    answers = [predict(net, record, leads) for net in nets]
    return {name: sum(answer[name] for answer in answers) / len(answers) for name in answers[0]}
