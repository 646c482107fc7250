"""Calibrates `review` of a model anew by what its own recipe answered of people that it had not seen:
`python -m beat_attention.recalibrate --data PREPARED --answers PKL --answers PKL ... --model FOLDER --out FOLDER`.

For a model of networks of several recipes (`join.py`), whose calibration was the mean of theirs; here the answers of all
are averaged first. Threshold, refer band and what is asked of strips move along, so that no verdict changes by it; the
figures of the cross-validation on the card are measured anew. Where the networks are the same, so are both graphs but for
two numbers.
"""

import argparse
import json
import pickle
from pathlib import Path

import numpy as np
import torch

from .calibrate import platt, truths
from .data import load, name_of
from .export import Deployed, beside_of, export
from .reread import members_of
from .train import measure


def averaged(paths) -> dict:
    """The mean of several networks' answers by record, for those that all of them answered; several files may hold one
    network's, a fold each: those of one folder and one name before `-answers`."""
    by = {}
    for path in map(Path, paths):
        by.setdefault((path.parent, path.name.split("-answers")[0]), {}).update(pickle.loads(path.read_bytes()))
    networks = list(by.values())
    common = [name for name in networks[0] if all(name in one for one in networks)]
    return {
        name: {key: sum(one[name][key] for one in networks) / len(networks) for key in networks[0][name]}
        for name in common
    }


def moved(probability: float, before, after) -> float:
    """The probability that a logit has by another calibration, (slope, offset) of either."""
    logit = (np.log(probability / (1 - probability)) - before[1]) / before[0]
    return float(1 / (1 + np.exp(-(logit * after[0] + after[1]))))


def review_of(rows) -> tuple:
    """Slope and offset by maximum likelihood over the segments of all people."""
    truth = np.concatenate([truths(record.segments)[:, 1] for record, _ in rows])
    logits = np.concatenate([answer["segments"][:, 1] for _, answer in rows])
    known = (truth >= 0) & ~np.isnan(logits)
    return platt(truth[known], logits[known])


def recalibrated(card: dict, review: tuple) -> dict:
    """The card with another calibration of `review`; every verdict stays."""
    parameters = card["parameters"]
    before = parameters["calibration"]["review"]
    band = {edge: round(moved(value, before, review), 4) for edge, value in card["referBand"].items()}
    strip = parameters.get("strip")
    scaled = {"strip": {**strip, "shiftLogit": round(strip["shiftLogit"] * review[0] / before[0], 4)}} if strip else {}
    return {
        **card,
        "threshold": {**card["threshold"], "value": round(moved(card["threshold"]["value"], before, review), 4)},
        "referBand": band,
        "parameters": {**parameters, **scaled, "calibration": {**parameters["calibration"], "review": list(review)}},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--answers", action="append", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--model-version", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model = Path(options.model)
    card = json.loads((model / "beat-attention.json").read_text(encoding="utf-8"))
    nets = members_of(model / "beat-attention.onnx", card)
    answers = averaged(options.answers)
    rows = [(record, answers[name_of(record)]) for record in load(options.data) if name_of(record) in answers]
    new = recalibrated(card, review_of(rows))
    calibration = {**new["parameters"]["calibration"], "threshold": new["threshold"]["value"]}
    calibration = {**calibration, "classOffset": np.array(calibration["classOffset"])}
    metrics = measure(rows, calibration)
    print(json.dumps({"review": calibration["review"], "threshold": new["threshold"], "metrics": metrics}, indent=1), flush=True)
    new = {**{key: value for key, value in new.items() if key != "files"}, "version": options.model_version}
    new["metrics"] = {**card["metrics"], **metrics}
    new["limits"] = [line for line in card["limits"] if not line.startswith("Cross-validation figures are of two")]
    deployed = Deployed(nets, new["parameters"]["calibration"])
    print(export(deployed, new, options.out, beside_of(model))["files"]["scan"])


if __name__ == "__main__":
    main()
