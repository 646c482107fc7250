"""Metrics for watching a training. The published figures come from `src/core/evaluation`."""

import numpy as np


def roc_auc(abnormal: np.ndarray, score: np.ndarray) -> float:
    """Area under the ROC curve as the Mann-Whitney statistic (Hanley & McNeil 1982), ties counted half.

    NaN where one of the classes is absent.
    """
    abnormal = np.asarray(abnormal, dtype=bool)
    score = np.asarray(score, dtype=float)
    positives, negatives = int(abnormal.sum()), int((~abnormal).sum())
    if positives == 0 or negatives == 0:
        return float("nan")
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    mean_rank = last - (counts - 1) / 2
    rank_sum = mean_rank[inverse][abnormal].sum()
    return float((rank_sum - positives * (positives + 1) / 2) / (positives * negatives))


def balanced_log_loss(abnormal: np.ndarray, probability: np.ndarray) -> float:
    """Mean of the two classes' mean negative log-likelihoods, in nats; of the class present if only one is."""
    p = np.clip(np.asarray(probability, dtype=float), 1e-7, 1 - 1e-7)
    abnormal = np.asarray(abnormal, dtype=bool)
    parts = [-np.log(p[abnormal]).mean()] if abnormal.any() else []
    if (~abnormal).any():
        parts.append(-np.log(1 - p[~abnormal]).mean())
    return float(np.mean(parts))
