"""Fits the two logistic regressions of the QRS detector (src/core/beats/qrs-weights.ts).

    node scripts/run-ts.mjs scripts/qrs-candidates.ts CANDIDATES DATABASE...
    python training/qrs/fit.py CANDIDATES src/core/beats/qrs-weights.ts

First prints, for records that the fit has not seen (fifths of the records), how many candidates are rightly taken;
then fits on all records and writes the weights. Needs numpy alone.
"""
import json
import os
import sys

import numpy as np

FOLDS = 5
ACCEPT = 0.5
RIDGE = 1.0  # of the squared weights of standardised features
# As recorded counts most.
VARIANT_WEIGHT = {"asRecorded": 3, "firstLead": 1, "secondLead": 0.5, "noisy": 0.5, "firstLeadNoisy": 0.3}
# V1 alone of MIT-BIH often shows no QRS complex, only P waves as large: judged, but nothing is to be learned from it.
# With it, half the beats of a tachycardia without a baseline are lost (detect-qrs.test.ts, to be run on new weights).
LEFT_OUT = {("secondLead", "mitdb")}


def fit(x, y, weight):
    """Ridge logistic regression by Newton's method; returns weights and bias for x as it is."""
    mean, scale = x.mean(0), x.std(0) + 1e-12
    z = np.hstack([(x - mean) / scale, np.ones((len(x), 1))])
    penalty = RIDGE * np.eye(z.shape[1])
    penalty[-1, -1] = 0
    w = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        gradient = z.T @ (weight * (p - y)) + penalty @ w
        hessian = (z * (weight * p * (1 - p))[:, None]).T @ z + penalty
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    own = w[:-1] / scale
    return own, w[-1] - own @ mean


def predict(x, model):
    return 1 / (1 + np.exp(-np.clip(x @ model[0] + model[1], -30, 30)))


def rhythm_features(group, time, accepted):
    """The same as qrs-rhythm-features.ts, per variant and record."""
    out = np.zeros((len(time), 10))
    bounds = np.flatnonzero(np.diff(group, prepend=-1, append=-1))
    for first, last in zip(bounds[:-1], bounds[1:]):
        beats = time[first:last][accepted[first:last]]
        rr = np.diff(beats)
        places = np.searchsorted(beats, time[first:last] - 1e-9)
        for k, j in zip(range(first, last), places):
            before = min(3, time[k] - beats[j - 1] if j > 0 else 2)
            following = j + 1 if accepted[k] else j
            after = min(3, beats[following] - time[k] if following < len(beats) else 2)
            near = np.sort(rr[max(0, j - 7) : j + 6])
            median = near[int(0.5 * (len(near) - 1))] if len(near) > 2 else 0.8
            median = min(2, max(0.3, median))
            r1, r2 = before / median, after / median
            nearer = min(r1, r2)
            out[k] = [
                min(r1, 2),
                min(r2, 2),
                min(nearer, 1),
                max(0, 0.6 - nearer),
                max(0, 0.4 - nearer),
                max(0, min(6, r1 + r2) - 1.5),
                min(r1 + r2, 4),
                abs(r1 - round(r1)),
                max(0, 0.35 - before),
                max(0, 0.35 - after),
            ]
    return out


def cross_validated(x, y, weight, fold):
    p = np.zeros(len(y))
    for k in range(FOLDS):
        rest = (fold != k) & (weight > 0)
        p[fold == k] = predict(x[fold == k], fit(x[rest], y[rest], weight[rest]))
    return p


def literal(name, model):
    weights = "".join(f"    {value:.5g},\n" for value in model[0])
    return f"export const {name}: LogisticWeights = {{\n  bias: {model[1]:.5g},\n  weights: [\n{weights}  ],\n}};\n"


def main(source, target):
    with open(source + ".json") as file:
        facts = json.load(file)
    rows = np.fromfile(source + ".f64").reshape(-1, 4 + len(facts["features"]))
    rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
    variant, record = rows[:, 0].astype(int), rows[:, 1].astype(int)
    time, label, shape = rows[:, 2], rows[:, 3], rows[:, 4:]
    weight = np.array([VARIANT_WEIGHT[name] for name in facts["variants"]], float)[variant] * (label >= 0)
    for v, name in enumerate(facts["variants"]):
        for i, entry in enumerate(facts["records"]):
            if (name, os.path.basename(entry["database"])) in LEFT_OUT:
                weight[(variant == v) & (record == i)] = 0
    truth = (label > 0).astype(float)
    group = variant * len(facts["records"]) + record
    fold = (np.random.RandomState(0).permutation(len(facts["records"])) % FOLDS)[record]

    p = cross_validated(shape, truth, weight, fold)
    for _ in range(2):
        both = np.hstack([shape, rhythm_features(group, time, p > ACCEPT)])
        p = cross_validated(both, truth, weight, fold)
    for v, name in enumerate(facts["variants"]):
        for database in sorted({entry["database"] for entry in facts["records"]}):
            own = [i for i, entry in enumerate(facts["records"]) if entry["database"] == database]
            taken = (variant == v) & np.isin(record, own) & (label >= 0) & (p > ACCEPT)
            beats = sum(facts["records"][i]["beats"] for i in own)
            right, wrong = int((taken & (label == 1)).sum()), int((taken & (label == 0)).sum())
            print(f"{name} {database}: Se {100 * right / beats:.3f} % +P {100 * right / (right + wrong):.3f} %")

    use = weight > 0
    first = fit(shape[use], truth[use], weight[use])
    both = np.hstack([shape, rhythm_features(group, time, predict(shape, first) > ACCEPT)])
    second = fit(both[use], truth[use], weight[use])
    with open(target) as file:
        head = file.read().split("export const")[0]
    with open(target, "w") as file:
        file.write(head + literal("SHAPE_WEIGHTS", first) + "\n" + literal("RHYTHM_WEIGHTS", second))


main(*sys.argv[1:])
