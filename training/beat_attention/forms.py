"""Beats of one form vote on whether they are ventricular: what `src/core/analysis/beat-forms.ts` does with the answers.

Needed here only so that cross-validation judges beats as the product classes them.
"""

import numpy as np

from .model import WINDOW

ONE_FORM, MOST_FORMS, REMEMBERED_BEATS, FEWEST_VOTERS, VOICE_OF_FORM = 0.85, 512, 30, 3, 0.5
N, S, V = range(3)


def forms_of(windows) -> np.ndarray:
    """Form of each beat, -1 for one that stands alone. windows: [beats, leads, samples], margins included."""
    margin = (windows.shape[2] - WINDOW) // 2
    shapes = np.asarray(windows, dtype=np.float32)[:, :, margin : margin + WINDOW]
    shapes = (shapes - shapes.mean(axis=2, keepdims=True)).reshape(len(shapes), -1)
    shapes /= np.maximum(np.linalg.norm(shapes, axis=1, keepdims=True), 1e-12)
    means = np.zeros((MOST_FORMS, shapes.shape[1]), np.float32)
    counts = []
    forms = np.full(len(shapes), -1)
    for beat, shape in enumerate(shapes):
        alike = means[: len(counts)] @ shape
        best = int(alike.argmax()) if len(counts) else -1
        if best >= 0 and alike[best] >= ONE_FORM:
            counts[best] += 1
            share = 1 / min(counts[best], REMEMBERED_BEATS)
            mean = (1 - share) * means[best] + share * shape
            means[best] = mean / np.linalg.norm(mean)
        elif len(counts) < MOST_FORMS:
            best = len(counts)
            means[best] = shape
            counts.append(1)
        else:
            continue
        forms[beat] = best
    return forms


def vote(logits, windows) -> np.ndarray:
    """Class logits [beats, classes], calibrated, after the vote of forms."""
    forms = forms_of(windows)
    odds = logits[:, V] - np.logaddexp(logits[:, N], logits[:, S])
    voted = logits.copy()
    for form in range(forms.max(initial=-1) + 1):
        mine = forms == form
        if mine.sum() >= FEWEST_VOTERS:
            voted[mine, V] += VOICE_OF_FORM * (odds[mine].mean() - odds[mine])
    return voted
