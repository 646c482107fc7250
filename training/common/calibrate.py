"""Probabilities that mean what they say."""

import numpy as np


def logit(probability: np.ndarray) -> np.ndarray:
    p = np.clip(np.asarray(probability, dtype=float), 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))


def fit_platt(margin: np.ndarray, abnormal: np.ndarray) -> tuple:
    """Scale a and offset b so that sigmoid(a margin + b) is calibrated (Platt 1999, with his smoothed targets).

    margin: [n] logit(Abnormal) - logit(Normal) of segments that the model did not train on. Newton's method on
    two numbers; a stays at least 0.05, so that the order of segments never turns round.
    """
    abnormal = np.asarray(abnormal, dtype=bool)
    positives, negatives = int(abnormal.sum()), int((~abnormal).sum())
    target = np.where(abnormal, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    x = np.stack([np.asarray(margin, dtype=float), np.ones(len(abnormal))])
    w = np.array([1.0, np.log((positives + 1) / (negatives + 1))])

    def loss(weights):
        z = weights @ x
        return float((np.logaddexp(0, z) - target * z).mean())

    for _ in range(50):
        p = np.exp(-np.logaddexp(0, -(w @ x)))
        gradient = x @ (p - target) / len(target)
        hessian = (x * (p * (1 - p))) @ x.T / len(target) + 1e-9 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        # Halved until it goes down: far from the minimum a full Newton step can overshoot.
        while loss(w - step) > loss(w) and np.abs(step).max() > 1e-12:
            step = step / 2
        w = w - step
        if np.abs(step).max() < 1e-9:
            break
    return max(float(w[0]), 0.05), float(w[1])


def apply_platt(margin: np.ndarray, scale: float, offset: float) -> np.ndarray:
    """Calibrated probability of Abnormal."""
    return np.exp(-np.logaddexp(0, -(scale * np.asarray(margin) + offset)))
