"""Fits the network that calls a second of a lead noisy (src/core/beats/quality/quality-weights.ts).

    node scripts/run-ts.mjs scripts/quality-features.ts FEATURES MITDB SVDB SETS
    python training/quality/fit.py FEATURES src/core/beats/quality/quality-weights.ts

First prints what a network that learned from seven records in ten says of the other three; then fits on all and writes
the weights. Needs NumPy and PyTorch; a minute on one core.
"""
import json
import sys

import numpy as np
import torch
import torch.nn.functional as F

REACHES = (0, 1, 4, 12)  # seconds on each side that the measures are averaged over, as quality-weights.ts says
HIDDEN = 16
EPOCHS = 8
BATCH = 1024
RATE = 3e-3
CLIP = 4.0
THRESHOLD = 0.25
# How much a second counts. A strip's label is a bag label, and there are few noisy strips; ventricular fibrillation
# must not be called noise.
WEIGHTS = {"holter": 1.0, "cinc2017": 0.4, "cinc2017 noise": 10.0, "vfdb": 0.5, "cudb": 0.5, "else": 0.3}
CLEAN_SETS = ("mimic-perform-af", "cpsc2021", "ptbxl")


def held_out(record: str) -> bool:
    """Three records in ten, whatever else there is; scripts/quality-features.ts keeps noise apart likewise."""
    return sum(map(ord, record)) % 10 < 3


class Data:
    def __init__(self, source):
        with open(source + ".json") as file:
            facts = json.load(file)
        self.names = facts["features"]
        table = np.fromfile(source + ".f32", np.float32).reshape(-1, 5 + len(self.names))
        self.item = table[:, 0].astype(int)
        truth, self.snr, self.off = table[:, 2], table[:, 3], table[:, 4] == 1
        items = facts["items"]
        column = lambda name: np.array([row[name] for row in items])
        self.sets, self.kinds = column("set")[self.item], column("kind")[self.item]
        self.held = np.array([held_out(row["record"]) for row in items])[self.item]
        self.ends = np.cumsum(np.bincount(self.item, minlength=len(items)))
        self.inputs, self.mean, self.scale = self._standardised(table[:, 5:])
        holter, strips = np.isin(self.sets, ("mitdb", "svdb")), self.sets == "cinc2017"
        self.noise = np.where(holter, truth == 1, strips & (self.kinds == "~")).astype(np.float32)
        weight = np.zeros(len(table))
        weight[holter] = (truth[holter] >= 0) * WEIGHTS["holter"]
        weight[strips] = np.where(self.kinds[strips] == "~", WEIGHTS["cinc2017 noise"], WEIGHTS["cinc2017"])
        for name in ("vfdb", "cudb"):
            weight[self.sets == name] = WEIGHTS[name]
        weight[np.isin(self.sets, CLEAN_SETS)] = WEIGHTS["else"]
        weight[self.off] = 0
        self.weight, self.known = weight, holter & (truth >= 0) & ~self.off

    def _standardised(self, rows):
        rows = rows.copy()
        rows[self.off] = rows[~self.off].mean(0)
        averages = np.concatenate([self._averaged(rows, reach) for reach in REACHES], 1)
        mean, scale = averages[~self.off].mean(0), averages[~self.off].std(0) + 1e-6
        return np.clip((averages - mean) / scale, -CLIP, CLIP).astype(np.float32), mean, scale

    def _averaged(self, rows, reach):
        out = np.empty_like(rows)
        for first, end in zip(np.concatenate([[0], self.ends[:-1]]), self.ends):
            sums = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows[first:end], 0, dtype=np.float64)])
            at = np.arange(end - first)
            low, high = np.maximum(0, at - reach), np.minimum(end - first, at + reach + 1)
            out[first:end] = (sums[high] - sums[low]) / (high - low)[:, None]
        return out


def fit(data, use):
    torch.manual_seed(0)
    random = np.random.default_rng(0)
    net = torch.nn.Sequential(torch.nn.Linear(data.inputs.shape[1], HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, 1))
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-2)
    x, y, weight = (torch.tensor(v, dtype=torch.float32) for v in (data.inputs, data.noise * 0.96 + 0.02, data.weight))
    rows = np.flatnonzero(use & (data.weight > 0))
    steps = EPOCHS * (len(rows) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1)
    for _ in range(EPOCHS):
        random.shuffle(rows)
        for first in range(0, len(rows) - BATCH + 1, BATCH):
            batch = torch.tensor(rows[first : first + BATCH])
            loss = F.binary_cross_entropy_with_logits(net(x[batch])[:, 0], y[batch], reduction="none") * weight[batch]
            optimiser.zero_grad()
            loss.mean().backward()
            optimiser.step()
            schedule.step()
    return net


@torch.no_grad()
def report(data, net):
    logit = net(torch.tensor(data.inputs))[:, 0].numpy()
    noisy = (logit > THRESHOLD) | data.off
    share = lambda mask: f"{100 * noisy[mask].mean():.1f} %" if mask.any() else "-"
    print("seconds called noisy, of records held out")
    for low, high in ((-30, -3), (-3, 1.5), (1.5, 4.5), (4.5, 7.5), (9, 15), (15, 30)):
        print(f"  noise added, {low} to {high} dB:", share(data.held & data.known & (data.snr > low) & (data.snr <= high)))
    print("  nothing added:", share(data.held & data.known & (data.snr == 60)))
    segments = {kind: [] for kind in "NAO~"}
    for first, end in zip(np.concatenate([[0], data.ends[:-1]]), data.ends):
        if data.sets[first] == "cinc2017" and data.held[first]:
            for at in range(first, max(first + 1, end - 9), 5):
                segments[data.kinds[first]].append((~noisy[at : min(end, at + 10)]).sum() < 4)
    for kind, unreadable in segments.items():
        print(f"  cinc2017 {kind}: segments with fewer than 4 good seconds {100 * np.mean(unreadable):.1f} %")
    for name in ("vfdb", "cudb", "ptbxl", "cinc2011"):
        print(f"  {name}:", share(data.held & (data.sets == name)))


def literal(values) -> str:
    return "[" + ", ".join(f"{v:.4g}" for v in np.asarray(values).ravel()) + "]"


def main(source, target):
    torch.set_num_threads(1)
    data = Data(source)
    report(data, fit(data, ~data.held))
    first, _, last = fit(data, np.ones(len(data.held), bool))
    with torch.no_grad():
        parts = {
            "reachesS": REACHES, "mean": data.mean, "scale": data.scale, "hidden": first.weight, "hiddenBias": first.bias,
            "out": last.weight, "outBias": last.bias,
        }
        body = "".join(f"  {name}: {literal(values)},\n" for name, values in parts.items())
    with open(target) as file:
        head = file.read().split("export const")[0]
    with open(target, "w") as file:
        file.write(f"{head}export const QUALITY_WEIGHTS: QualityWeights = {{\n{body}  threshold: {THRESHOLD},\n}};\n")


main(*sys.argv[1:])
