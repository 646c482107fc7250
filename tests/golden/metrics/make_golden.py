"""Golden figures of the evaluation's metrics, by scikit-learn.

    python tests/golden/metrics/make_golden.py > tests/golden/metrics/golden.json

Cases: separable and overlapping scores, many ties, few positives, whole-number weights (as a bootstrap draws
them), one class absent.
"""

import json
import sys

import numpy as np
import sklearn
from sklearn import metrics


def case(name, abnormal, probability, threshold, weight=None):
    flagged = probability >= threshold
    tn, fp, fn, tp = metrics.confusion_matrix(
        abnormal, flagged, labels=[False, True], sample_weight=weight
    ).ravel()
    out = {
        "accuracy": metrics.accuracy_score(abnormal, flagged, sample_weight=weight),
        "precision": metrics.precision_score(abnormal, flagged, sample_weight=weight, zero_division=np.nan),
        "recall": metrics.recall_score(abnormal, flagged, sample_weight=weight, zero_division=np.nan),
        "f1": metrics.f1_score(abnormal, flagged, sample_weight=weight, zero_division=np.nan),
    }
    if abnormal.any() and not abnormal.all():
        fpr, tpr, _ = metrics.roc_curve(abnormal, probability, sample_weight=weight, drop_intermediate=False)
        out["rocAuc"] = metrics.roc_auc_score(abnormal, probability, sample_weight=weight)
        out["prAuc"] = metrics.average_precision_score(abnormal, probability, sample_weight=weight)
        out["sensitivityAtSpecificity90"] = tpr[fpr <= 0.1 + 1e-12].max()
        out["sensitivityAtSpecificity95"] = tpr[fpr <= 0.05 + 1e-12].max()
    # scikit-learn has no calibration error: bins as sklearn.calibration.calibration_curve cuts them.
    w = np.ones(len(abnormal)) if weight is None else weight
    bins = np.minimum((probability * 10).astype(int), 9)
    ece = 0.0
    for b in range(10):
        of = bins == b
        if w[of].sum() > 0:
            gap = np.average(abnormal[of], weights=w[of]) - np.average(probability[of], weights=w[of])
            ece += abs(gap) * w[of].sum() / w.sum()
    out["calibrationError"] = ece
    return {
        "name": name,
        "abnormal": abnormal.tolist(),
        "probability": probability.tolist(),
        "weight": None if weight is None else weight.tolist(),
        "threshold": threshold,
        "confusion": [int(v) for v in (tp, fp, tn, fn)],
        # A figure that is not defined is null.
        "metrics": {k: None if np.isnan(v) else float(v) for k, v in out.items()},
    }


def main():
    rng = np.random.default_rng(7)
    y = rng.random(200) < 0.3
    overlap = np.clip(rng.normal(0.35 + 0.3 * y, 0.2), 0, 1).round(6)
    rare = np.zeros(150, dtype=bool)
    rare[[3, 77, 140]] = True
    cases = [
        case("overlapping", y, overlap, 0.5),
        case("ties", y, overlap.round(1), 0.5),
        case("weighted", y, overlap.round(2), 0.4, rng.integers(0, 4, 200)),
        case("rare", rare, rng.random(150).round(6), 0.8),
        case("separable", y, np.where(y, 0.9, 0.1) + rng.random(200).round(4) * 0.05, 0.5),
        case("nothing flagged", y, overlap * 0.5, 0.9),
        case("no abnormal", np.zeros(20, dtype=bool), rng.random(20).round(6), 0.5),
    ]
    json.dump({"command": __doc__.split("\n\n")[1].strip(), "scikit-learn": sklearn.__version__, "cases": cases}, sys.stdout, indent=1)
    print()


main()
