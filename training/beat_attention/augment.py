"""Training sees each sequence as another patient, electrode and recorder might have given it."""

import math

import numpy as np
import torch
import torch.nn.functional as F

from .data import Batch
from .forms import FEWEST
from .model import CLASSES, FLUTTER, PEAK, SEQUENCE, WINDOW

#: Samples (100 ms) by which a beat may be taken at another deflection of its QRS.
FARTHEST = 13
STEPS = ("mix", "fibrillation", "premature", "rate", "shift", "bandwidth", "noise", "drop")


def augment(batch: Batch, random, off=(), fibrillating=()) -> Batch:
    """A changed copy of the batch, windows cut to 96 samples. off: names out of STEPS to leave out."""
    steps = {
        "mix": _mix_leads, "fibrillation": lambda *given: _fibrillate(*given, fibrillating), "premature": _make_premature, "rate": _change_rate, "shift": _shift,
        "bandwidth": _change_bandwidth, "noise": _add_noise, "drop": _drop_leads,
    }
    for name in STEPS:
        if name == "shift" and name in off:
            _crop(batch)
        elif name not in off:
            steps[name](batch, random)
        if name == "noise":
            _normalise(batch)
    batch.form_beats[torch.rand(len(batch.mask)) < 0.1] = 1  # as if every beat had a form of its own
    return _alone(batch)


def plain(batch: Batch) -> Batch:
    """The batch as the product feeds it."""
    _crop(batch)
    batch.windows.clamp_(-6, 6)
    batch.dominant.clamp_(-6, 6)
    batch.form_means.clamp_(-6, 6)
    return _alone(batch)


def _alone(batch):
    """A beat whose form is too rare for a mean stands for it itself."""
    alone = batch.form_beats < FEWEST
    batch.form_means = torch.where(alone[..., None, None], batch.windows, batch.form_means)
    batch.form_beats = torch.where(alone, 1.0, batch.form_beats)
    return batch


def _crop(batch):
    margin = (batch.windows.shape[-1] - WINDOW) // 2
    for name in ("windows", "form_means", "dominant"):
        setattr(batch, name, getattr(batch, name)[..., margin : margin + WINDOW].contiguous())


def _mix_leads(batch, _):
    """Rotates pairs of leads into each other: an electrode elsewhere; and turns polarities round."""
    b, leads = batch.dominant.shape[:2]
    if leads == 2:
        angle, on = torch.rand(b) * 2 * math.pi, (torch.rand(b) < 0.5) & (batch.present.amin((1, 2)) > 0)
        cos, sin = torch.cos(angle), torch.sin(angle)
        turn = torch.stack([torch.stack([cos, -sin], 1), torch.stack([sin, cos], 1)], 1)
        turn = torch.where(on[:, None, None], turn, torch.eye(2))
    else:
        turn = torch.eye(leads).repeat(b, 1, 1)
    turn = turn * torch.where(torch.rand(b, leads) < 0.4, -1.0, 1.0)[:, :, None]
    batch.windows = torch.einsum("bij,bljw->bliw", turn, batch.windows)
    batch.form_means = torch.einsum("bij,bljw->bliw", turn, batch.form_means)
    batch.dominant = torch.einsum("bij,bjw->biw", turn, batch.dominant)


def _known(batch):
    """Sequences of which every beat that is shown has a label, [b] bool: nobody knows what the others hold."""
    return ((batch.labels >= 0) | (batch.mask == 0)).all(1)


def _fibrillate(batch, random, fibrillating=()):
    """Makes atrial fibrillation or flutter of some sequences of sinus rhythm: RR at random, in whole flutter waves, or
    of other people who fibrillate (pairs of a lender and the first beat of a sequence); no P wave, 4 to 8 Hz waves
    instead.

    Few patients of the sets with labelled beats fibrillate; this teaches what defines it rather than what they look like.
    """
    leads, length = batch.windows.shape[2:]
    margin = (length - WINDOW) // 2
    atrial_beats = (batch.labels == CLASSES.index("S")) | (batch.labels == FLUTTER)
    sinus = ~atrial_beats.any(1) & _known(batch) & (torch.rand(len(batch.mask)) < 0.2)
    for k in torch.nonzero(sinus)[:, 0].tolist():
        mean, variation = 0.45 + 0.5 * random.random(), 0.12 + 0.24 * random.random()
        shape = variation**-2
        rr = torch.tensor(random.gamma(shape, mean / shape, SEQUENCE + 1)).float().clamp(0.28, 2.2)
        cycle = 0.0
        kind = random.random()
        if kind < 0.25:  # flutter, every second to fourth wave conducted
            cycle = 0.18 + 0.07 * random.random()
            shares = random.dirichlet([1.5, 0.7, 1.5])
            waves = random.choice([2, 3, 4], SEQUENCE + 1, p=shares)
            rr = torch.tensor(cycle * waves + 0.01 * random.standard_normal(SEQUENCE + 1)).float().clamp(0.28, 2.2)
        elif len(fibrillating) and kind < 0.65:
            lender, first = fibrillating[random.integers(len(fibrillating))]
            rr[:-1] = torch.from_numpy(lender.rhythm[first : first + SEQUENCE, 0]).clamp(0.28, 2.2)
        mean = float(rr.median())
        # Ventricular beats stay as early as they were and keep their form.
        ventricular = (batch.labels[k] == CLASSES.index("V")) | (batch.labels[k] == CLASSES.index("F"))
        early = (batch.rhythm[k, :, 0] / batch.rhythm[k, :, 2]).clamp(0.35, 1.1) * mean
        rr[:-1] = torch.where(ventricular, early, rr[:-1]).clamp(0.28, 2.2)
        middle = rr.median()
        successive = (rr[1:] - rr[:-1]).square().mean().sqrt()
        batch.rhythm[k, :, 0], batch.rhythm[k, :, 1] = rr[:-1], rr[1:]
        batch.rhythm[k, :, 2], batch.rhythm[k, :, 3] = middle, rr.quantile(0.75)
        batch.rhythm[k, :, 4] = successive / middle
        atrial = torch.zeros(length)
        atrial[: margin + 28] = 1
        atrial[margin + 28 : margin + 34] = torch.linspace(1, 0, 6)
        waves_at = atrial.clone()
        waves_at[margin + 60 :] = torch.linspace(0, 1, length - margin - 60)
        at = torch.cumsum(rr[:-1], 0)[:, None] + torch.arange(length)[None] / 128
        if cycle:
            phase = at / cycle + random.random()
            waves = (2 * (phase % 1) - 1) * (0.03 + 0.15 * random.random())
            smooth = torch.ones(1, 1, 5) / 5
            waves = F.conv1d(F.pad(waves[:, None], (2, 2), mode="replicate"), smooth)[:, 0] * waves_at.clamp(min=0.3)
        else:
            phase = 2 * math.pi * ((4 + 4 * random.random()) * at + 0.3 * torch.sin(at * 1.3))
            waves = (torch.sin(phase) + 0.4 * torch.sin(2 * phase + 1)) * (0.02 + 0.08 * random.random()) * waves_at
        level = batch.dominant[k, :, margin : margin + 6].mean(1, keepdim=True)
        p_wave = (batch.dominant[k] - level) * atrial
        batch.windows[k] += waves[:, None] * (0.4 + torch.rand(1, leads, 1))
        batch.windows[k] -= p_wave[None] * (~ventricular).float()[:, None, None]
        batch.form_means[k] -= p_wave[None] * (~ventricular).float()[:, None, None]
        batch.dominant[k] -= p_wave
        batch.fibrillation[k] = torch.where(batch.mask[k] > 0, 1.0, -1.0)
        inside = batch.inside[k].sum(1) > 0
        batch.verdicts[k, :, 1] = torch.where(inside, 1.0, -1.0)


def _make_premature(batch, random):
    """Makes atrial beats, single or in a run, of some sinus beats: early, the P wave hidden or of another form.

    A premature beat lies on the T wave of the beat before, which is added where it falls. Most patients have few
    such beats, and a tachycardia of minutes is in one recording of sixty.
    """
    leads, length = batch.windows.shape[2:]
    margin = (length - WINDOW) // 2
    normal_beats = (batch.labels <= 0).numpy() | (batch.labels == CLASSES.index("Q")).numpy()
    ventricular = (batch.labels == CLASSES.index("V")) | (batch.labels == CLASSES.index("F"))
    sinus = ((torch.from_numpy(normal_beats) | ventricular).all(1)) & (batch.fibrillation.amax(1) <= 0)
    # Fibrillation that nobody annotated is no place for premature beats.
    sinus &= _known(batch) & (batch.rhythm[..., 4].median(1).values < 0.2) & (torch.rand(len(batch.mask)) < 0.2)
    ramp = torch.zeros(length)
    ramp[: margin + 28] = 1
    ramp[margin + 28 : margin + 34] = torch.linspace(1, 0, 6)
    for k in torch.nonzero(sinus)[:, 0].tolist():
        normal, rr = batch.rhythm[k, :, 2].clone(), batch.rhythm[k, :, 0].clone()
        early = np.zeros(SEQUENCE, bool)
        if random.random() < 0.4:
            first = int(random.integers(-40, 50))
            early[max(0, first) : max(0, first + int(random.integers(4, 90)))] = True
            early &= normal_beats[k]
            factor = 0.42 + 0.3 * random.random()
            rr[early] = (normal * factor * (1 + 0.02 * torch.randn(SEQUENCE)))[early]
        else:
            early = random.random(SEQUENCE) < 0.04 + 0.25 * random.random()
            early[1:] &= ~early[:-1]
            early &= normal_beats[k]
            early[1:] &= normal_beats[k, :-1]
            late = np.concatenate([[False], early[:-1]]) & normal_beats[k]
            rr[early] = (normal * (0.5 + 0.34 * torch.rand(SEQUENCE)))[early]
            rr[late] = (normal * (0.95 + 0.4 * torch.rand(1)))[late]
        if not early.any():
            continue
        rr = rr.clamp(min=0.27)
        batch.rhythm[k, :, 0], batch.rhythm[k, :-1, 1] = rr, rr[1:]
        batch.rhythm[k, :, 4] = (rr[1:] - rr[:-1]).square().mean().sqrt() / normal
        batch.labels[k] = torch.where(torch.from_numpy(early), 1, batch.labels[k])
        marked = (batch.inside[k] * torch.from_numpy(early)).sum(1) > 0
        batch.verdicts[k] = torch.where((batch.verdicts[k] >= 0) & marked[:, None], 1.0, batch.verdicts[k])

        level = batch.dominant[k, :, margin : margin + 6].mean(1, keepdim=True)
        form = batch.dominant[k] - level
        ectopic = torch.roll(form * ramp, int(random.integers(-8, 9)), 1) * (2.2 * torch.rand(1) - 1) * ramp
        change = ectopic - form * ramp * (0.5 + 0.5 * torch.rand(1))
        for i in np.flatnonzero(early):
            delay = int(round(float(rr[i]) * 128))
            beat = batch.windows[k, i]
            beat += change
            if delay < length:
                beat[:, : length - delay] += form[:, delay:] * ramp[: length - delay]


def _change_rate(batch, _):
    """Another heart rate; another resting rate of the recording; a rate that drifts away from its normal."""
    b = len(batch.rhythm)
    batch.rhythm[..., :4] *= torch.exp((torch.rand(b, 1, 1) - 0.5) * 0.5)
    batch.rhythm[..., 3] *= torch.exp(torch.rand(b, 1) * 0.6 * (torch.rand(b, 1) < 0.3))
    centre, width = torch.rand(b, 1) * SEQUENCE, 4 + 20 * torch.rand(b, 1)
    turn = torch.sigmoid((torch.arange(SEQUENCE)[None] - centre) / width)
    drift = torch.exp(turn * (torch.rand(b, 1) - 0.6) * 0.6 * (torch.rand(b, 1) < 0.25))
    batch.rhythm[..., 0] *= drift
    batch.rhythm[:, :-1, 1] *= drift[:, 1:]
    batch.rhythm[..., 2] *= drift.sqrt()


def _shift(batch, _):
    """Moves windows a few samples, beat by beat, form by form and the dominant beat too: detectors place R peaks unevenly.

    In some sequences some beats are taken at another deflection of their QRS, up to 100 ms away, as happens where two
    are nearly as tall; they are then a form by themselves. The ends of their windows are filled with the last sample.
    """
    b, n, leads, length = batch.windows.shape
    margin = (length - WINDOW) // 2
    reach = max(0, FARTHEST - margin)
    few = lambda x: x.round().clamp(-margin, margin).long()
    beat = few(torch.randn(b, n) * torch.rand(b, 1) * 1.2)
    mean = torch.gather(few(torch.randn(b, 16) * 0.7), 1, batch.forms % 16)
    away = torch.where(torch.rand(b, 1) < 0.5, -1, 1) * (3 + 10 * torch.rand(b, 1))
    elsewhere = (torch.rand(b, n) < 0.25 * torch.rand(b, 1)) & (torch.rand(b, 1) < 0.3)
    far = (away + 0.5 * torch.randn(b, n)).round().clamp(-FARTHEST, FARTHEST).long()
    at = torch.arange(WINDOW)

    def moved(windows, by):
        padded = F.pad(windows.reshape(b * n, leads, length), (reach, reach), mode="replicate").reshape(b, n, leads, -1)
        place = torch.where(elsewhere, far, by) + margin + reach
        return torch.gather(padded, 3, (place[..., None] + at)[:, :, None].expand(b, n, leads, WINDOW))

    batch.windows, batch.form_means = moved(batch.windows, beat), moved(batch.form_means, mean)
    dominant = few(torch.randn(b) * 0.7) + margin
    batch.dominant = torch.gather(batch.dominant, 2, (dominant[:, None] + at)[:, None].expand(b, leads, WINDOW))


def _change_bandwidth(batch, _):
    """Smooths some sequences, as a recorder with less bandwidth would."""
    k = torch.rand(len(batch.mask), 1, 1) * 0.25 * (torch.rand(len(batch.mask), 1, 1) < 0.4)
    smooth = lambda x, k: (1 - 2 * k) * x + k * (
        torch.cat([x[..., :1], x[..., :-1]], -1) + torch.cat([x[..., 1:], x[..., -1:]], -1)
    )
    batch.windows, batch.dominant = smooth(batch.windows, k[..., None]), smooth(batch.dominant, k)
    batch.form_means = smooth(batch.form_means, k[..., None])


def _add_noise(batch, _):
    """Muscle noise (white or smoothed, with bursts) and baseline wander, per lead."""
    b, n, leads, _ = batch.windows.shape
    size = torch.exp(torch.randn(b, 1, leads, 1)) * 0.012 * (torch.rand(b, 1, leads, 1) < 0.5)
    noise = torch.randn(b, n, leads, WINDOW)
    smooth = F.avg_pool1d(noise.reshape(-1, 1, WINDOW), 5, 1, 2).reshape(noise.shape) * 1.7
    noise = torch.where(torch.rand(b, 1, 1, 1) < 0.5, noise, smooth)
    burst = 1 + 5 * (torch.rand(b, n, 1, 1) < 0.03)
    x = torch.linspace(-1, 1, WINDOW)
    draw = lambda: torch.randn(b, n, leads, 1)
    wander = draw() * x + draw() * (x * x - 0.33) + draw() * 0.7
    wander_size = 0.04 * torch.exp(torch.randn(b, 1, leads, 1) * 0.7) * (torch.rand(b, 1, leads, 1) < 0.4)
    batch.windows = batch.windows + size * burst * noise + wander_size * wander
    if leads > 1:  # a loose electrode: for a while nothing but noise in one lead
        for k in torch.nonzero(torch.rand(b) < 0.06)[:, 0].tolist():
            first, lead = int(torch.randint(n, (1,))), int(torch.randint(leads, (1,)))
            stretch = slice(first, first + int(torch.randint(3, n, (1,))))
            batch.windows[k, stretch, lead] = smooth[k, stretch, lead] * (0.1 + 1.5 * torch.rand(1))


def _normalise(batch):
    """Dominant QRS back to a height of 1, give or take 8 %."""
    qrs = batch.dominant[..., PEAK - 10 : PEAK + 12]
    height = (qrs.amax(-1) - qrs.amin(-1)).clamp(min=0.05) * torch.exp(torch.randn(qrs.shape[:2]) * 0.08)
    batch.windows = (batch.windows / height[:, None, :, None]).clamp(-6, 6)
    batch.form_means = (batch.form_means / height[:, None, :, None]).clamp(-6, 6)
    batch.dominant = (batch.dominant / height[..., None]).clamp(-6, 6)


def _drop_leads(batch, _):
    """Leaves one lead of two in a third of the sequences."""
    b, _, leads = batch.present.shape
    if leads < 2:
        return
    drop = torch.rand(b) < 0.35
    which = torch.randint(leads, (b,))
    gone = drop[:, None] & (torch.arange(leads)[None] == which[:, None])
    batch.present = batch.present * (~gone)[:, None].float()
