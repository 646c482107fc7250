"""The shipped model: `python -m beat_attention.train --data PREPARED --answers CV/answers.pkl --out resources/models`.

Calibration, threshold and figures come from the cross-validation's out-of-fold answers; the weights are then trained
on every record, or on those that a card before names (`--people-of`), so that the same people stay held out of both.
"""

import argparse
import json
import pickle
import subprocess
import zlib
from pathlib import Path

import numpy as np
import torch

from . import figures, strips
from .augment import plain
from .calibrate import calibrate, truths
from .data import cut, load, name_of, thinned
from .export import INPUTS, NAME, Deployed, export, outputs_of
from .forms import vote
from .together import Recipe, Wanted, networks

RESAMPLES = 200
LEADS_READ = 3
UNCERTAIN_BELOW = 0.45
LIMITS = [
    "Research and education only; not a medical device.",
    "Bundle branch block counts as N and is not flagged by itself; new block or aberrant conduction may be called V. Pre-excitation is likely to be missed.",
    "Fusion beats (F) are rarely recognised; most are called V or N.",
    "Recordings of a minute or less are judged more strictly: single ectopic beats in them are missed more often.",
    "Paced hearts are recognised by their spikes from 300 samples per second on; where the spikes do not show, paced beats may be called V. "
    "Beats between paced ones are judged as any others.",
    "A tachycardia that lasts through a whole recording has no slower rhythm to be compared with and may be called N.",
    "ST changes, QT, infarction and conduction intervals are not judged.",
]


def estimate(rows, figure, resamples: int = RESAMPLES) -> dict:
    """A figure over records with its 95 % interval from a bootstrap over records; None where there is nothing to judge."""
    random = np.random.default_rng(1)
    values = []
    for _ in range(resamples):
        value = figure([rows[i] for i in random.integers(0, len(rows), len(rows))])
        if np.isfinite(value):
            values.append(value)
    whole = figure(rows)
    if not values or not np.isfinite(whole):
        return None
    low, high = np.percentile(values, [2.5, 97.5])
    return {"value": round(whole, 4), "low": round(float(low), 4), "high": round(float(high), 4)}


def share(hits) -> float:
    return float(hits.mean()) if len(hits) else float("nan")


def measure(rows, calibration) -> dict:
    """Figures of the calibrated out-of-fold answers per database, as the card stores them."""
    metrics = {}
    for database in sorted({record.database for record, _ in rows}):
        mine = [(r, a) for r, a in rows if r.database == database]
        classed = {
            id(r): vote(a["classes"] / calibration["temperature"] + calibration["classOffset"], r.forms).argmax(1)
            for r, a in mine
        }
        group = {}

        def segments(task, figure):
            k = ("ectopy", "review").index(task)
            slope, shift = calibration[task]

            def value(sample):
                truth = np.concatenate([truths(r.segments)[:, k] for r, _ in sample])
                logit = np.concatenate([a["segments"][:, k] for _, a in sample]) * slope + shift
                logit = np.nan_to_num(logit, nan=figures.NO_BEATS_LOGIT)
                known = truth >= 0
                return figure(truth[known], 1 / (1 + np.exp(-logit[known])))

            return estimate(mine, value)

        for task in ("ectopy", "review"):
            group[f"{task}RocAuc"] = segments(task, figures.roc_auc)
            group[f"{task}SensitivityAt90Specificity"] = segments(task, lambda t, p: figures.sensitivity_at(t, p, 0.9))
            group[f"{task}CalibrationError"] = segments(task, figures.calibration_error)
        threshold = calibration["threshold"]
        group["reviewSensitivity"] = segments("review", lambda t, p: share(p[t > 0] >= threshold))
        group["reviewSpecificity"] = segments("review", lambda t, p: share(p[t == 0] < threshold))

        def beats(name, key):
            def value(sample):
                labels = np.concatenate([r.labels for r, _ in sample])
                return figures.beat_figures(labels, np.concatenate([classed[id(r)] for r, _ in sample]))[name][key]

            return estimate(mine, value)

        for name in ("S", "V"):
            group[f"{name.lower()}F1"] = beats(name, "f1")
            group[f"{name.lower()}Sensitivity"] = beats(name, "se")
            group[f"{name.lower()}PositivePredictivity"] = beats(name, "ppv")
        if any((r.segments[:, 3] > 0).any() for r, _ in mine):
            truth = np.concatenate([r.segments[:, 3] for r, _ in mine])
            score = np.nan_to_num(np.concatenate([a["segment_fibrillation"] for _, a in mine]), nan=-9.0)
            truth, score = truth[truth >= 0], score[truth >= 0]
            group["fibrillationRocAuc"] = round(figures.roc_auc(truth, score), 4)
            group["fibrillationSensitivityAt95Specificity"] = round(figures.sensitivity_at(truth, score, 0.95), 4)
        metrics[f"crossValidation.{database}"] = {k: v for k, v in group.items() if v is not None}
    return metrics


def commit() -> str:
    try:
        return subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def set_of(record) -> str:
    """by beat, rhythms alone, or noisy: what the set of a record tells, and what its answers are good for."""
    if record.database.endswith("-noisy"):
        return "noisy"
    return "rhythms alone" if record.database in strips.RHYTHMS_ALONE else "by beat"


def halves_of(rows) -> list:
    """Rows whose patients choose, and rows whose patients are reported; by chance, always the same."""
    return [[row for row in rows if zlib.crc32(row[0].patient.encode()) % 2 == half] for half in (0, 1)]


def chosen(rows) -> tuple:
    """(calibration, strip, metrics) from (record, out-of-fold answers). What is asked of strips is chosen on one half of
    them, and told on the other; strip is None without strips."""
    of = lambda wanted: [row for row in rows if set_of(row[0]) == wanted]
    told, rest = of("by beat"), of("rhythms alone")
    halves = halves_of(rest)
    # What is no fibrillation in vfdb is tachycardia and fibrillation of the ventricles, which is told of before it is asked.
    calibration = calibrate(told, [row for row in halves[0] if row[0].database != "vfdb"])
    metrics = measure(told, calibration)
    if not any(record.database == "cinc2017" for record, _ in halves[0]):
        return calibration, None, metrics
    strip = strips.choose(halves[0], calibration, calibration["threshold"])
    return calibration, strip, {**metrics, **strips.measure(halves[1], calibration, strip, calibration["threshold"], "crossValidation")}


def people_of(card_file, records) -> list:
    """The records of sets that tell what each beat is, and of the others those that the card names."""
    before = set(json.loads(Path(card_file).read_text())["training"]["records"])
    return [r for r in records if r.name in before or set_of(r) != "rhythms alone"]


def card_of(records, calibration, strip, metrics, recipe: str, options, index) -> dict:
    """The card, but for what export adds. records: names of those that the members learned from."""
    return {
        "id": NAME,
        "version": options.model_version,
        "title": "Beat attention",
        "kind": "beat-attention",
        "scheme": "review",
        "leads": {"min": 1, "max": LEADS_READ, "preferred": ["MLII", "II", "V1"]},
        "samplingRateHz": index["window"]["rateHz"],
        "windowSamples": 10 * index["window"]["rateHz"],
        "hopSamples": 5 * index["window"]["rateHz"],
        "filter": {"lowHz": 0.5, "highHz": 50, "order": 5},
        "threshold": {
            "value": round(calibration["threshold"], 4),
            "chosen": "highest threshold with 95 % sensitivity for review on patients held out of training "
            "(out-of-fold, all folds together)",
        },
        "referBand": {key: round(value, 4) for key, value in calibration["referBand"].items()},
        "training": {
            "records": records,
            "commit": commit(),
            "seed": options.seed,
            "recipe": recipe,
            "software": f"PyTorch {torch.__version__}, NumPy {np.__version__}",
        },
        "metrics": metrics,
        "limits": LIMITS,
        "parameters": {
            "featureVersion": index["featureVersion"], "uncertainBelow": UNCERTAIN_BELOW, "leads": LEADS_READ,
            **({"strip": strip} if strip else {}),
        },
    }


@torch.no_grad()
def save_parity(deployed, records, folder, sequences: int = 6) -> None:
    """Writes inputs and PyTorch's outputs for the first sequence of some records, spread over all of them."""
    chosen = records[:: max(1, len(records) // sequences)][:sequences]
    batch = plain(cut([(record, 0) for record in chosen], max(r.windows.shape[1] for r in records)))
    inputs = dict(zip(INPUTS, batch.inputs()))
    outputs = dict(zip(outputs_of(len(deployed.members)), deployed.eval()(*inputs.values())))
    flat = lambda values: {k: {"dims": list(v.shape), "data": v.reshape(-1).tolist()} for k, v in values.items()}
    text = json.dumps({"inputs": flat(inputs), "outputs": flat(outputs)})
    (Path(folder) / "beat-parity.json").write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--answers", required=True, help="out-of-fold answers of crossval")
    parser.add_argument("--out", required=True)
    parser.add_argument("--epochs", type=int, default=22)
    parser.add_argument("--members", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weights", required=True, help="folder of already trained members, or where to keep them")
    parser.add_argument("--model-version", default="1.0.0")
    parser.add_argument("--people-of", default="", help="a card: of sets without classes of beats learn from its people alone")
    parser.add_argument("--parity", default="", help="folder for PyTorch's own answers on real beats")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="networks trained at the same time")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    records = load(options.data)
    index = json.loads((Path(options.data) / "index.json").read_text())
    answers = pickle.loads(Path(options.answers).read_bytes())
    calibration, strip, metrics = chosen([(r, answers[name_of(r)]) for r in records if name_of(r) in answers])
    print(json.dumps({"calibration": calibration, "strip": strip, "metrics": metrics}, indent=1), flush=True)
    learned = people_of(options.people_of, records) if options.people_of else thinned(records)
    without = frozenset(map(name_of, records)) - frozenset(map(name_of, learned))
    wanted = [Wanted(f"member{k}", options.seed + 100 * k, without) for k in range(options.members)]
    training = Recipe(options.data, options.epochs, threads=options.threads)
    members = networks(wanted, training, options.weights, options.jobs)
    parts = {k: calibration[k] for k in ("temperature", "classOffset", "fibrillation", "review", "ectopy")}
    deployed = Deployed(members, parts)
    if options.parity:
        save_parity(deployed, learned, options.parity)
    recipe = f"{options.members} members, {options.epochs} epochs each, AdamW; training/beat_attention/fit.py"
    names = [record.name for record in learned]
    card = export(deployed, card_of(names, calibration, strip, metrics, recipe, options, index), options.out)
    print(card["files"]["scan"])


if __name__ == "__main__":
    main()
