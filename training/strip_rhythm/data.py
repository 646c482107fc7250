"""Prepared strips (`fiducial prepare --model strip-rhythm`), and batches of them."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .model import RATE_HZ, STRIDE

FORMAT = "fiducial-strips-1"
LONGEST = 30 * RATE_HZ  # samples of a strip in a batch of training


@dataclass
class Strip:
    """One lead of a strip; -1 where its set does not say."""

    record: str
    patient: str
    database: str
    fibrillation: int
    sinus: int
    signal: np.ndarray

    @property
    def kind(self) -> str:
        return "fibrillation" if self.fibrillation == 1 else "sinus" if self.sinus == 1 else "other"


def load(folder) -> list:
    index = json.loads((Path(folder) / "index.json").read_text())
    if index["format"] != FORMAT:
        raise ValueError(f"{folder} holds {index['format']}, not {FORMAT}")
    samples = np.fromfile(Path(folder) / "strips.i16", "<i2").astype(np.float32) / index["scale"]
    strips, at = [], 0
    for row in index["strips"]:
        strips.append(
            Strip(
                row["record"], row["patient"], row["database"], row["fibrillation"], row["sinus"],
                samples[at : at + row["samples"]],
            )
        )
        at += row["samples"]
    return strips


def folds_of(strips, folds: int) -> np.ndarray:
    """The fold of each strip: people of every set are dealt at random, all strips of one to the same fold."""
    place = {}
    for database in sorted({strip.database for strip in strips}):
        people = sorted({strip.patient for strip in strips if strip.database == database})
        dealt = np.random.default_rng(0).integers(0, folds, len(people))
        place.update({(database, person): int(fold) for person, fold in zip(people, dealt)})
    return np.array([place[strip.database, strip.patient] for strip in strips])


# Strips of an epoch by set and kind. Most are of the set that is judged; the others are other recorders and other people.
SHARES = {
    ("cinc2017", "fibrillation"): 420, ("cinc2017", "sinus"): 620, ("cinc2017", "other"): 740,
    ("mimic-perform-af", "fibrillation"): 40, ("mimic-perform-af", "other"): 40,
    ("cpsc2021", "fibrillation"): 30, ("cpsc2021", "other"): 20,
    ("mitdb", "fibrillation"): 40, ("mitdb", "sinus"): 40, ("mitdb", "other"): 80,
    ("ptbxl", "fibrillation"): 28, ("ptbxl", "sinus"): 40, ("ptbxl", "other"): 20,
    ("vfdb", "other"): 40, ("vfdb", "fibrillation"): 10,
}  # fmt: skip
ELSE_SHARE = 60  # of any other set and kind


def epoch(strips, random) -> list:
    """The strips of one epoch in random order: as many of each set and kind as `SHARES` says, each taken again where there
    are too few."""
    by = {}
    for strip in strips:
        by.setdefault((strip.database, strip.kind), []).append(strip)
    taken = []
    for key, own in sorted(by.items()):
        share = SHARES.get(key, ELSE_SHARE)
        taken += [own[i] for i in random.choice(len(own), share, replace=len(own) < share)]
    return [taken[i] for i in random.permutation(len(taken))]


def varied(signal, random):
    """A strip as it might have been: another tempo, part, height, polarity, noise, wander, a stretch without contact."""
    x = signal
    if random.random() < 0.5:
        x = np.interp(np.arange(0, len(x) - 1, random.uniform(0.88, 1.12)), np.arange(len(x)), x)
    length = int(random.integers(900, LONGEST + 1)) if random.random() < 0.4 else LONGEST
    if len(x) > length:
        first = int(random.integers(0, len(x) - length + 1))
        x = x[first : first + length]
    x = x * np.exp(random.normal(0, 0.15)) * (1 if random.random() < 0.5 else -1)
    if random.random() < 0.3:
        x = x + random.normal(0, random.uniform(0, 0.08), len(x))
    if random.random() < 0.3:
        turns = 2 * np.pi * random.uniform(0.1, 0.6) * np.arange(len(x)) / RATE_HZ
        x = x + random.uniform(0, 0.2) * np.sin(turns + random.uniform(0, 6))
    if random.random() < 0.2:
        first = int(random.integers(0, len(x)))
        x[first : first + int(random.integers(20, 200))] = 0
    return x.astype(np.float32)


def batch(signals) -> tuple:
    """(signal, inside), each [batch, samples]: filled up to a multiple of 32 samples."""
    longest = max(len(signal) for signal in signals)
    samples = -(-longest // STRIDE) * STRIDE
    filled, inside = np.zeros((2, len(signals), samples), np.float32)
    for i, signal in enumerate(signals):
        filled[i, : len(signal)] = signal
        inside[i, : len(signal)] = 1
    return torch.from_numpy(filled), torch.from_numpy(inside)
