"""Nested cross-validation by patient, the leaky random split beside it, and the final model.

Patients are dealt to K hands. For the fold that holds out hand k, the number of epochs is chosen by early stopping
inside the rest: trainings without hands k and j are watched on hand j, for every other j. Then all hands but k
train for that many epochs and hand k is predicted, once. No choice sees the patients it is judged on. A
training without hands i and j serves folds i and j both, so K folds take K (K - 1) / 2 inner trainings.
"""

from itertools import combinations
from pathlib import Path

import numpy as np

from common.calibrate import apply_platt, fit_platt, logit
from common.folds import deal_patients
from common.metrics import roc_auc

from .fit import fit, predict


def best_epoch(curves: list) -> int:
    """The epoch, from 1, with the least mean loss over the curves; epochs that not all have reached do not count."""
    length = min(len(curve) for curve in curves)
    mean = np.mean([curve[:length] for curve in curves], axis=0)
    return int(np.argmin(mean)) + 1


def cross_validate(segments, recipe, folds: int, runs: Path, log=print) -> dict:
    """Predicts every segment by a model that never saw its patient.

    Returns `probability` [n] (calibrated), `fold` [n], `folds` (patients, epochs and ROC-AUC of each), and what the
    final model takes from all of it: `epochs` and `calibration` (scale and offset of its margin).
    """
    hands = deal_patients(segments.patient, segments.abnormal, folds)
    rows_of = [np.flatnonzero(np.isin(segments.patient, hand)) for hand in hands]

    def without(*left_out):
        return np.sort(np.concatenate([r for k, r in enumerate(rows_of) if k not in left_out]))

    curves = {}
    for i, j in combinations(range(folds), 2):
        log(f"Inner training without hands {i + 1} and {j + 1}")
        validation = {str(i): rows_of[i], str(j): rows_of[j]}
        _, history = fit(
            segments, without(i, j), validation, recipe, runs / f"inner-{i + 1}-{j + 1}.pt", log=log
        )
        curves[i, j] = [row["groups"][str(j)] for row in history]
        curves[j, i] = [row["groups"][str(i)] for row in history]

    probability = np.full(len(segments), np.nan)
    table = []
    for k in range(folds):
        epochs = best_epoch([curves[k, j] for j in range(folds) if j != k])
        log(f"Fold {k + 1} of {folds}: held out {' '.join(hands[k])}; {epochs} epochs")
        model, _ = fit(
            segments, without(k), {}, recipe, runs / f"fold-{k + 1}.pt", epochs=epochs, log=log
        )
        probability[rows_of[k]] = predict(model, segments.samples[rows_of[k]])
        auc = roc_auc(segments.abnormal[rows_of[k]], probability[rows_of[k]])
        log(f"  ROC-AUC on the held-out patients {auc:.4f}")
        # A fold without a patient of one kind has no ROC-AUC, and JSON has no NaN.
        defined = None if np.isnan(auc) else auc
        table.append({"patients": hands[k], "epochs": epochs, "rocAuc": defined})
    fold = np.array([next(k for k, hand in enumerate(hands) if p in hand) for p in segments.patient])
    margin = logit(probability)
    calibrated = np.empty_like(probability)
    for k in range(folds):
        # Fold k is calibrated by the other folds' held-out patients, never by its own.
        own = fold == k
        calibrated[own] = apply_platt(margin[own], *fit_platt(margin[~own], segments.abnormal[~own]))
    return {
        "probability": calibrated,
        "calibration": fit_platt(margin, segments.abnormal),
        "fold": fold,
        "folds": table,
        "epochs": best_epoch(list(curves.values())),
    }


def leaky_split(segments, recipe, epochs: int, runs: Path, log=print) -> dict:
    """A quarter of the windows, drawn at random, as the test set: what a split that ignores patients would report."""
    rng = np.random.default_rng(recipe.seed)
    test = np.zeros(len(segments), dtype=bool)
    test[rng.permutation(len(segments))[: len(segments) // 4]] = True
    log("Leaky random split (neighbours of test windows are trained on; for comparison only)")
    model, _ = fit(
        segments, np.flatnonzero(~test), {}, recipe, runs / "leaky.pt", epochs=epochs, log=log
    )
    rows = np.flatnonzero(test)
    return {"rows": rows, "probability": predict(model, segments.samples[rows])}
