"""Cross-validation by patient with early stopping inside each fold, the leaky split, and the final model's length.

Patients are dealt to K hands, and hands are paired. A training without either hand of a pair is watched on both: the
number of epochs for the fold that holds out one of them is the best one on the other. Then all hands but the
held-out one train for that many epochs, and it is predicted, once. No choice sees the patients it is judged on.
"""

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


def partner(k: int, folds: int) -> int:
    """The hand that chooses for hand k: 0 and 1, 2 and 3, ...; the last of an odd number asks hand 0."""
    return k ^ 1 if k ^ 1 < folds else 0


def cross_validate(segments, recipe, folds: int, runs: Path, beginning=None, log=print) -> dict:
    """Predicts every segment by a model that never saw its patient.

    beginning: see `fit`; it has seen no patient, so all folds share it.
    Returns `probability` [n] (calibrated), `fold` [n], `folds` (patients, epochs and ROC-AUC of each), and what the
    final model takes from all of it: `epochs` and `calibration` (scale and offset of its margin).
    """
    hands = deal_patients(segments.patient, segments.abnormal, folds)
    rows_of = [np.flatnonzero(np.isin(segments.patient, hand)) for hand in hands]

    def without(*left_out):
        return np.sort(np.concatenate([r for k, r in enumerate(rows_of) if k not in left_out]))

    def watch(k):
        """Validation losses by epoch on hand k's partner and on hand k, in the training without either."""
        i, j = sorted((k, partner(k, folds)))
        log(f"Watched training without hands {i + 1} and {j + 1}")
        validation = {str(i): rows_of[i], str(j): rows_of[j]}
        path = runs / f"watched-{i + 1}-{j + 1}.pt"
        _, history = fit(segments, without(i, j), validation, recipe, path, beginning, log=log)
        return [[row["groups"][str(hand)] for row in history] for hand in (partner(k, folds), k)]

    curves = []
    probability = np.full(len(segments), np.nan)
    table = []
    for k in range(folds):
        on_partner, on_own = watch(k)
        curves += [on_partner, on_own]
        epochs = best_epoch([on_partner])
        log(f"Fold {k + 1} of {folds}: held out {' '.join(hands[k])}; {epochs} epochs")
        model, _ = fit(
            segments, without(k), {}, recipe, runs / f"fold-{k + 1}.pt", beginning, epochs, log
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
        "epochs": best_epoch(curves),
    }


def leaky_split(segments, recipe, epochs: int, runs: Path, beginning=None, log=print) -> dict:
    """A quarter of the windows, drawn at random, as the test set: what a split that ignores patients would report."""
    rng = np.random.default_rng(recipe.seed)
    test = np.zeros(len(segments), dtype=bool)
    test[rng.permutation(len(segments))[: len(segments) // 4]] = True
    log("Leaky random split (neighbours of test windows are trained on; for comparison only)")
    model, _ = fit(
        segments, np.flatnonzero(~test), {}, recipe, runs / "leaky.pt", beginning, epochs, log
    )
    rows = np.flatnonzero(test)
    return {"rows": rows, "probability": predict(model, segments.samples[rows])}
