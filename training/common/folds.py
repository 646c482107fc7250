"""Splits by patient. Windows overlap by half, so any split inside a patient leaks."""

import numpy as np


def deal_patients(patient: np.ndarray, abnormal: np.ndarray, folds: int) -> list:
    """Deals patients to folds like cards, back and forth, those with most Abnormal segments first.

    Every fold so gets patients of both kinds, and nothing about the split is left to a seed.
    patient: [n] str; abnormal: [n] bool. Returns `folds` lists of patient names.
    """
    names = sorted(set(patient.tolist()))
    if not 2 <= folds <= len(names):
        raise ValueError(f"{folds} folds of {len(names)} patients")
    names.sort(key=lambda name: (-int(abnormal[patient == name].sum()), name))
    hands = [[] for _ in range(folds)]
    for i, name in enumerate(names):
        lap, place = divmod(i, folds)
        hands[place if lap % 2 == 0 else folds - 1 - place].append(name)
    return hands
