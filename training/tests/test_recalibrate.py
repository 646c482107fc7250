"""python -m unittest discover -s tests -t .    (in the folder training; npm test runs it too)"""

import pickle
import tempfile
import unittest
from pathlib import Path

import numpy as np

from beat_attention.calibrate import platt
from beat_attention.recalibrate import averaged, moved, recalibrated

CARD = {
    "version": "1",
    "threshold": {"value": 0.55, "chosen": "so"},
    "referBand": {"low": 0.2, "high": 0.6},
    "parameters": {"strip": {"shiftLogit": -1.4, "fibrillationMean": 0.5}, "calibration": {"review": [0.8, -0.4], "ectopy": [1, 0]}},
}
logistic = lambda x: 1 / (1 + np.exp(-x))


class Recalibrate(unittest.TestCase):
    def test_no_verdict_changes(self):
        new = recalibrated(CARD, (0.7, -0.9))
        logits = np.linspace(-8, 8, 4001)
        for strip in (0, 1):
            answer = lambda card: logistic(
                card["parameters"]["calibration"]["review"][0] * logits + card["parameters"]["calibration"]["review"][1]
                + strip * card["parameters"]["strip"]["shiftLogit"]
            )
            before, after = answer(CARD), answer(new)
            flagged = (before >= CARD["threshold"]["value"]) != (after >= new["threshold"]["value"])
            band = lambda p, card: (p >= card["referBand"]["low"]) & (p <= card["referBand"]["high"])
            self.assertLessEqual(flagged.sum(), 1)
            self.assertLessEqual((band(before, CARD) != band(after, new)).sum(), 2)
            self.assertGreater(np.abs(before - after).max(), 0.05)
        self.assertEqual(new["parameters"]["calibration"]["ectopy"], [1, 0])

    def test_a_probability_moves_there_and_back(self):
        self.assertAlmostEqual(moved(moved(0.3, (0.8, -0.4), (0.7, -0.9)), (0.7, -0.9), (0.8, -0.4)), 0.3)

    def test_folds_of_one_network_are_one_and_networks_are_averaged(self):
        with tempfile.TemporaryDirectory() as folder:
            told = {"a-answers0": {"x": 1.0}, "a-answers1": {"y": 3.0}, "b-answers0": {"x": 5.0}}
            for name, answers in told.items():
                values = {record: {"segments": np.array([value])} for record, value in answers.items()}
                (Path(folder) / f"{name}.pkl").write_bytes(pickle.dumps(values))
            found = averaged(sorted(Path(folder).glob("*.pkl")))
        self.assertEqual({name: value["segments"].tolist() for name, value in found.items()}, {"x": [3.0]})

    def test_the_logistic_is_that_of_greatest_likelihood(self):
        random = np.random.default_rng(0)
        logit = 3 * random.standard_normal(20000)
        truth = (random.random(20000) < logistic(0.6 * logit - 1.5)).astype(float)
        slope, offset = platt(truth, logit)
        residual = truth - logistic(slope * logit + offset)
        self.assertLess(abs(residual.mean()), 2e-4)
        self.assertLess(abs((residual * logit).mean()), 2e-4)


if __name__ == "__main__":
    unittest.main()
