"""Command line of the training; `npm run train` calls it.

    python -m attention_cnn train --segments DIR --run DIR [--folds 4] [--epochs N] [--records a,b]
    python -m attention_cnn export --run DIR --card CARD.json --segments DIR --out DIR

`train` leaves in the run folder: checkpoints, `model.pt` (weights of the final model) and `training.json` (recipe,
folds and the predictions that figures are computed from). `export` writes the ONNX graphs and the card, and
PyTorch's answers on some real segments (`parity.json`, `parity.f32`) to compare ONNX Runtime with.
"""

import argparse
import dataclasses
import json
import platform
import shutil
from pathlib import Path

import numpy as np
import torch

from common import checkpoint
from common.segments import read_segments

from .cross_validate import cross_validate, leaky_split
from .descend import device_in_use
from .export import export, reference_outputs, round_large_layer, scale_margin
from .fit import fit
from .model import AttentionCnn
from .recipe import Recipe
from .teacher import begin_with

PARITY_SEGMENTS = 48


def main() -> None:
    parser = argparse.ArgumentParser(prog="attention_cnn", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    train_parser = commands.add_parser("train")
    train_parser.add_argument("--segments", required=True, type=Path)
    train_parser.add_argument("--run", required=True, type=Path)
    train_parser.add_argument("--records", help="names with commas between; default all")
    train_parser.add_argument("--folds", type=int, default=4)
    train_parser.add_argument("--commit", default="unknown", help="of the code, for the card")
    train_parser.add_argument("--threads", type=int, help="default: PyTorch's own choice")
    for field in dataclasses.fields(Recipe):
        kind = type(field.default)
        if kind is not bool:
            train_parser.add_argument(
                f"--{field.name.replace('_', '-')}", type=kind, default=field.default
            )
    export_parser = commands.add_parser("export")
    export_parser.add_argument("--run", required=True, type=Path)
    export_parser.add_argument("--card", required=True, type=Path)
    export_parser.add_argument("--segments", required=True, type=Path)
    export_parser.add_argument("--out", required=True, type=Path)
    options = parser.parse_args()
    train(options) if options.command == "train" else write_files(options)


def log(text: str) -> None:
    print(text, flush=True)


def train(options) -> None:
    if options.threads:
        torch.set_num_threads(options.threads)
    names = [field.name for field in dataclasses.fields(Recipe)]
    recipe = Recipe(**{name: getattr(options, name) for name in names if hasattr(options, name)})
    records = options.records.split(",") if options.records else None
    segments = read_segments(options.segments, recipe.scheme, records)
    software = f"PyTorch {torch.__version__}, Python {platform.python_version()}"
    log(f"{len(segments)} segments of {len(set(segments.patient))} patients; {software}, {device_in_use()}")
    runs, commit = begin(options, recipe, segments)

    beginning = begin_with(recipe, runs, log)
    crossed = cross_validate(segments, recipe, options.folds, runs, beginning, log)
    leaky = leaky_split(segments, recipe, crossed["epochs"], runs, beginning, log)
    log(f"Final model on all patients; {crossed['epochs']} epochs")
    everything = np.arange(len(segments))
    model, _ = fit(
        segments, everything, {}, recipe, runs / "final.pt", beginning, crossed["epochs"], log
    )
    model = scale_margin(round_large_layer(model.spread()), *crossed["calibration"])
    checkpoint.save(options.run / "model.pt", model.state_dict())

    def rows(which, probability, fold=None):
        return [
            {
                "record": str(segments.record[i]),
                "patient": str(segments.patient[i]),
                "startS": float(segments.start_s[i]),
                "abnormal": bool(segments.abnormal[i]),
                "probability": round(float(p), 6),
                **({} if fold is None else {"fold": int(fold[i])}),
            }
            for i, p in zip(which, probability)
        ]

    result = {
        "recipe": dataclasses.asdict(recipe),
        "software": software,
        "commit": commit,
        "records": sorted(set(segments.record.tolist())),
        "source": segments.source,
        "epochs": crossed["epochs"],
        "calibration": crossed["calibration"],
        "folds": crossed["folds"],
        "crossValidation": rows(everything, crossed["probability"], crossed["fold"]),
        "leakyRandomSplit": rows(leaky["rows"], leaky["probability"]),
    }
    (options.run / "training.json").write_text(json.dumps(result), encoding="utf-8")
    aucs = [fold["rocAuc"] for fold in crossed["folds"] if fold["rocAuc"] is not None]
    if aucs:
        log(f"Mean ROC-AUC of {len(aucs)} folds {np.mean(aucs):.4f}")


def begin(options, recipe: Recipe, segments) -> tuple:
    """The folder of checkpoints, and the commit that they were begun with.

    Emptied when they belong to another recipe, other data or another number of folds.
    """
    runs = options.run / "checkpoints"
    runs.mkdir(parents=True, exist_ok=True)
    identity = {
        **dataclasses.asdict(recipe),
        "folds": options.folds,
        "records": sorted(set(segments.record.tolist())),
        "segments": len(segments),
    }
    note = runs / "run.json"
    if note.exists():
        known = json.loads(note.read_text())
        if known["identity"] == identity:
            return runs, known["commit"]
        log("The checkpoints here are of another run: starting afresh")
        shutil.rmtree(runs)
        runs.mkdir()
    note.write_text(json.dumps({"identity": identity, "commit": options.commit}))
    return runs, options.commit


def write_files(options) -> None:
    model = AttentionCnn()
    model.load_state_dict(checkpoint.load(options.run / "model.pt"))
    model.eval()
    card = json.loads(options.card.read_text(encoding="utf-8"))
    export(model, card, options.out)
    segments = read_segments(options.segments, card["scheme"])
    some = segments.samples[:: max(1, len(segments) // PARITY_SEGMENTS)][:PARITY_SEGMENTS]
    reference = reference_outputs(model, some)
    some.astype("<f4").tofile(options.run / "parity.f32")
    (options.run / "parity.json").write_text(
        json.dumps({key: value.astype(float).ravel().tolist() for key, value in reference.items()})
    )


main()
