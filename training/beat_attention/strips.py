"""Sets that say less than a class per beat: what is asked of strips, and how well people of these sets are answered."""

import numpy as np

from . import figures
from .data import kind_of

#: What they say is a diagnosis per strip, or where a rhythm begins and ends.
RHYTHMS_ALONE = ("cinc2017", "ptbxl", "mimic-perform-af", "cpsc2021", "vfdb")
#: Share of the strips without fibrillation that are not to be taken for it.
SPECIFICITY = 0.97
#: Share of the segments of strips of sinus rhythm that may be flagged.
FLAGGED_STRIPS = 0.03
FEWEST_BEATS = 6  # of a strip of which something is said, as in beat-episodes.ts


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
    """What is asked of strips, from people that the networks which answer had not seen."""
    strips = strip_answers(rows, calibration)
    sinus = np.concatenate([logits for kind, _, logits in strips if kind == "sinus"])
    shift = np.log(threshold / (1 - threshold)) - np.quantile(sinus, 1 - FLAGGED_STRIPS)
    means = np.array([mean for _, mean, _ in strips])
    fibrillates = np.array([kind == "fibrillation" for kind, _, _ in strips])
    mean = np.quantile(means[~fibrillates], SPECIFICITY)
    return {"shiftLogit": round(float(min(0, shift)), 3), "fibrillationMean": round(float(mean), 3)}


def measure(rows, calibration: dict, strip: dict, threshold: float, split: str) -> dict:
    """Figures of the people reported, by set, as the card stores them under the name of the split."""
    strips = strip_answers(rows, calibration)
    fibrillates = np.array([kind == "fibrillation" for kind, _, _ in strips])
    means = np.array([mean for _, mean, _ in strips])
    called = means >= strip["fibrillationMean"]
    limit = np.log(threshold / (1 - threshold)) - strip["shiftLogit"]
    of = lambda wanted: [logits for kind, _, logits in strips if kind == wanted and len(logits)]
    out = {f"{split}.cinc2017": {
        "strips": len(strips),
        "fibrillationRocAuc": round(figures.roc_auc(fibrillates.astype(float), means), 4),
        "fibrillationSensitivity": round(float(called[fibrillates].mean()), 4),
        "fibrillationSpecificity": round(float(1 - called[~fibrillates].mean()), 4),
        "sinusSegmentsFlagged": round(float(np.mean(np.concatenate(of("sinus")) >= limit)), 4),
        "sinusStripsFlagged": round(float(np.mean([(logits >= limit).any() for logits in of("sinus")])), 4),
    }}
    for database in RHYTHMS_ALONE[1:]:
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
        out[f"{split}.{database}"] = {"recordings": len(mine), **group}
    return out


