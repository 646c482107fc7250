"""By-patient cross-validation: `python -m beat_attention.crossval --data PREPARED --out FOLDER`."""

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch

from . import figures
from .data import load, name_of, thinned
from .forms import vote
from .model import CLASSES
from .predict import predict_mean
from .together import Recipe, Wanted, networks


def deal(records, folds: int) -> list:
    """Fold of each record: patients dealt back and forth within their database, those with fibrillation first, then
    those with most supraventricular beats. Records of one person, noise added or not, share a fold.
    """
    patients = {}
    for record in records:
        entry = patients.setdefault(record.patient, [record.database, 0, 0])
        entry[1] += int((record.labels == figures.S).sum())
        entry[2] |= int((record.fibrillation > 0).any())
    place = {}
    for database in sorted({entry[0] for entry in patients.values()}):
        names = sorted((p for p, e in patients.items() if e[0] == database), key=lambda p: (-patients[p][2], -patients[p][1], p))
        for i, name in enumerate(names):
            lap, at = divmod(i, folds)
            place[name] = at if lap % 2 == 0 else folds - 1 - at
    return [place[record.patient] for record in records]


def report(rows, title: str) -> dict:
    """rows: (record, answers). Prints and returns the figures per database."""
    out = {}
    for database in sorted({record.database for record, _ in rows}):
        mine = [(r, a) for r, a in rows if r.database == database]
        labels = np.concatenate([r.labels for r, _ in mine])
        predicted = np.concatenate([vote(a["classes"], r.forms).argmax(1) for r, a in mine])
        out[database] = {
            "beats": figures.beat_figures(labels, predicted),
            "segments": figures.segment_figures(
                np.concatenate([r.segments for r, _ in mine]), np.concatenate([a["segments"] for _, a in mine]),
                np.concatenate([a["segment_fibrillation"] for _, a in mine]),
            ),
        }
        for group in out[database].values():
            for name, values in group.items():
                text = " ".join(f"{k} {v:.4f}" if isinstance(v, float) else f"{k} {v}" for k, v in values.items())
                print(f"{title} {database} {name}: {text}", flush=True)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", default="", help="folds to run, as 0,1")
    parser.add_argument("--epochs", type=int, default=22)
    parser.add_argument("--members", type=int, default=3, help="networks per fold, averaged as the product averages its own")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--off", default="", help="augmentation steps to leave out, for ablations")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="networks trained at the same time")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    everyone = load(options.data)
    records = thinned(everyone)
    place = deal(records, options.folds)
    chosen = [int(k) for k in options.only.split(",")] if options.only else range(options.folds)
    recipe = Recipe(options.data, options.epochs, tuple(options.off.split(",")), options.layers, options.threads)
    learned_by = {k: {id(record) for record, fold in zip(records, place) if fold != k} for k in chosen}
    held_out = {k: frozenset(name_of(record) for record in everyone if id(record) not in learned_by[k]) for k in chosen}
    wanted = [
        Wanted(f"fold{k}-{m}", options.seed + k + 100 * m, held_out[k]) for k in chosen for m in range(options.members)
    ]
    trained = networks(wanted, recipe, out, options.jobs)
    rows, alone = [], []
    for i, k in enumerate(chosen):
        nets = trained[i * options.members : (i + 1) * options.members]
        held = [record for record, fold in zip(records, place) if fold == k]
        mine = [(record, predict_mean(nets, record)) for record in held]
        report(mine, f"fold {k}")
        rows += mine
        alone += [(record, predict_mean(nets, record, [0])) for record in held]
        answers = {name_of(r): {**a, "alone": b} for (r, a), (_, b) in zip(rows, alone)}
        with open(out / "answers.pkl", "wb") as file:
            pickle.dump(answers, file)
    report(rows, "all folds")
    report(alone, "all folds, first lead alone")
    for record, answer in rows:
        predicted = answer["classes"].argmax(1)
        table = np.zeros((len(CLASSES) + 1, len(CLASSES)), int)
        np.add.at(table, (record.labels, predicted), 1)
        s, v = table[1], table[2]
        print(
            f"{record.database}/{record.name}: S {s.sum()} found {s[1]} false {table[[0, 2, 3], 1].sum()}, "
            f"V {v.sum()} found {v[2]} false {table[[0, 1], 2].sum()}, Q called {table[:4, 4].sum()}"
        )


if __name__ == "__main__":
    main()
