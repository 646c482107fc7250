"""Prepared records (`prepareBeatTensors`) and batches of sequences cut from them."""

import json
import random as python_random
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np
import torch

from . import ventricular
from .forms import FEWEST, means_of
from .model import SEQUENCE, WINDOW

FORMAT = "fiducial-beats-3"
SEGMENT_S = 10.0
SEGMENTS = 20  # segments that a sequence can hold; 64 beats last 100 s at most in practice
UNKNOWN = -1.0


@dataclass
class Record:
    name: str
    patient: str
    database: str
    time: np.ndarray  # [n] s
    windows: np.ndarray  # [n, leads, 96 + 2 margins], unit: dominant QRS
    forms: np.ndarray  # [n] index of the beat's form, -1 for none
    form_means: np.ndarray  # [forms, leads, 96 + 2 margins]
    dominant: np.ndarray  # [leads, 96 + 2 margins]
    present: np.ndarray  # [n, leads]
    seen: np.ndarray  # [n] bool: some lead shows the beat
    rhythm: np.ndarray  # [n, 5]
    labels: np.ndarray  # [n] index into CLASSES, -1 where the set does not say
    fibrillation: np.ndarray  # [n] 0 or 1, -1 unknown
    segments: np.ndarray  # [m, 4] start, ectopy, review, fibrillation; -1 unknown
    first: np.ndarray  # [m] first beat of each segment
    end: np.ndarray  # [m] one past its last beat

    def __len__(self):
        return len(self.time)

    @cached_property
    def form_beats(self) -> np.ndarray:
        return np.bincount(self.forms[self.forms >= 0], minlength=len(self.form_means))

    @cached_property
    def has_classes(self) -> bool:
        """Whether the set says what single beats are; a strip of sinus rhythm does."""
        return bool((self.labels >= 0).any())


@dataclass
class Lender:
    """Annotations of a day without its signal: what RR intervals do."""

    name: str
    database: str
    rhythm: np.ndarray  # [n, 5]
    labels: np.ndarray  # [n]
    fibrillation: np.ndarray  # [n]

    def starts(self, wanted) -> np.ndarray:
        """First beats of sequences in which every beat is wanted, [n] bool; one in eight of them."""
        sums = np.concatenate([[0], np.cumsum(wanted)])
        return np.flatnonzero(sums[SEQUENCE:] - sums[:-SEQUENCE] == SEQUENCE)[::8]


def load(folder) -> list:
    """All records with a signal of a prepared folder, in the order of its index."""
    index = _index(folder)
    return [_read(Path(folder), row, index["windowScale"]) for row in index["records"] if row["leads"] > 0]


def load_lenders(folder) -> list:
    """The records of a prepared folder that only lend their RR intervals."""
    read = lambda row, name: np.load(Path(folder) / row["record"] / f"{name}.npy")
    return [
        Lender(row["record"], row["database"], read(row, "rhythm"), read(row, "labels"), read(row, "fibrillation"))
        for row in _index(folder)["records"] if row["leads"] == 0
    ]


def _index(folder) -> dict:
    index = json.loads((Path(folder) / "index.json").read_text())
    if index["format"] != FORMAT or index["window"]["samples"] != WINDOW:
        raise ValueError(f"{folder}: prepared as {index['format']}, this code reads {FORMAT}")
    return index


def _read(folder, row, scale) -> Record:
    read = lambda name: np.load(folder / row["record"] / f"{name}.npy")
    time, segments, seen = read("time"), read("segments"), read("seen") > 0
    first, end = np.searchsorted(time, segments[:, 0]), np.searchsorted(time, segments[:, 0] + SEGMENT_S)
    shown = np.concatenate([[0], np.cumsum(seen)])
    # Beats that no lead shows make a segment Unreadable: there is nothing to answer.
    segments[(end > first) & (shown[end] == shown[first]), 1:] = UNKNOWN
    return Record(
        row["record"], row["patient"], row["database"], time,
        read("windows").astype(np.float32) / scale, read("forms").astype(np.int64),
        read("form-means").astype(np.float32) / scale, read("dominant"), read("present"), seen, read("rhythm"),
        read("labels").astype(np.int64), read("fibrillation").astype(np.float32), segments,
        first, end,
    )


@dataclass
class Batch:
    windows: torch.Tensor
    dominant: torch.Tensor
    present: torch.Tensor
    rhythm: torch.Tensor
    mask: torch.Tensor
    form_means: torch.Tensor  # [b, 64, leads, samples]
    form_beats: torch.Tensor  # [b, 64] beats of that form
    forms: torch.Tensor  # [b, 64]
    labels: torch.Tensor  # [b, 64], -1 where unknown
    fibrillation: torch.Tensor  # [b, 64], -1 where unknown
    inside: torch.Tensor  # [b, SEGMENTS, 64]
    verdicts: torch.Tensor  # [b, SEGMENTS, 2] ectopy, review; -1 where unknown

    def inputs(self):
        return self.windows, self.dominant, self.present, self.rhythm, self.mask, self.form_means, self.form_beats

    def to(self, device):
        return Batch(*(getattr(self, field.name).to(device) for field in fields(self)))


def cut(items, leads: int, random=None, off=(), donors=(), healthy=()) -> Batch:
    """Sequences of 64 beats from (record, first beat) pairs.

    random: draws what training changes in a sequence before its windows are touched; None changes nothing.
    Steps, by the names that `off` may hold: `miss` leaves beats out as a detector would, `short` keeps a few seconds
    as of a 10-s recording, `alone` measures RR against the sequence itself as in a short recording, `forms` takes the
    means of forms from the sequence itself, `ventricular` puts ventricular beats and other conduction in
    (`ventricular.py`, forms from `donors`), `borrow` gives sinus beats the RR intervals of healthy people (`healthy`,
    pairs of a lender and the first beat of a sequence): sinus arrhythmia, and the tachycardia of a brisk walk.
    """
    count = len(items)
    length = items[0][0].windows.shape[2]
    windows = np.zeros((count, SEQUENCE, leads, length), np.float32)
    dominant = np.zeros((count, leads, length), np.float32)
    present = np.zeros((count, SEQUENCE, leads), np.float32)
    rhythm = np.full((count, SEQUENCE, 5), 0.8, np.float32)
    mask = np.zeros((count, SEQUENCE), np.float32)
    form_means = np.zeros((count, SEQUENCE, leads, length), np.float32)
    form_beats = np.ones((count, SEQUENCE), np.float32)
    forms = np.full((count, SEQUENCE), -1, np.int64)
    labels = np.full((count, SEQUENCE), -1, np.int64)
    fibrillation = np.full((count, SEQUENCE), UNKNOWN, np.float32)
    inside = np.zeros((count, SEGMENTS, SEQUENCE), np.float32)
    verdicts = np.full((count, SEGMENTS, 2), UNKNOWN, np.float32)
    for k, (record, start) in enumerate(items):
        start, end = start, min(start + SEQUENCE, len(record))
        draw = lambda name, share: random is not None and name not in off and random.random() < share
        short = draw("short", 0.12)
        if short:
            start += int(random.integers(0, max(1, end - start - 24)))
            end = min(end, start + int(random.integers(7, 24)))
        beats = np.arange(start, end)
        if draw("miss", 0.15):
            beats = beats[random.random(len(beats)) >= 0.04]
        n, c = len(beats), record.windows.shape[1]
        windows[k, :n, :c] = record.windows[beats]
        dominant[k, :c] = record.dominant
        present[k, :n, :c] = record.present[beats]
        seen = record.seen[beats]
        mask[k, :n] = seen
        labels[k, :n] = np.where(seen, record.labels[beats], -1)
        forms[k, :n] = record.forms[beats]
        own = short or draw("forms", 0.1)
        means, counts = means_of(record.windows[beats], forms[k, :n]) if own else (record.form_means, record.form_beats)
        many = (forms[k, :n] >= 0) & (counts[forms[k, :n]] >= FEWEST)
        form_means[k, :n] = windows[k, :n]
        form_means[k, :n, :c][many] = means[forms[k, :n][many]]
        form_beats[k, :n][many] = counts[forms[k, :n][many]]
        rhythm[k, :n] = record.rhythm[beats]
        if n < end - start and n > 1:
            rr = np.diff(record.time[beats])
            rhythm[k, 1:n, 0], rhythm[k, : n - 1, 1] = rr, rr
        became = preexcited = np.zeros(n, bool)
        sinus = (labels[k, :n] == 0).all() and (record.fibrillation[beats] < 1).all()
        if len(healthy) and sinus and draw("borrow", 0.3):
            lender, at = healthy[random.integers(len(healthy))]
            rhythm[k, :n] = lender.rhythm[at : at + n]
        calm = record.has_classes and (record.fibrillation[beats] < 1).all()
        if donors and n > 6 and calm and draw("ventricular", 0.3):
            sequence = ventricular.Sequence(
                windows[k, :n, :c], form_means[k, :n, :c], form_beats[k, :n], rhythm[k, :n], labels[k, :n], dominant[k, :c]
            )
            became, preexcited = ventricular.insert(record, donors, sequence, random)
        if (short or draw("alone", 0.1)) and n > 3:
            _measure_alone(rhythm[k, :n], record.time[beats], windows[k, :n], dominant[k], c)
        fibrillation[k, :n] = np.where(seen, record.fibrillation[beats], UNKNOWN)
        # A segment counts where the sequence holds it whole; where it is all there is, so is the segment cut short.
        whole = ((record.first > start) | (start == 0)) & ((record.end < end) | (end == len(record)))
        whole &= record.end > record.first
        if short:
            whole = (record.first >= start - 1) & (record.end <= end + 1) & (record.end > record.first)
        for s, segment in enumerate(np.flatnonzero(whole)[:SEGMENTS]):
            within = (beats >= record.first[segment]) & (beats < record.end[segment]) & seen
            if within.any():
                inside[k, s, :n] = within
                verdicts[k, s] = 1.0 if became[within].any() else record.segments[segment, 1:3]
                hidden = record.labels[record.first[segment] : record.end[segment]]
                if record.segments[segment, 1] == 1 and (hidden > 0).any() and not (labels[k, :n][within] > 0).any():
                    verdicts[k, s] = UNKNOWN  # its ectopic beats are ones that no lead shows
                if preexcited[within].any():  # an abnormal rhythm, if it lasts; no ectopic beat
                    verdicts[k, s, 1] = UNKNOWN
    tensors = (
        windows, dominant, present, rhythm, mask, form_means, form_beats, forms, labels, fibrillation, inside, verdicts
    )
    return Batch(*map(torch.from_numpy, tensors))


def _measure_alone(rhythm, time, windows, dominant, leads):
    """RR references and dominant beat of a few beats by themselves, much as the product takes them (features/)."""
    rr = np.diff(time)
    late = np.concatenate([[False], rr >= np.median(rr)])
    usual = float(np.median(rr))
    step = np.diff(rr)
    rhythm[0, 0], rhythm[-1, 1] = usual, usual
    rhythm[:, 2], rhythm[:, 3] = usual, float(np.quantile(rr, 0.75))
    rhythm[:, 4] = np.sqrt(np.mean(step**2)) / usual
    dominant[:leads] = np.median(windows[late][:, :leads], 0)


#: Share of the sequences in which nothing is known to be abnormal that an epoch takes, by database, and of the others:
#: half of an epoch is of mitdb and svdb, where every beat is labelled.
PLAIN_SHARES = {
    "cinc2017": 0.15, "ptbxl": 0.4, "mimic-perform-af": 0.12, "vfdb": 0.2, "svdb": 0.4, "svdb-noisy": 0.25, "mitdb-noisy": 0.3, "else": 0.5,
}
OTHER_SHARES = {
    "cinc2017": 0.4, "mimic-perform-af": 0.15, "vfdb": 0.4, "svdb": 0.8, "svdb-noisy": 0.4, "mitdb-noisy": 0.5, "else": 1.0,
}
#: Strips of cinc2017 that are used, so that they do not drown the others.
STRIPS = {"sinus": 800, "other": 650}


def name_of(record: Record) -> str:
    """The record and its set: names of records repeat from set to set."""
    return f"{record.database}/{record.name}"


def kind_of(strip: Record) -> str:
    """sinus, fibrillation, or other, as the strip's label has it."""
    if (strip.fibrillation > 0).any():
        return "fibrillation"
    return "sinus" if (strip.labels == 0).any() else "other"


def thinned(records) -> list:
    """The records in an order of chance, always the same, without the strips that are more than `STRIPS`."""
    used = {kind: 0 for kind in STRIPS}
    kept = []
    for record in python_random.Random(3).sample(records, len(records)):
        kind = kind_of(record) if record.database == "cinc2017" else None
        if kind in used:
            used[kind] += 1
            if used[kind] > STRIPS[kind]:
                continue
        kept.append(record)
    return kept


def epoch(records, random, plain_shares=PLAIN_SHARES, other_shares=OTHER_SHARES) -> list:
    """(record, first beat) of every sequence of an epoch, shuffled; sequences of nothing but N beats are thinned."""
    items, plain = [], []
    for record in records:
        first = int(random.integers(-SEQUENCE // 2, SEQUENCE // 2))
        for start in range(first, max(first + 1, len(record) - SEQUENCE // 2), SEQUENCE):
            start = max(0, min(start, len(record) - SEQUENCE))
            beats = slice(start, start + SEQUENCE)
            of_interest = (record.labels[beats] > 0).any() or (record.fibrillation[beats] > 0).any()
            (items if of_interest else plain).append((record, start))
    if items:
        thinned = lambda found, shares: [
            item for item in found if random.random() < shares.get(item[0].database, shares["else"])
        ]
        items, kept = thinned(items, other_shares), thinned(plain, plain_shares)
    else:
        kept = plain
    items += kept
    random.shuffle(items)
    return items
