"""python -m unittest discover -s tests -t .    (in the folder training; npm test runs it too)"""

import sys
import unittest
from unittest.mock import patch

import numpy as np
import torch

from attention_cnn.cross_validate import best_epoch, partner
from attention_cnn.descend import schedule, stopped
from attention_cnn.fit import draw
from attention_cnn.model import TOKENS, SharedCnn, some_tokens
from attention_cnn.simulate import WINDOW, simulate
from common.calibrate import apply_platt, fit_platt, logit
from common.folds import deal_patients
from common.metrics import balanced_log_loss, roc_auc
from common.ready import ready


class Folds(unittest.TestCase):
    def test_every_patient_is_in_one_fold_and_folds_share_the_abnormal(self):
        patient = np.repeat([f"p{i}" for i in range(10)], 4)
        abnormal = np.repeat([True, True, True, True] + [False] * 6, 4)
        hands = deal_patients(patient, abnormal, 4)
        self.assertEqual(sorted(sum(hands, [])), sorted(set(patient.tolist())))
        for hand in hands:
            self.assertEqual(sum(name in ("p0", "p1", "p2", "p3") for name in hand), 1)

    def test_more_folds_than_patients_is_refused(self):
        with self.assertRaises(ValueError):
            deal_patients(np.array(["a", "b"]), np.array([True, False]), 3)

    def test_partners_are_never_oneself(self):
        for folds in (3, 4, 5, 6):
            for k in range(folds):
                self.assertNotEqual(partner(k, folds), k)
                self.assertIn(partner(k, folds), range(folds))


class Ready(unittest.TestCase):
    def test_a_torch_whose_exporter_wants_onnx_needs_it(self):
        with patch.dict(sys.modules, {"onnx": None}):
            ready("1.13.0a0+gitunknown")
            with self.assertRaises(ImportError):
                ready("2.5.1+cpu")


class Metrics(unittest.TestCase):
    def test_roc_auc_is_the_share_of_pairs_in_order_ties_counted_half(self):
        abnormal = np.array([True, True, False, False, False])
        score = np.array([0.9, 0.5, 0.5, 0.1, 0.95])
        self.assertAlmostEqual(roc_auc(abnormal, score), (2 + 1.5) / 6)
        self.assertTrue(np.isnan(roc_auc(abnormal[:2], score[:2])))

    def test_balanced_log_loss_does_not_change_with_the_number_of_normals(self):
        one = balanced_log_loss([True, False], [0.8, 0.3])
        many = balanced_log_loss([True] + [False] * 9, [0.8] + [0.3] * 9)
        self.assertAlmostEqual(one, many)


class Calibration(unittest.TestCase):
    def test_finds_the_scale_and_offset_that_labels_were_drawn_with(self):
        rng = np.random.default_rng(1)
        margin = rng.normal(0, 2, 40000)
        abnormal = rng.random(40000) < apply_platt(margin, 0.7, -1.0)
        scale, offset = fit_platt(margin, abnormal)
        self.assertAlmostEqual(scale, 0.7, delta=0.03)
        self.assertAlmostEqual(offset, -1.0, delta=0.03)

    def test_survives_separable_and_reversed_scores(self):
        abnormal = np.array([False] * 50 + [True] * 50)
        margin = np.linspace(-30, 30, 100)
        for sign in (1, -1):
            scale, offset = fit_platt(sign * margin, abnormal)
            self.assertTrue(np.isfinite([scale, offset]).all())
            self.assertGreaterEqual(scale, 0.05)

    def test_logit_undoes_the_sigmoid(self):
        self.assertAlmostEqual(float(apply_platt(logit(0.3), 1, 0)), 0.3)


class Training(unittest.TestCase):
    def test_draws_every_patient_alike_and_no_window_twice(self):
        patient = np.array(["a"] * 100 + ["b"] * 300 + ["c"] * 7)
        rows = draw(patient, 20, np.random.default_rng(1))
        self.assertEqual(len(rows), len(set(rows.tolist())))
        self.assertEqual([(patient[rows] == name).sum() for name in "abc"], [20, 20, 7])

    def test_schedule_rises_and_ends_near_nothing(self):
        rates = [schedule(step, 100) for step in range(100)]
        self.assertLess(rates[0], rates[4])
        self.assertEqual(max(rates), 1)
        self.assertLess(rates[-1], 0.01)

    def test_stops_after_epochs_without_a_new_minimum(self):
        history = [{"validationLoss": loss} for loss in (0.6, 0.4, 0.5, 0.45)]
        self.assertTrue(stopped(history, 2))
        self.assertFalse(stopped(history, 3))
        self.assertFalse(stopped([{"loss": 1.0}] * 9, 1))

    def test_best_epoch_counts_from_one_over_the_epochs_all_have(self):
        self.assertEqual(best_epoch([[0.5, 0.4, 0.1], [0.5, 0.3]]), 2)


class SharedWideLayer(unittest.TestCase):
    def test_is_the_reference_network_when_it_is_spread_over_all_tokens(self):
        torch.manual_seed(1)
        model = SharedCnn().eval()
        x = torch.randn(3, 1, WINDOW)
        inner = torch.arange(1, TOKENS - 1)
        full = model.spread()
        with torch.no_grad():
            torch.testing.assert_close(model.tokens(x, inner), full.tokens(x)[:, 1:-1])
            torch.testing.assert_close(model(x, inner), full(x), atol=5e-3, rtol=0)

    def test_draws_one_token_of_every_group_and_none_at_the_padding(self):
        at = some_tokens(7, torch.Generator().manual_seed(1))
        self.assertEqual(len(at), 128)
        self.assertEqual(((at - 1) // 7).tolist(), list(range(128)))
        self.assertLess(int(at.max()), TOKENS - 1)


class SimulatedPatients(unittest.TestCase):
    def test_are_standardised_of_both_kinds_and_the_same_for_a_seed(self):
        x, abnormal = simulate(40, seed=3)
        again, _ = simulate(40, seed=3)
        self.assertEqual(x.shape, (40, WINDOW))
        np.testing.assert_array_equal(x, again)
        np.testing.assert_allclose(x.mean(axis=1), 0, atol=1e-4)
        np.testing.assert_allclose(x.std(axis=1), 1, atol=1e-4)
        self.assertTrue(5 < abnormal.sum() < 35)


if __name__ == "__main__":
    unittest.main()
