"""Bundle branch block, simulated on windows of normal conduction.

Four of the 22 training patients have a blocked bundle branch, each in a shape of its own, and a network that saw three
of them took the fourth's for normal. With a branch blocked, one ventricle is activated late and slowly, through muscle
in place of the bundle: the QRS complex grows to 120 ms and more, its late part is slurred, and the T wave points away
from it (Surawicz et al. 2009, AHA/ACCF/HRS recommendations part III, Circulation 119:e235). So a smoothed, delayed copy
of the ventricles' activation, seen from another side, is laid over the beats; their early part is left as it is or
weakened, and the slow waves are scaled and turned over at random. Many windows change in one stretch only, and are
Abnormal where it is more than half of them: the label (scheme `majority`) counts beats, and so must the network.

The ranges were written down from that description, not tuned.
"""

import math

import torch

RATE_HZ = 360
LATE_S = (0.03, 0.08)
SLURRED_HZ = (7, 15)
QRS_FROM_HZ = 3
SLOW_BELOW_HZ = 5
WHOLE = 0.4
EDGE_S = 0.03
# Of the changed windows; the others' stretch is 0.05 to 0.4 of them (`parts`).
ABNORMAL_SHARE = WHOLE + (1 - WHOLE) * 0.4 / 0.75


def block_bundle(x, other, abnormal, share: float, generator: torch.Generator):
    """Blocks a bundle branch in a share of the Normal windows, throughout or in a stretch of them.

    x, other: [B, n] standardised windows of a lead and of the record's next lead (zeros where there is none);
    abnormal: [B] int64, 1 where Abnormal.
    Returns windows, labels, and the other lead with zeros where it no longer fits.
    """
    b, n = x.shape

    def uniform(low, high):
        return low + (high - low) * torch.rand(b, 1, generator=generator)

    chosen = (abnormal == 0)[:, None] & (uniform(0, 1) < share)
    hz = torch.fft.rfftfreq(n, d=1 / RATE_HZ)
    side = uniform(-math.pi, math.pi)
    late = torch.fft.rfft(torch.cos(side) * x + torch.sin(side) * other)
    late = late * torch.exp(-0.5 * (hz / uniform(*SLURRED_HZ)) ** 2) * (1 - low_pass(hz, QRS_FROM_HZ))
    late = late * torch.exp(-2j * math.pi * hz * uniform(*LATE_S))
    late = standardised(torch.fft.irfft(late, n=n))
    whole, slow = torch.fft.rfft(x), low_pass(hz, SLOW_BELOW_HZ)
    early = torch.fft.irfft(
        whole * slow * uniform(-1.5, 1.5) + whole * (1 - slow) * uniform(0, 1), n=n
    )
    blocked = standardised(early + uniform(0.6, 1.4) * late)
    part = parts(b, generator)
    mask = stretch_of(part, uniform(0, 1), n)
    mixed = standardised(mask * blocked + (1 - mask) * x)
    return (
        torch.where(chosen, mixed, x),
        torch.where((chosen & (part > 0.5))[:, 0], torch.ones_like(abnormal), abnormal),
        torch.where(chosen, torch.zeros_like(other), other),
    )


def parts(count: int, generator: torch.Generator) -> torch.Tensor:
    """[count, 1] shares of a window to change: 1, or 0.05 to 0.4, or 0.6 to 1; near a half no one could tell."""
    part = 0.05 + 0.75 * torch.rand(count, 1, generator=generator)
    part = torch.where(part > 0.4, part + 0.2, part)
    return torch.where(torch.rand(count, 1, generator=generator) < WHOLE, torch.ones_like(part), part)


def stretch_of(part: torch.Tensor, start: torch.Tensor, n: int) -> torch.Tensor:
    """[B, n] weights: 1 in a stretch of `part` of the window from `start` on (around its end), 0 outside, soft edges."""
    edge = EDGE_S * RATE_HZ / n
    after = (torch.arange(n) / n - start).remainder(1.0)
    mask = (after / edge).clamp(0, 1) * ((part - after) / edge).clamp(0, 1)
    return torch.where(part >= 1, torch.ones_like(mask), mask)


def low_pass(hz: torch.Tensor, corner_hz: float) -> torch.Tensor:
    """Power response of a second-order Butterworth filter, without phase."""
    return 1 / (1 + (hz / corner_hz) ** 4)


def standardised(x: torch.Tensor) -> torch.Tensor:
    return (x - x.mean(dim=1, keepdim=True)) / (x.std(dim=1, keepdim=True) + 1e-6)
