"""Gradient descent for one network of strips, and its answers."""

import copy

import numpy as np
import torch
import torch.nn.functional as F

from .data import batch, epoch, varied
from .model import RHYTHMS, StripRhythm

BATCH, RATE, SMOOTHING = 32, 3e-3, 0.05
FIBRILLATION = RHYTHMS.index("fibrillation")


def train(strips, epochs: int, seed: int, log) -> StripRhythm:
    """A network whose weights are averaged over the second half of its epochs (Polyak & Juditsky 1992)."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    net = StripRhythm()
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=1e-2)
    steps = epochs * (len(epoch(strips, np.random.default_rng(0))) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.15)
    mean = None
    for number in range(epochs):
        taken, losses = epoch(strips, random), []
        for first in range(0, len(taken) - BATCH + 1, BATCH):
            own = taken[first : first + BATCH]
            value = loss(net(*batch([varied(strip.signal, random) for strip in own])), own)
            optimiser.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(value.item())
            if number >= epochs // 2:
                mean = averaged(mean, net)
        log(f"epoch {number + 1} of {epochs}: loss {np.mean(losses):.3f}")
    return (mean or net).eval()


def loss(logits, strips):
    """Cross-entropy; of a strip of which only 'no fibrillation' is known, that of fibrillation or not."""
    target = torch.tensor([RHYTHMS.index(strip.kind) for strip in strips])
    full = F.cross_entropy(logits, target, reduction="none", label_smoothing=SMOOTHING)
    other = torch.tensor([strip.sinus < 0 for strip in strips])
    part = F.binary_cross_entropy_with_logits(
        margin(logits), (target == FIBRILLATION).float() * (1 - 2 * SMOOTHING) + SMOOTHING, reduction="none"
    )
    return torch.where(other, part, full).mean()


def margin(logits):
    """Logit of fibrillation against all else, [batch]."""
    rest = [i for i in range(len(RHYTHMS)) if i != FIBRILLATION]
    return logits[:, FIBRILLATION] - logits[:, rest].logsumexp(1)


def averaged(mean, net, share: float = 0.01):
    if mean is None:
        return copy.deepcopy(net)
    with torch.no_grad():
        for own, new in zip(mean.state_dict().values(), net.state_dict().values()):
            if own.dtype.is_floating_point:
                own.mul_(1 - share).add_(new, alpha=share)
            else:
                own.copy_(new)
    return mean


def answers(nets, strips) -> np.ndarray:
    """Logit of fibrillation of each strip, the mean over networks and both polarities: which way a strip was held is not known."""
    out = np.zeros(len(strips))
    order = np.argsort([len(strip.signal) for strip in strips])
    with torch.no_grad():
        for first in range(0, len(order), BATCH):
            own = order[first : first + BATCH]
            signal, inside = batch([strips[i].signal for i in own])
            told = [margin(net.eval()(sign * signal, inside)) for net in nets for sign in (1, -1)]
            out[own] = torch.stack(told).mean(0).numpy()
    return out
