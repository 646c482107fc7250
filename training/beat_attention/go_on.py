"""Goes on with a network: more steps at a lower rate, as `correct.py` asks for them."""

import numpy as np
import torch

from .augment import augment
from .data import cut, epoch
from .fit import TASK_WEIGHTS, losses, people_to_borrow_from

BATCH, RATE, WEIGHT_DECAY = 16, 8e-4, 0.02
#: Share of the sequences that a pass over the records takes, in which nothing is known to be abnormal, and of others.
PLAIN_SHARES = {"cinc2017": 0.35, "mimic-perform-af": 0.15, "vfdb": 0.25, "svdb": 0.3, "else": 0.4}
OTHER_SHARES = {"cinc2017": 1.0, "mimic-perform-af": 0.25, "vfdb": 0.5, "svdb": 0.55, "else": 0.6}


def go_on(net, records, lenders, steps: int, seed: int, log, draw=None, rate: float = RATE):
    """Trains a network further; returns the running mean of its weights.

    draw: sequences of a pass, from a random generator; by default an epoch over the records.
    """
    draw = draw or (lambda random: epoch(records, random, PLAIN_SHARES, OTHER_SHARES))
    random = np.random.default_rng(seed)
    torch.manual_seed(seed)
    donors, healthy, fibrillating = people_to_borrow_from(records, lenders)
    net.train()
    mean = {name: value.clone() for name, value in net.state_dict().items()}
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=WEIGHT_DECAY, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps + 1, pct_start=0.15)
    plan = []
    while len(plan) < BATCH * steps:
        plan += draw(random)
    leads = max(record.windows.shape[1] for record in records)
    for step in range(steps):
        batch = cut(plan[step * BATCH : (step + 1) * BATCH], leads, random, (), donors, healthy)
        parts = losses(net, augment(batch, random, (), fibrillating), False)
        optimiser.zero_grad()
        sum(TASK_WEIGHTS[name] * part for name, part in parts.items()).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        keep = min(0.99, (step + 1) / (step + 6))
        with torch.no_grad():
            for name, value in net.named_parameters():
                mean[name].lerp_(value, 1 - keep)
        if (step + 1) % 50 == 0:
            log(f"step {step + 1}/{steps}: " + ", ".join(f"{name} {float(part):.3f}" for name, part in parts.items()))
    net.load_state_dict(mean)
    return net.eval()
