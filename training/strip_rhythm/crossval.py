"""Trains networks of strips: `python -m strip_rhythm.crossval --data PREPARED --out RUN --fold K` one for a fold, with its answers
to the people of that fold; without `--fold` one on everybody."""

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch

from .data import folds_of, load
from .fit import answers, train

EPOCHS, FOLDS = 24, 5


def answers_of(run, database: str) -> dict:
    """What the networks of a run said of the strips of a set that they had not seen: (kind, logit of fibrillation) by record, the
    mean over its leads."""
    told = {}
    for path in sorted(Path(run).glob("fold*.pkl")):
        for own, record, kind, value in pickle.loads(path.read_bytes()):
            if own == database:
                told.setdefault(record, (kind, []))[1].append(value)
    return {record: (kind, float(np.mean(values))) for record, (kind, values) in told.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--fold", type=int, default=-1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    strips = load(options.data)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    name = f"{'all' if options.fold < 0 else f'fold{options.fold}'}-{options.seed}"
    if (out / f"{name}.pt").exists():
        return
    outside = folds_of(strips, FOLDS) == options.fold
    net = train(
        [strip for strip, held in zip(strips, outside) if not held], options.epochs, 10 * options.seed + options.fold + 1,
        lambda text: print(f"{name}: {text}", flush=True),
    )
    held = [strip for strip, own in zip(strips, outside) if own]
    if held:
        told = [(s.database, s.record, s.kind, float(v)) for s, v in zip(held, answers([net], held))]
        (out / f"{name}.pkl").write_bytes(pickle.dumps(told))
    torch.save(net.state_dict(), out / f"{name}.pt")


if __name__ == "__main__":
    main()
