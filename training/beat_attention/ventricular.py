"""Ventricular beats at any time, and conducted beats of any form: so that neither time nor form alone decides.

Nearly all annotated ventricular beats are early, and nearly all beats of another form are ventricular. A network
that learns this misses escape beats and slow ventricular rhythms, and calls intermittent bundle branch block or
pre-excitation ventricular. What tells them apart is whether a P wave leads to the QRS. In some sequences of training
this module therefore puts

- beats of one ventricular form, the patient's own or another's, in the place of normal ones, with their RR intervals:
  a run (tachycardia to idioventricular rhythm), premature beats, or escape beats; or
- another conduction of normal beats: P waves and RR stay, QRS and T wave change, and so does not the class.
"""

import numpy as np

from .forms import ONE_FORM
from .model import PEAK, WINDOW

N, S, V = range(3)
FEWEST_BEATS = 3  # of a record that lends its ventricular beats
SHARE_CONDUCTED = 0.5
SHARE_OWN = 0.6  # borrow from the patient's own ventricular beats, where there are any
#: Intervals of a run relative to the normal RR, and how often each range is taken.
RUN_RR, RUN_SHARES = ((0.45, 0.85), (0.85, 1.15), (1.15, 1.8)), (0.4, 0.3, 0.3)
QRS_BEGINS = PEAK - 16  # where a QRS is taken over from another beat, crossfaded over 7 samples (55 ms)


def lenders(records) -> list:
    """Records with enough ventricular beats to borrow a form from."""
    return [record for record in records if (record.labels == V).sum() >= FEWEST_BEATS]


def insert(record, donors, windows, rhythm, labels, random) -> np.ndarray:
    """Changes one sequence in place; returns which beats became ventricular, [n] bool.

    windows [n, leads, samples], margins included; rhythm [n, 5] and labels [n] as in `data.Batch`; donors: `lenders`.
    """
    n, leads = windows.shape[:2]
    nothing = np.zeros(n, bool)
    own = (record.labels == V).sum() >= FEWEST_BEATS
    donor = record if own and random.random() < SHARE_OWN else donors[random.integers(len(donors))]
    if donor.windows.shape[1] < leads:
        return nothing
    form = _one_form(donor, random)
    take = lambda count: _taken(donor, form, count, leads, random, donor is record)
    free = labels == N
    if random.random() < SHARE_CONDUCTED:
        _conduct_otherwise(take, windows, free, random)
        return nothing
    normal = np.median(rhythm[:, 2])
    rr = rhythm[:, 0].copy()
    kind = random.random()
    became = _run(rr, free, normal, random) if kind < 0.5 else _singles(rr, free, normal, kind < 0.75, random)
    if not became.any():
        return nothing
    rr = np.clip(rr, 0.25, 2.5)
    rhythm[:, 0], rhythm[:-1, 1] = rr, rr[1:]
    rhythm[:, 4] = np.sqrt(np.mean(np.diff(rr) ** 2)) / normal
    windows[became] = take(int(became.sum()))
    labels[became] = V
    return became


def _run(rr, free, normal, random):
    """Beats of a run, whose RR intervals are changed in place."""
    became = np.zeros(len(rr), bool)
    first = int(random.integers(-8, len(rr)))
    became[max(0, first) : max(0, first + int(random.integers(3, 60)))] = True
    became &= free
    factor = random.uniform(*RUN_RR[random.choice(3, p=RUN_SHARES)])
    spread = 0.01 + 0.06 * random.random()
    rr[became] = (normal * factor * (1 + spread * random.standard_normal(len(rr))))[became]
    return became


def _singles(rr, free, normal, premature: bool, random):
    """Single beats: premature, mostly with a compensatory pause, or late, as an escape after a pause."""
    n = len(rr)
    became = random.random(n) < 0.02 + 0.2 * random.random()
    became[1:] &= ~became[:-1]
    became &= free
    after = np.concatenate([[False], became[:-1]])
    if premature:
        early = 0.45 + 0.45 * random.random(n)
        rr[became] = (normal * early)[became]
        pause = 2 - early if random.random() < 0.7 else 1 + 0.3 * random.random(n)
        rr[after] = normal * np.concatenate([[1.0], pause[:-1]])[after]
    else:
        rr[became] = (normal * (1.1 + 0.9 * random.random() + 0.05 * random.standard_normal(n)))[became]
        rr[after] = (normal * (0.9 + 0.3 * random.random(n)))[after]
    return became


def _conduct_otherwise(take, windows, free, random):
    """For a while the QRS and T wave of the ventricular form behind the beat's own P wave, as in bundle branch block; or
    the beat's own with a slurred beginning (the delta wave of pre-excitation), a slurred end and another T wave.
    """
    n, leads, length = windows.shape
    margin = (length - WINDOW) // 2
    other = np.zeros(n, bool)
    first = int(random.integers(-30, n))
    other[max(0, first) : max(0, first + int(random.integers(1, 80)))] = True
    other &= free
    own = windows[other]
    if random.random() < 0.5:
        taken = take(int(other.sum()))
        ramp = np.clip((np.arange(length) - margin - QRS_BEGINS) / 7, 0, 1).astype(np.float32)
        at = slice(margin + QRS_BEGINS - 2, margin + QRS_BEGINS + 4)
        level = own[:, :, at].mean(2, keepdims=True) - taken[:, :, at].mean(2, keepdims=True)
        windows[other] = own * (1 - ramp) + (taken + level) * ramp
        return
    at = np.arange(length) - margin - PEAK
    heights = 0.35 * random.standard_normal((3, leads, 1)) * (random.random((3, 1, 1)) < 0.7)
    wave = lambda centre, width: np.exp(-(((at - centre) / width) ** 2) / 2)
    delta = wave(-7 - 2 * random.random(), 2.5 + 2 * random.random())
    end = wave(6 + 5 * random.random(), 2.5 + 2.5 * random.random())
    t_wave = wave(30 + 10 * random.random(), 7 + 5 * random.random())
    windows[other] = own + heights[0] * delta + heights[1] * end + 0.8 * heights[2] * t_wave


def _one_form(donor, random):
    """Indices of those ventricular beats of the donor that are of one form with a beat taken at random."""
    beats = np.flatnonzero(donor.labels == V)
    shapes = donor.windows[beats].astype(np.float32)
    shapes = (shapes - shapes.mean(2, keepdims=True)).reshape(len(beats), -1)
    shapes /= np.linalg.norm(shapes, axis=1, keepdims=True) + 1e-9
    alike = shapes @ shapes[random.integers(len(beats))]
    return beats[alike >= ONE_FORM]


def _taken(donor, form, count: int, leads: int, random, own: bool):
    """Windows of the form: the patient's own as they are, another's with leads in any order, polarity and height."""
    taken = donor.windows[random.choice(form, count)]
    if own:
        return taken
    taken = taken[:, random.permutation(leads)]
    return taken * (np.exp(0.25 * random.standard_normal()) * random.choice([-1.0, 1.0], (1, leads, 1)))
