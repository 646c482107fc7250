"""Sets that tell different things: what is learned of them, calibrated by them and chosen by them."""

import json
import tempfile
import unittest
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

import numpy as np
import torch

from beat_attention.calibrate import truths
from beat_attention.data import name_of, thinned
from beat_attention.join import between
from beat_attention.strips import choose, strip_answers
from beat_attention.train import chosen, estimate, people_of, set_of

from .test_beats import record

torch.set_num_threads(1)
RANDOM = np.random.default_rng(3)
ONE = record()


def of(database: str, name: str, fibrillates: bool = False):
    own = {part: getattr(ONE, part).copy() for part in ("labels", "fibrillation", "segments")}
    known = replace(ONE, name=name, patient=name, database=database, **own)
    if database == "cinc2017":
        known.labels[:] = -1 if fibrillates else 0
        known.segments[:, 1:3] = 1 if fibrillates else 0
    known.fibrillation[:] = fibrillates
    known.segments[:, 3] = fibrillates
    return known


def answer(source) -> dict:
    """As a network that is right, and sure, but for noise."""
    signs = lambda truth: 4 * (2 * truth - 1) + RANDOM.standard_normal(truth.shape)
    classes = np.eye(5)[np.maximum(source.labels, 0)] * 8 + RANDOM.standard_normal((len(source), 5))
    return {
        "classes": classes, "fibrillation": signs(source.fibrillation), "segments": signs(source.segments[:, 1:3]),
        "segment_fibrillation": signs(source.segments[:, 3]),
    }


def strips(count: int) -> list:
    return [of("cinc2017", f"A{k:04d}", k % 3 == 0) for k in range(count)]


class Sets(unittest.TestCase):
    def test_strips_are_thinned_and_nothing_else(self):
        many = [of("cinc2017", f"A{k}", k % 2 == 0) for k in range(1800)] + [of("svdb", f"{k}") for k in range(30)]
        kept = thinned(many)
        self.assertEqual([name_of(r) for r in kept], [name_of(r) for r in thinned(many)])
        count = lambda wanted: sum(wanted(r) for r in kept)
        self.assertEqual(count(lambda r: r.database == "svdb"), 30)
        self.assertEqual(count(lambda r: r.fibrillation[0] == 1), 900)
        self.assertEqual(count(lambda r: r.database == "cinc2017" and r.fibrillation[0] == 0), 800)

    def test_where_no_rhythm_is_told_a_segment_without_ectopic_beats_counts_as_normal(self):
        segments = np.array([[0, 0, -1, -1], [5, 1, 1, -1], [10, -1, -1, -1], [15, 0, 1, 1]])
        self.assertEqual(truths(segments).tolist(), [[0, 0], [1, 1], [-1, -1], [0, 1]])

    def test_what_is_asked_of_strips_keeps_97_percent_of_what_does_not_fibrillate(self):
        rows = [(r, answer(r)) for r in strips(300)]
        calibration = {"fibrillation": (1.0, 0.0), "review": (1.0, 0.0)}
        asked = choose(rows, calibration, 0.5)
        means = [(kind, mean) for kind, mean, _ in strip_answers(rows, calibration)]
        self.assertGreaterEqual(np.mean([m < asked["fibrillationMean"] for k, m in means if k != "fibrillation"]), 0.97)
        self.assertGreaterEqual(np.mean([m >= asked["fibrillationMean"] for k, m in means if k == "fibrillation"]), 0.97)
        self.assertLessEqual(asked["shiftLogit"], 0)

    @patch("beat_attention.train.estimate", partial(estimate, resamples=1))
    def test_strips_have_figures_of_their_own_and_no_part_in_the_threshold(self):
        holters = [(r, answer(r)) for r in (of("mitdb", f"{k}", k == 3) for k in range(6))]
        for r, _ in holters:
            r.segments[:4, 1:3] = 0
        alone, _, _ = chosen(holters)
        both, strip, metrics = chosen(holters + [(r, answer(r)) for r in strips(90)])
        self.assertEqual(alone["threshold"], both["threshold"])
        self.assertNotEqual(alone["fibrillation"], both["fibrillation"])
        self.assertIsNotNone(strip)
        self.assertEqual({"crossValidation.mitdb", "crossValidation.cinc2017"}, set(metrics))
        self.assertLess(metrics["crossValidation.cinc2017"]["strips"], 90)  # the other half chose

    def test_two_calibrations_meet_in_the_middle(self):
        first = {"temperature": 1.0, "review": (0.8, -0.2), "referBand": {"low": 0.1}}
        second = {"temperature": 2.0, "review": [0.4, 0.0], "referBand": {"low": 0.3}}
        joined = between(first, second)
        self.assertEqual([joined["temperature"], *joined["review"]], [1.5, 0.6000000000000001, -0.1])
        self.assertAlmostEqual(joined["referBand"]["low"], 0.2)

    def test_a_card_holds_out_whom_it_does_not_name_where_beats_are_not_told(self):
        records = [of("cinc2017", "A1"), of("cinc2017", "A2"), of("svdb", "800"), of("svdb-noisy", "800-noisy1")]
        self.assertEqual([set_of(r) for r in records[1:]], ["rhythms alone", "by beat", "noisy"])
        with tempfile.TemporaryDirectory() as folder:
            card = Path(folder) / "card.json"
            card.write_text(json.dumps({"training": {"records": ["A2"]}}))
            self.assertEqual([r.name for r in people_of(card, records)], ["A2", "800", "800-noisy1"])


if __name__ == "__main__":
    unittest.main()
