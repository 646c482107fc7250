"""Gradient descent."""

import copy
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from . import augment as augmentation
from . import ventricular
from .data import cut, epoch
from .model import CLASSES, FLUTTER, MASKED, BeatAttention

BATCH = 16
RATE = 2e-3
WEIGHT_DECAY = 0.05
SMOOTHING = 0.02
CLASS_WEIGHTS = (1.0, 2.5, 1.5, 2.0, 1.0)
TASK_WEIGHTS = {"classes": 1.0, "fibrillation": 0.5, "segments": 0.5, "pointing": 0.2}


#: Databases of healthy people, whose RR intervals sinus beats may have.
HEALTHY = ("nsrdb", "nsr2db")


def _sequences(lenders, wanted) -> list:
    """(lender, first beat) of the sequences that consist of wanted beats."""
    return [(one, int(first)) for one in lenders for first in one.starts(wanted(one))]


def people_to_borrow_from(records, lenders) -> tuple:
    """Records with ventricular forms, and sequences of the lenders: of healthy people and of fibrillation."""
    healthy = _sequences([one for one in lenders if one.database in HEALTHY], lambda one: one.labels == 0)
    fibrillating = _sequences(lenders, lambda one: (one.fibrillation > 0) & (one.labels == 0))
    return ventricular.lenders(records), healthy, fibrillating


def default_device() -> str:
    """A GPU where PyTorch sees one."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def losses(net, batch, bf16: bool) -> dict:
    """Cross-entropies of the three heads on what is labelled, and of the attention."""
    with torch.autocast(batch.windows.device.type, dtype=torch.bfloat16, enabled=bf16):
        outputs = net(*batch.inputs())
    classes, fibrillation, attention, score = (x.float() for x in outputs)
    soften = lambda y: y * (1 - SMOOTHING) + SMOOTHING / 2
    known = batch.fibrillation >= 0
    segments = net.pool(attention, score, batch.inside)
    judged = batch.verdicts >= 0
    bce = F.binary_cross_entropy_with_logits
    nothing = classes.sum() * 0
    # Attention is taught to lie on the beats that make a segment abnormal, where the reference says which they are;
    # left alone it prefers the beat after a premature one, whose RR tells as much.
    ectopic = batch.inside * ((batch.labels > 0) & (batch.labels != CLASSES.index("Q")))[:, None].float()
    shown = (ectopic.sum(2) > 0) & (batch.verdicts[..., 0] > 0)
    share = (attention[:, None] + (batch.inside[..., None] - 1) * MASKED).softmax(2)
    on_ectopic = (share * ectopic[..., None]).sum(2)[shown]
    labels = torch.where(batch.labels == FLUTTER, CLASSES.index("V"), batch.labels)
    return {
        "classes": F.cross_entropy(
            classes.reshape(-1, len(CLASSES)), labels.reshape(-1),
            weight=torch.tensor(CLASS_WEIGHTS, device=classes.device), ignore_index=-1, label_smoothing=SMOOTHING,
        ) if (labels >= 0).any() else nothing,
        "fibrillation": bce(fibrillation[known], soften(batch.fibrillation[known])) if known.any() else nothing,
        "segments": bce(segments[judged], soften(batch.verdicts[judged])) if judged.any() else nothing,
        "pointing": -torch.log(on_ectopic + 1e-4).mean() if shown.any() else nothing,
    }


def fit(
    records, epochs: int, seed: int, off=(), layers: int = 2, bf16=None, log=print, device: str = "", lenders=()
) -> BeatAttention:
    """Trains on all the records given for a fixed number of epochs; returns the running mean of the weights, on the CPU.

    There is no early stopping, so nothing is chosen by looking at anybody who is held out.
    off: augmentation steps to leave out (augment.STEPS, and those of `data.cut`), for the ablation table.
    bf16: None for half precision on a GPU and not on a CPU, where it may be four times slower.
    Sequences are drawn and augmented on the CPU, so that a seed means the same sequences on every device.
    """
    device = device or default_device()
    bf16 = device != "cpu" if bf16 is None else bf16
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    donors, healthy, fibrillating = people_to_borrow_from(records, lenders)
    net = BeatAttention(layers=layers).to(device)
    mean = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=WEIGHT_DECAY, betas=(0.9, 0.98))
    leads = max(record.windows.shape[1] for record in records)
    plans = [epoch(records, random) for _ in range(epochs)]
    size = min(BATCH, min(len(plan) for plan in plans))
    steps = sum(len(plan) // size for plan in plans)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1, pct_start=0.15)
    step = 0
    for number, plan in enumerate(plans):
        net.train()
        began, total = time.time(), {}
        for i in range(len(plan) // size):
            batch = cut(plan[i * size : (i + 1) * size], leads, random, off, donors, healthy)
            parts = losses(net, augmentation.augment(batch, random, off, fibrillating).to(device), bf16)
            optimiser.zero_grad()
            sum(TASK_WEIGHTS[name] * part for name, part in parts.items()).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            with torch.no_grad():
                keep = min(0.995, step / (step + 20))
                for old, new in zip(mean.parameters(), net.parameters()):
                    old.lerp_(new, 1 - keep)
            for name, part in parts.items():
                total[name] = total.get(name, 0.0) + part.detach()
        count = len(plan) // size
        figures = ", ".join(f"{name} {float(value) / count:.3f}" for name, value in total.items())
        log(f"epoch {number + 1}/{epochs}: {figures} ({time.time() - began:.0f} s)")
    return mean.cpu()


def taken_up(path: Path, train, layers: int = 2) -> BeatAttention:
    """A network that an earlier, killed run of the same recipe left in `path`, or one trained now and left there."""
    if path.exists():
        net = BeatAttention(layers=layers)
        net.load_state_dict(torch.load(path, map_location="cpu"))
        return net.eval()
    net = train()
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    torch.save(net.state_dict(), aside)
    aside.replace(path)
    return net
