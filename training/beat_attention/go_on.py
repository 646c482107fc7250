"""Goes on from the shipped members with more people: `python -m beat_attention.go_on --data PREPARED --model FOLDER --out RUN`.

A training from nothing takes hours on two busy cores; the members already know the beats of mitdb and svdb. Of every
other set a quarter of the people is held out, by the dealing of `crossval`: half of them choose (calibration of
fibrillation, what is asked of strips), the other half is reported. Of mitdb and svdb nobody is held out, so nothing new
is said of them: their cross-validation stays that of the version before, and the card says so.
"""

import argparse
import json
import pickle
import random as python_random
from pathlib import Path

import numpy as np
import torch

from . import figures
from .augment import augment
from .calibrate import platt
from .crossval import deal
from .data import cut, epoch, load, load_lenders
from .export import Deployed, export
from .fit import TASK_WEIGHTS, losses, people_to_borrow_from, taken_up
from .predict import predict_mean
from .reread import members_of
from .train import commit, save_parity

FOLDS = 4
KNOWN = ("mitdb", "svdb")
STEPS, BATCH, RATE, WEIGHT_DECAY = 900, 16, 8e-4, 0.02
#: Strips of cinc2017 that are used, so that they do not drown the others.
STRIPS = {"sinus": 800, "other": 650}
#: Share of the sequences that a pass over the records takes, in which nothing is known to be abnormal, and of others.
PLAIN_SHARES = {"cinc2017": 0.35, "mimic-perform-af": 0.15, "vfdb": 0.25, "svdb": 0.3, "else": 0.4}
OTHER_SHARES = {"cinc2017": 1.0, "mimic-perform-af": 0.25, "vfdb": 0.5, "svdb": 0.55, "else": 0.6}
#: Share of the segments of strips of sinus rhythm that may be flagged.
FLAGGED_STRIPS = 0.03
FEWEST_BEATS = 6  # of a strip of which something is said, as in beat-episodes.ts


def kind_of(strip) -> str:
    """sinus, fibrillation, or other, as the strip's label has it."""
    if (strip.fibrillation > 0).any():
        return "fibrillation"
    return "sinus" if (strip.labels == 0).any() else "other"


def thinned(records) -> list:
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


def strip_answers(rows, calibration) -> list:
    """Per strip (kind, mean probability of fibrillation, logits of its segments under `review`)."""
    out = []
    slope, offset = calibration["fibrillation"]
    review = calibration["review"]
    for record, answer in rows:
        if record.database != "cinc2017":
            continue
        p = 1 / (1 + np.exp(-(answer["fibrillation"][record.seen] * slope + offset)))
        logits = answer["segments"][:, 1]
        logits = logits[~np.isnan(logits)] * review[0] + review[1]
        out.append((kind_of(record), p.mean() if len(p) >= FEWEST_BEATS else 0.0, logits))
    return out


def choose(rows, calibration: dict, threshold: float) -> dict:
    """Calibration of fibrillation and what is asked of strips, from people that nobody learned from."""
    known = [(r.fibrillation[r.seen], a["fibrillation"][r.seen]) for r, a in rows]
    truth, logit = (np.concatenate(parts) for parts in zip(*known))
    use = truth >= 0
    calibration = {**calibration, "fibrillation": platt(truth[use], logit[use])}
    strips = strip_answers(rows, calibration)
    sinus = np.concatenate([logits for kind, _, logits in strips if kind == "sinus"])
    shift = np.log(threshold / (1 - threshold)) - np.quantile(sinus, 1 - FLAGGED_STRIPS)
    means = np.array([mean for _, mean, _ in strips])
    fibrillates = np.array([kind == "fibrillation" for kind, _, _ in strips])
    f1 = lambda t: 2 * ((means >= t) & fibrillates).sum() / max(1, (means >= t).sum() + fibrillates.sum())
    limits = np.linspace(0.1, 0.9, 33)
    # Balanced sets: the best F1 here, and not below the limit that keeps 97 % of the strips that do not fibrillate.
    best = max(limits, key=f1)
    least = np.quantile(means[~fibrillates], 0.97)
    strip = {"shiftLogit": round(float(min(0, shift)), 3), "fibrillationMean": round(float(max(best, least)), 3)}
    return {"calibration": calibration, "strip": strip}


def measure(rows, chosen: dict, threshold: float) -> dict:
    """Figures of the people reported, by set, as the card stores them."""
    strips = strip_answers(rows, chosen["calibration"])
    strip = chosen["strip"]
    fibrillates = np.array([kind == "fibrillation" for kind, _, _ in strips])
    means = np.array([mean for _, mean, _ in strips])
    called = means >= strip["fibrillationMean"]
    limit = np.log(threshold / (1 - threshold)) - strip["shiftLogit"]
    of = lambda wanted: [logits for kind, _, logits in strips if kind == wanted and len(logits)]
    out = {"heldOut.cinc2017": {
        "strips": len(strips),
        "fibrillationRocAuc": round(figures.roc_auc(fibrillates.astype(float), means), 4),
        "fibrillationSensitivity": round(float(called[fibrillates].mean()), 4),
        "fibrillationSpecificity": round(float(1 - called[~fibrillates].mean()), 4),
        "sinusSegmentsFlagged": round(float(np.mean(np.concatenate(of("sinus")) >= limit)), 4),
        "sinusStripsFlagged": round(float(np.mean([(logits >= limit).any() for logits in of("sinus")])), 4),
    }}
    for database in ("ptbxl", "mimic-perform-af", "cpsc2021", "vfdb"):
        mine = [(r, a) for r, a in rows if r.database == database]
        if not mine:
            continue
        found = figures.segment_figures(
            np.concatenate([r.segments for r, _ in mine]), np.concatenate([a["segments"] for _, a in mine]),
            np.concatenate([a["segment_fibrillation"] for _, a in mine]),
        )
        names = {"auc": "RocAuc", "se@sp90": "SensitivityAt90Specificity", "se@sp95": "SensitivityAt95Specificity"}
        group = {
            task + names[name]: round(value, 4)
            for task, values in found.items() for name, value in values.items() if name in names
        }
        out[f"heldOut.{database}"] = {"recordings": len(mine), **group}
    return out


def card_of(card: dict, chosen, metrics, records, index, options) -> dict:
    """The card of the version before, with what has changed."""
    sets = sorted({record.database for record in records})
    parameters = {
        **{key: card["parameters"][key] for key in ("uncertainBelow", "leads")},
        "featureVersion": index["featureVersion"], "strip": chosen["strip"],
    }
    before = {name: values for name, values in card["metrics"].items() if name.startswith("crossValidation")}
    new = [
        "Cross-validation figures are of version 1.2.0, whose members this version goes on from: of MIT-BIH and svdb nobody was held out of the later training.",
        f"Later training: {', '.join(sets)}; the figures named heldOut are of people of these sets that it did not see.",
    ]
    limits = [line for line in card["limits"] if not line.startswith(("Paced hearts", "Fibrillation was learnt", "Trained on 61"))]
    return {
        **{key: value for key, value in card.items() if key != "files"},
        "version": options.model_version,
        "training": {
            **card["training"],
            "records": sorted({*card["training"]["records"], *(r.name for r in records)}),
            "commit": commit(), "seed": options.seed,
            "recipe": f"members of {card['version']}, {options.steps} steps more; training/beat_attention/go_on.py",
            "software": f"PyTorch {torch.__version__}, NumPy {np.__version__}",
        },
        "metrics": {**before, **metrics},
        "limits": [*limits, *new],
        "parameters": parameters,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True, help="folder of beat-attention.onnx and its card")
    parser.add_argument("--out", required=True, help="members, answers, and the model in `model/`")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--members", default="", help="train only these, as 0,1; several may run side by side")
    parser.add_argument("--model-version", default="1.3.0")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    out, model = Path(options.out), Path(options.model)
    records = thinned(load(options.data))
    place = deal(records, FOLDS)
    is_new = [not r.database.startswith(KNOWN) for r in records]
    apart = [r for r, fold, new in zip(records, place, is_new) if fold == 0 and new]
    learning = [r for r, fold, new in zip(records, place, is_new) if not (fold == 0 and new)]
    lenders = load_lenders(options.data)
    card = json.loads((model / "beat-attention.json").read_text())
    nets = members_of(model / "beat-attention.onnx", card)
    only = [int(k) for k in options.members.split(",")] if options.members else range(len(nets))
    for k in only:
        log = lambda text: print(f"member {k} {text}", flush=True)
        train = lambda: go_on(nets[k], learning, lenders, options.steps, options.seed + 100 * k, log)
        nets[k] = taken_up(out / f"member{k}.pt", train)
    if options.members:
        return
    rows = [(record, predict_mean(nets, record)) for record in apart]
    (out / "answers.pkl").write_bytes(pickle.dumps({f"{r.database}/{r.name}": a for r, a in rows}))
    threshold = card["threshold"]["value"]
    chosen = choose(rows[0::2], card["parameters"]["calibration"], threshold)
    metrics = measure(rows[1::2], chosen, threshold)
    print(json.dumps({**chosen, "metrics": metrics}, indent=1), flush=True)
    deployed = Deployed(nets, chosen["calibration"])
    index = json.loads((Path(options.data) / "index.json").read_text())
    save_parity(deployed, apart, out)
    written = export(deployed, card_of(card, chosen, metrics, learning, index, options), out / "model")
    print(written["files"]["scan"])


if __name__ == "__main__":
    main()
