"""One form behind a P wave and without one: so that neither time nor form alone makes a beat ventricular.

Nearly all annotated ventricular beats are early, and nearly all beats of another form are ventricular. A network
that learns this misses escape beats and slow ventricular rhythms, and calls intermittent bundle branch block or
pre-excitation ventricular. What tells them apart is whether a P wave leads to the QRS. In some sequences of training
this module therefore gives normal beats the QRS and T wave of a ventricular form, the patient's own or another's, and

- takes their P wave away, at any RR: they become ventricular (a run, premature or escape beats); or
- leaves the P wave as it is: they stay normal, conducted otherwise (bundle branch block, pre-excitation).
"""

from dataclasses import dataclass

import numpy as np

from .model import CLASSES, P_WAVE, PEAK, WINDOW

N, V = CLASSES.index("N"), CLASSES.index("V")
FEWEST_BEATS = 3  # of a record that lends its ventricular beats
ONE_FORM = 0.85  # correlation from which two of them are of one form, as in beat-forms.ts
SHARE_CONDUCTED = 0.5
SHARE_REVERSE = 0.25  # of those: nearly all beats wide, a few narrow ones among them
SHARE_OWN = 0.5  # borrow from the patient's own ventricular beats, where there are any
#: Intervals of a run relative to the normal RR, and how often each range is taken.
RUN_RR, RUN_SHARES = ((0.45, 0.85), (0.85, 1.15), (1.15, 1.8)), (0.25, 0.5, 0.25)
LEAST_P_WAVE = 0.025  # RMS of the dominant beat's P wave, in dominant QRS, from which its absence can be seen
QRS_BEGINS, FADE = PEAK - 14, 6  # where a QRS is taken over from another beat, and samples of crossfade (47 ms)
ON_TIME = 0.8  # a beat that comes earlier lies on a T wave, as the lender's own did


@dataclass
class Sequence:
    """One sequence of `data.Batch`, changed in place; arrays have a row per beat, windows their margins."""

    windows: np.ndarray  # [n, leads, samples]
    form_means: np.ndarray  # [n, leads, samples]
    form_beats: np.ndarray  # [n]
    rhythm: np.ndarray  # [n, 5]
    labels: np.ndarray  # [n]
    dominant: np.ndarray  # [leads, samples]

    @property
    def margin(self) -> int:
        return (self.windows.shape[2] - WINDOW) // 2

    def set_rr(self, rr):
        """New RR intervals, [n] s, and what follows from them."""
        rr = np.clip(rr, 0.25, 2.5)
        self.rhythm[:, 0], self.rhythm[:-1, 1] = rr, rr[1:]
        self.rhythm[:, 4] = np.sqrt(np.mean(np.diff(rr) ** 2)) / np.median(self.rhythm[:, 2])

    def make_one_form(self, beats):
        if beats.any():
            self.form_means[beats] = self.windows[beats].mean(0)
            self.form_beats[beats] = beats.sum()


def lenders(records) -> list:
    """Records with enough ventricular beats to borrow a form from."""
    return [record for record in records if (record.labels == V).sum() >= FEWEST_BEATS]


def insert(record, donors, sequence: Sequence, random) -> tuple:
    """Changes a sequence of the record; returns which beats became ventricular and which pre-excited, two [n] bool."""
    n, leads = sequence.windows.shape[:2]
    nothing = np.zeros(n, bool)
    own = (record.labels == V).sum() >= FEWEST_BEATS
    donor = record if own and random.random() < SHARE_OWN else donors[random.integers(len(donors))]
    if donor.windows.shape[1] < leads:
        return nothing, nothing
    p_wave = _p_wave(sequence)
    p_seen = np.sqrt((p_wave**2).sum(1) / (P_WAVE.stop - P_WAVE.start)).max() >= LEAST_P_WAVE
    form = _one_form(donor, random)
    take = lambda count: _taken(donor, form, count, leads, random, donor is record)
    if random.random() < SHARE_CONDUCTED:
        return nothing, _conduct_otherwise(sequence, take, random) if p_seen else nothing
    return _make_ventricular(sequence, take, p_wave, p_seen, random), nothing


def _p_wave(sequence):
    """The dominant beat's P wave above the line between its ends, zero elsewhere, [leads, samples]."""
    at = slice(sequence.margin + P_WAVE.start, sequence.margin + P_WAVE.stop)
    part = sequence.dominant[:, at]
    wave = np.zeros_like(sequence.dominant)
    wave[:, at] = part - np.linspace(part[:, 0], part[:, -1], part.shape[1]).T
    return wave


def _make_ventricular(sequence, take, p_wave, any_time: bool, random):
    """any_time: the P wave can be seen, so that its absence marks beats that are not early, too."""
    normal, rr = np.median(sequence.rhythm[:, 2]), sequence.rhythm[:, 0].copy()
    free, kind = sequence.labels == N, random.random()
    if kind < 0.5:
        became, factor = _run(rr, free, normal, random, any_time)
    else:
        became, factor = _singles(rr, free, normal, kind < 0.75 or not any_time, random)
    if not became.any():
        return became
    sequence.set_rr(rr)
    taken = take(int(became.sum()))
    if factor >= ON_TIME:
        before = sequence.windows[became] - p_wave
        if random.random() < 0.6:  # P waves go on by themselves
            for beat, after in zip(before, taken):
                move = int(random.integers(-24, 40))
                beat += _moved(p_wave, move)
                if move > 10:
                    after += _moved(p_wave, move)
        taken = _joined(before, taken, sequence.margin)
    sequence.windows[became] = taken
    sequence.labels[became] = V
    sequence.make_one_form(became)
    return became


def _run(rr, free, normal, random, any_time):
    """Beats of a run, whose RR intervals are changed in place, and their RR relative to the normal."""
    became = np.zeros(len(rr), bool)
    first = int(random.integers(-8, len(rr)))
    became[max(0, first) : max(0, first + int(random.integers(3, 60)))] = True
    became &= free
    factor = random.uniform(*RUN_RR[random.choice(3, p=RUN_SHARES) if any_time else 0])
    spread = 0.01 + 0.06 * random.random()
    rr[became] = (normal * factor * (1 + spread * random.standard_normal(len(rr))))[became]
    return became, factor


def _singles(rr, free, normal, premature: bool, random):
    """Single beats: premature, mostly with a compensatory pause, or on time or late, as an escape after a pause."""
    n = len(rr)
    became = random.random(n) < 0.02 + 0.2 * random.random()
    became[1:] &= ~became[:-1]
    became &= free
    after = np.concatenate([[False], became[:-1]])
    if premature:
        early = 0.45 + 0.4 * random.random(n)
        rr[became] = (normal * early)[became]
        pause = 2 - early if random.random() < 0.7 else 1 + 0.3 * random.random(n)
        rr[after] = normal * np.concatenate([[1.0], pause[:-1]])[after]
        return became, 0.6
    rr[became] = (normal * (0.85 + 1.1 * random.random() + 0.05 * random.standard_normal(n)))[became]
    rr[after] = (normal * (0.9 + 0.3 * random.random(n)))[after]
    return became, 1.0


def _conduct_otherwise(sequence, take, random):
    """For a while, or in single beats, the QRS and T wave of the ventricular form behind the beat's own P wave, as in
    bundle branch block, sometimes after pauses; or the beat's own with a slurred beginning (the delta wave of
    pre-excitation), a slurred end and another T wave. Returns the pre-excited beats.
    """
    n, leads, length = sequence.windows.shape
    other = np.zeros(n, bool)
    reverse = random.random() < SHARE_REVERSE
    if reverse:
        other = random.random(n) >= 0.02 + 0.13 * random.random()
    elif random.random() < 0.5:
        first = int(random.integers(-30, n))
        other[max(0, first) : max(0, first + int(random.integers(1, 80)))] = True
    else:
        other = random.random(n) < 0.02 + 0.3 * random.random()
    other &= sequence.labels == N
    if random.random() < 0.3:
        rr = sequence.rhythm[:, 0].copy()
        late = 1.05 + 0.6 * random.random() + 0.04 * random.standard_normal(n)
        rr[other] = (np.median(sequence.rhythm[:, 2]) * late)[other]
        sequence.set_rr(rr)
    own = sequence.windows[other]
    preexcited = random.random() < 0.4
    if preexcited:
        at = np.arange(length) - sequence.margin - PEAK
        heights = 0.35 * random.standard_normal((3, leads, 1)) * (random.random((3, 1, 1)) < 0.7)
        wave = lambda centre, width: np.exp(-(((at - centre) / width) ** 2) / 2)
        delta = wave(-7 - 2 * random.random(), 2.5 + 2 * random.random())
        end = wave(6 + 5 * random.random(), 2.5 + 2.5 * random.random())
        t_wave = wave(30 + 10 * random.random(), 7 + 5 * random.random())
        sequence.windows[other] = own + heights[0] * delta + heights[1] * end + 0.8 * heights[2] * t_wave
    else:
        sequence.windows[other] = _joined(own, take(int(other.sum())), sequence.margin)
    sequence.make_one_form(other)
    if reverse and other.any():
        # The wide form is the patient's own; the few narrow beats behind a P wave are those that look foreign.
        sequence.dominant[:] = sequence.windows[other].mean(0)
        sequence.form_beats[~other] = np.minimum(sequence.form_beats[~other], max(1, int((~other).sum())))
    return other & preexcited


def _joined(before, after, margin):
    """`before` up to where the QRS begins, `after` from there on, at one level."""
    ramp = np.clip((np.arange(before.shape[2]) - margin - QRS_BEGINS) / FADE, 0, 1).astype(np.float32)
    at = slice(margin + QRS_BEGINS - 2, margin + QRS_BEGINS + 4)
    level = before[:, :, at].mean(2, keepdims=True) - after[:, :, at].mean(2, keepdims=True)
    return before * (1 - ramp) + (after + level) * ramp


def _moved(wave, by: int):
    out = np.zeros_like(wave)
    if by >= 0:
        out[:, by:] = wave[:, : wave.shape[1] - by]
    else:
        out[:, :by] = wave[:, -by:]
    return out


def _one_form(donor, random):
    """Indices of those ventricular beats of the donor that are of one form with a beat taken at random."""
    beats = np.flatnonzero(donor.labels == V)
    shapes = donor.windows[beats]
    shapes = (shapes - shapes.mean(2, keepdims=True)).reshape(len(beats), -1)
    shapes /= np.linalg.norm(shapes, axis=1, keepdims=True) + 1e-9
    alike = shapes @ shapes[random.integers(len(beats))]
    return beats[alike >= ONE_FORM]


def _taken(donor, form, count: int, leads: int, random, own: bool):
    """Windows of the form: the patient's own as they are, another's with leads in any order, polarity and height."""
    taken = donor.windows[random.choice(form, count)]
    if own:
        return taken
    taken = taken[:, random.permutation(donor.windows.shape[1])[:leads]]
    return taken * (np.exp(0.25 * random.standard_normal()) * random.choice([-1.0, 1.0], (1, leads, 1)))
