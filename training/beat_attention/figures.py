"""Figures of merit of out-of-fold answers."""

import numpy as np

N, S, V, F, Q, FLUTTER = range(6)
#: A segment without a detected beat: a pause, or no heartbeat to be found. Never called Normal.
NO_BEATS_LOGIT = 6.0


def roc_auc(truth, score) -> float:
    """Area under the ROC curve with ties counted half (Mann-Whitney)."""
    order = np.argsort(score, kind="stable")
    _, inverse, counts = np.unique(score[order], return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positive = truth[order].astype(bool)
    p, n = positive.sum(), (~positive).sum()
    return float("nan") if p == 0 or n == 0 else float((rank[positive].sum() - p * (p + 1) / 2) / (p * n))


def sensitivity_at(truth, score, specificity: float) -> float:
    """Share of positives above the lowest threshold that keeps the specificity."""
    truth = truth.astype(bool)
    if truth.all() or not truth.any():
        return float("nan")
    negative = np.sort(score[~truth])
    threshold = negative[min(len(negative) - 1, int(np.ceil(specificity * len(negative))) - 1)]
    return float((score[truth] > threshold).mean())


def calibration_error(truth, probability, bins: int = 15) -> float:
    """Expected calibration error over equal-width bins (Guo et al. 2017)."""
    at = np.minimum((probability * bins).astype(int), bins - 1)
    return float(sum(abs(truth[at == b].mean() - probability[at == b].mean()) * (at == b).mean() for b in np.unique(at)))


def beat_figures(labels, predicted) -> dict:
    """Sensitivity, positive predictivity and F1 of S and V, beat by beat as EC57 counts.

    Q beats and flutter waves are left out; a fusion beat called V is no false V (EC57, 4.4.3); a fusion beat called S is a false S.
    """
    out = {}
    for name, c, wrong in (("S", S, (N, V, F)), ("V", V, (N, S))):
        tp = int(((predicted == c) & (labels == c)).sum())
        fn = int(((predicted != c) & (labels == c)).sum())
        fp = int(((predicted == c) & np.isin(labels, wrong)).sum())
        out[name] = {
            "beats": tp + fn, "se": tp / max(1, tp + fn), "ppv": tp / max(1, tp + fp),
            "f1": 2 * tp / max(1, 2 * tp + fp + fn),
        }
    return out


def segment_figures(segments, logits, fibrillation) -> dict:
    """segments [m, 4] (start, ectopy, review, fibrillation; -1 unknown); logits [m, 2]; NaN where no beat was seen."""
    logits = np.nan_to_num(logits, nan=NO_BEATS_LOGIT)
    fibrillation = np.nan_to_num(fibrillation, nan=-9.0)
    out = {}
    for k, task in ((0, "ectopy"), (1, "review")):
        known = segments[:, 1 + k] >= 0
        truth, logit = segments[known, 1 + k], logits[known, k]
        if len(truth) and 0 < truth.mean() < 1:
            out[task] = {
                "auc": roc_auc(truth, logit), "se@sp90": sensitivity_at(truth, logit, 0.9),
                "ece": calibration_error(truth, 1 / (1 + np.exp(-logit))),
            }
    known = segments[:, 3] >= 0
    truth, score = segments[known, 3], fibrillation[known]
    if len(truth) and 0 < truth.mean() < 1:
        out["fibrillation"] = {"auc": roc_auc(truth, score), "se@sp95": sensitivity_at(truth, score, 0.95)}
    return out
