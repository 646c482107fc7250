"""Fine-tunes a model with what readers corrected: `python -m beat_attention.correct --data PREPARED --model FOLDER --out RUN`.

Half of every batch is of recordings of which readers decided something, half is a replay of the others, so that what the
model knew is not forgotten. A quarter of the corrected people is held out where there are four or more, and judged with
the model before and after: the card keeps both. Calibration and threshold stay, and so do the figures of the version
before, under their names; the card says whose they are.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from .crossval import deal
from .data import epoch, load, load_lenders
from .export import Deployed, beside_of, export
from .fit import taken_up
from .go_on import BATCH, OTHER_SHARES, PLAIN_SHARES, go_on
from .model import SEQUENCE
from .predict import predict_mean
from .reread import members_of
from .train import commit, measure, save_parity

STEPS, RATE = 300, 3e-4
FOLDS = 4  # one of them is held out
HALF = BATCH // 2


def known_sequences(record, random) -> list:
    """(record, first beat) of the sequences in which a reader decided something, at a place of their own every time."""
    known = (record.labels >= 0) | (record.fibrillation >= 0)
    for start, end, row in zip(record.first, record.end, record.segments):
        known[start:end] |= (row[1:] >= 0).any()
    first = int(random.integers(-SEQUENCE // 2, SEQUENCE // 2))
    starts = [
        max(0, min(start, len(record) - SEQUENCE))
        for start in range(first, max(first + 1, len(record) - SEQUENCE // 2), SEQUENCE)
    ]
    return [(record, start) for start in starts if known[start : start + SEQUENCE].any()]


def drawn(corrected, others):
    """What a pass takes: batches of which half is corrected. Without the one kind, all of the other."""

    def draw(random) -> list:
        replay = epoch(others, random, PLAIN_SHARES, OTHER_SHARES) if others else []
        fresh = [item for record in corrected for item in known_sequences(record, random)]
        if not fresh or not replay:
            return fresh + replay
        # The few are taken again until there are as many as of the others.
        length = -(-max(len(fresh), len(replay)) // HALF) * HALF
        again = lambda items: [items[i % len(items)] for i in range(length)]
        fresh, replay = again([fresh[i] for i in random.permutation(len(fresh))]), again(replay)
        return [
            item for at in range(0, length, HALF) for half in (fresh, replay) for item in half[at : at + HALF]
        ]

    return draw


def card_of(card: dict, metrics, corrected, others, index, options) -> dict:
    """The card of the version before, with what has changed."""
    parameters = {key: card["parameters"][key] for key in ("uncertainBelow", "leads", "strip") if key in card["parameters"]}
    before = f"Figures but those of corrected recordings are of version {card['version']}, whose members this one goes on from."
    return {
        **{key: value for key, value in card.items() if key != "files"},
        "version": options.model_version,
        "training": {
            **card["training"],
            "records": sorted({*card["training"]["records"], *(r.name for r in [*corrected, *others])}),
            "commit": commit(), "seed": options.seed,
            "recipe": f"members of {card['version']}, {options.steps} steps with {len(corrected)} corrected recordings and "
            f"a replay of {len(others)}; training/beat_attention/correct.py",
            "software": f"PyTorch {torch.__version__}, NumPy {np.__version__}",
        },
        "metrics": {**{k: v for k, v in card["metrics"].items() if not k.startswith("corrected.")}, **metrics},
        "limits": [*(line for line in card["limits"] if not line.startswith("Figures but those of corrected")), before],
        "parameters": {**parameters, "featureVersion": index["featureVersion"]},
    }


def judged(name: str, nets, held_out, card) -> dict:
    """Figures of people that nobody learned from, under one name whatever their set."""
    if not held_out:
        return {}
    rows = [(record, predict_mean(nets, record)) for record in held_out]
    calibration = {**card["parameters"]["calibration"], "threshold": card["threshold"]["value"]}
    groups = list(measure(rows, calibration).values())
    return {f"corrected.{name}": {"recordings": len(rows), **{k: v for group in groups for k, v in group.items()}}}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True, help="folder of beat-attention.onnx and its card")
    parser.add_argument("--out", required=True, help="members, and the model in `model/`")
    parser.add_argument("--model-out", default="", help="folder of the model, instead of that")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hold-out", choices=["some", "none"], default="some")
    parser.add_argument("--model-version", required=True)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    out, model = Path(options.out), Path(options.model)
    index = json.loads((Path(options.data) / "index.json").read_text())
    decided = {(row["database"], row["record"]) for row in index["records"] if row.get("decided")}
    records = load(options.data)
    is_corrected = [(r.database, r.name) in decided for r in records]
    corrected = [r for r, own in zip(records, is_corrected) if own]
    others = [r for r, own in zip(records, is_corrected) if not own]
    apart = []
    if options.hold_out == "some" and len({r.patient for r in corrected}) >= FOLDS:
        place = deal(corrected, FOLDS)
        apart = [r for r, fold in zip(corrected, place) if fold == 0]
        corrected = [r for r, fold in zip(corrected, place) if fold > 0]
    card = json.loads((model / "beat-attention.json").read_text())
    nets = members_of(model / "beat-attention.onnx", card)
    metrics = judged("before", nets, apart, card)
    learning, lenders = [*corrected, *others], load_lenders(options.data)
    for k in range(len(nets)):
        log = lambda text: print(f"member {k} {text}", flush=True)
        draw = drawn(corrected, others)
        train = lambda: go_on(nets[k], learning, lenders, options.steps, options.seed + 100 * k, log, draw, options.rate)
        nets[k] = taken_up(out / f"member{k}.pt", train)
    metrics = {**metrics, **judged("after", nets, apart, card)}
    print(json.dumps(metrics, indent=1), flush=True)
    deployed = Deployed(nets, card["parameters"]["calibration"])
    save_parity(deployed, learning, out)
    new = card_of(card, metrics, corrected, others, index, options)
    written = export(deployed, new, options.model_out or out / "model", beside_of(model))
    print(written["files"]["scan"])


if __name__ == "__main__":
    main()
