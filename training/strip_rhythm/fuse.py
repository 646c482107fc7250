"""Gives a `beat-attention` model its network of strips:
`python -m strip_rhythm.fuse --data STRIPS --beats PREPARED --run RUN --model FOLDER --model-version V --out FOLDER`.

Both say whether a strip fibrillates: the mean over its beats, and the networks of the cross-validation (`crossval.py`), which
answer together from now on. How their logits are added is fitted by the logistic to what each network said of people that
it had not seen; from which probability on a strip fibrillates is where F1 is largest, against all other strips. Each half
of the strips is told with what the other half chose.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from beat_attention import figures, strips as beat_strips
from beat_attention.data import load as load_beats
from beat_attention.export import Deployed, export
from beat_attention.predict import predict_mean
from beat_attention.reread import members_of

from .crossval import answers_of
from .data import load
from .export import graph_of, networks_of

MOST_LOGIT = 5  # of the mean over the beats, as in strip-rhythm.ts
DATABASE = "cinc2017"
LIMIT = (
    "The network of strips learned from all people of {}; the figures named crossValidation.cinc2017 are of networks that had not seen "
    "the person, those named heldOut of the beats' networks alone."
)


def logit(p):
    p = np.clip(p, 1e-9, 1 - 1e-9)
    return np.clip(np.log(p / (1 - p)), -MOST_LOGIT, MOST_LOGIT)


def fitted(truth, strip, beats) -> tuple:
    """Weights of both logits and the offset, by maximum likelihood."""
    x = torch.tensor(np.stack([strip, beats, np.ones(len(strip))], 1))
    y = torch.tensor(truth, dtype=torch.float64)
    weights = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200)

    def loss():
        optimiser.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights, y)
        value.backward()
        return value

    optimiser.step(loss)
    return tuple(round(float(w), 4) for w in weights.detach())


def probability(weights, strip, beats):
    return 1 / (1 + np.exp(-(weights[0] * strip + weights[1] * beats + weights[2])))


def best_threshold(truth, p) -> float:
    """The probability from which on F1 is largest."""
    order = np.argsort(-p)
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(p) + 1) + truth.sum())
    return round(float(p[order][int(np.argmax(f1))]), 4)


def told(kind, p, threshold: float) -> dict:
    """Figures of strips, as the card stores them: of all of them, those included of which too little is seen."""
    truth = kind == "fibrillation"
    called = p >= threshold
    return {
        "strips": len(p),
        "fibrillationRocAuc": round(figures.roc_auc(truth.astype(float), p), 4),
        "fibrillationSensitivity": round(float(called[truth].mean()), 4),
        "fibrillationSpecificity": round(float(1 - called[~truth].mean()), 4),
        "fibrillationF1": round(float(2 * called[truth].sum() / (called.sum() + truth.sum())), 4),
        "fibrillationSensitivityAt97Specificity": round(float(np.mean(p[truth] > np.quantile(p[~truth], 0.97))), 4),
    }


def halves(kind, strip, beats, seen) -> list:
    """Figures of each half of the strips with what the other one chose."""
    half = np.random.default_rng(1).integers(0, 2, len(kind))
    p = np.zeros(len(kind))
    thresholds = {}
    for own in (0, 1):
        chooses = (half != own) & seen
        truth = kind[chooses] == "fibrillation"
        weights = fitted(truth, strip[chooses], beats[chooses])
        thresholds[own] = best_threshold(truth, probability(weights, strip[chooses], beats[chooses]))
        p[half == own] = np.where(seen, probability(weights, strip, beats), 0)[half == own]
    return [told(kind[half == own], p[half == own], thresholds[own]) for own in (0, 1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="strips, of `fiducial prepare --model strip-rhythm`")
    parser.add_argument("--beats", required=True, help="the same people's beats, of `fiducial prepare --model beat-attention`")
    parser.add_argument("--run", required=True, help="networks and answers of crossval.py")
    parser.add_argument("--model", required=True, help="folder of a beat-attention model")
    parser.add_argument("--model-version", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model = Path(options.model)
    card = json.loads((model / "beat-attention.json").read_text(encoding="utf-8"))
    nets = members_of(model / "beat-attention.onnx", card)
    said = answers_of(options.run, DATABASE)
    records = [r for r in load_beats(options.beats) if r.database == DATABASE and r.name in said]
    rows = [(record, predict_mean(nets, record)) for record in records]
    mean = np.array([m for _, m, _ in beat_strips.strip_answers(rows, card["parameters"]["calibration"])])
    kind = np.array([said[r.name][0] for r in records])
    strip, beats, seen = np.array([said[r.name][1] for r in records]), logit(mean), mean > 0
    weights = fitted(kind[seen] == "fibrillation", strip[seen], beats[seen])
    p = np.where(seen, probability(weights, strip, beats), 0)
    threshold = best_threshold(kind == "fibrillation", p)
    unseen = ~np.isin([r.name for r in records], card["training"]["records"])
    first, other = halves(kind, strip, beats, seen)
    metrics = {
        "crossValidation.cinc2017": told(kind, p, threshold),
        "crossValidation.cinc2017.a": first,
        "crossValidation.cinc2017.b": other,
        "crossValidation.cinc2017.unseen": told(kind[unseen], p[unseen], threshold),
    }
    print(json.dumps({"weights": weights, "threshold": threshold, **metrics}, indent=1), flush=True)
    learned = load(options.data)
    graph = graph_of(networks_of(options.run))
    rhythm = dict(zip(("strip", "beats", "offset"), weights))
    rhythm = {**rhythm, "threshold": threshold, "sha256": hashlib.sha256(graph).hexdigest()}
    parameters = card["parameters"]
    card = {
        **{key: value for key, value in card.items() if key != "files"},
        "version": options.model_version,
        "training": {**card["training"], "records": sorted({*card["training"]["records"], *(s.record for s in learned)})},
        "limits": [*card["limits"], LIMIT.format(", ".join(sorted({s.database for s in learned})))],
        "parameters": {**parameters, "strip": {**parameters["strip"], "rhythm": rhythm}},
        "metrics": {**card["metrics"], **metrics},
    }
    print(export(Deployed(nets, parameters["calibration"]), card, options.out, {"strip": graph})["files"])


if __name__ == "__main__":
    main()
