"""Beats of one form: their mean, and their vote on whether they are ventricular.

Which beat is of which form comes with the prepared tensors (`src/core/beats/features/beat-forms.ts`). The vote is what
`src/core/analysis/beat-model/vote-by-form.ts` does with the answers; it is needed here only so that cross-validation judges beats
as the product classes them.
"""

import numpy as np

FEWEST, VOICE_OF_FORM = 3, 0.5
N, S, V = range(3)


def means_of(windows, forms) -> tuple:
    """Mean window of each form, [forms, ...], and its number of beats, [forms]; forms: [beats], -1 for none."""
    known = forms >= 0
    count = max(1, int(forms.max(initial=-1)) + 1)
    sums = np.zeros((count,) + windows.shape[1:], np.float32)
    np.add.at(sums, forms[known], windows[known])
    beats = np.bincount(forms[known], minlength=count)
    return sums / np.maximum(beats, 1).reshape((-1,) + (1,) * (windows.ndim - 1)), beats


def vote(logits, forms) -> np.ndarray:
    """Class logits [beats, classes], calibrated, after the vote of forms [beats]."""
    odds = logits[:, V] - np.logaddexp(logits[:, N], logits[:, S])
    voted = logits.copy()
    for form in range(forms.max(initial=-1) + 1):
        mine = forms == form
        if mine.sum() >= FEWEST:
            voted[mine, V] += VOICE_OF_FORM * (odds[mine].mean() - odds[mine])
    return voted
