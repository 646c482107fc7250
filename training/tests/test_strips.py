"""python -m unittest discover -s tests -t .    (in the folder training; npm test runs it too)"""

import unittest

import numpy as np
import torch

from strip_rhythm.data import Strip, batch, epoch, folds_of, varied
from strip_rhythm.export import Together, graph_of
from strip_rhythm.fit import answers, loss, margin
from strip_rhythm.fuse import best_threshold, fitted, halves, logit, probability
from strip_rhythm.model import RHYTHMS, STRIDE, StripRhythm

RANDOM = np.random.default_rng(3)


def strip(fibrillation=0, sinus=1, samples=1000, patient="a", database="cinc2017") -> Strip:
    return Strip(patient, patient, database, fibrillation, sinus, RANDOM.standard_normal(samples).astype(np.float32))


class Strips(unittest.TestCase):
    def test_one_person_is_in_one_fold_and_a_name_in_two_sets_is_two_people(self):
        people = [strip(patient=str(k // 3), database=database) for database in ("one", "two") for k in range(150)]
        fold = folds_of(people, 5)
        for k in range(0, 300, 3):
            self.assertEqual(len(set(fold[k : k + 3])), 1)
        self.assertEqual(set(fold), set(range(5)))

    def test_an_epoch_has_as_many_of_each_kind_whatever_there_is(self):
        few = [strip(1, 0)] + [strip() for _ in range(1000)]
        taken = epoch(few, np.random.default_rng(0))
        self.assertEqual(sum(one.kind == "fibrillation" for one in taken), 420)
        self.assertEqual(len({id(one) for one in taken if one.kind == "sinus"}), 620)

    def test_a_varied_strip_has_no_gap_and_at_most_half_a_minute(self):
        for _ in range(50):
            self.assertTrue(900 <= len(varied(strip(samples=6000).signal, RANDOM)) <= 3000)
            self.assertTrue(np.isfinite(varied(strip(samples=950).signal, RANDOM)).all())

    def test_a_batch_is_filled_to_whole_tokens(self):
        signal, inside = batch([np.ones(900, np.float32), np.ones(1000, np.float32)])
        self.assertEqual(tuple(signal.shape), (2, 1024))
        self.assertEqual(signal.sum(1).tolist(), inside.sum(1).tolist())


class Network(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(0)
        self.net = StripRhythm().eval()

    def test_what_lies_beyond_the_end_says_next_to_nothing(self):
        one = strip(samples=30 * STRIDE).signal
        alone, longer = batch([one]), batch([one, strip(samples=60 * STRIDE).signal])
        longer[0][0, len(one) :] = 9
        with torch.no_grad():
            short, filled = self.net(*alone)[0], self.net(*longer)[0]
        self.assertLess(float((short - filled).abs().max()), 0.05)

    def test_how_a_strip_was_held_says_nothing(self):
        own, other = strip(), strip()
        other.signal = -own.signal
        both = answers([self.net], [own, other])
        self.assertAlmostEqual(both[0], both[1], places=5)
        signal, inside = batch([own.signal])
        with torch.no_grad():
            self.assertAlmostEqual(float(Together([self.net])(signal, inside)), both[0], places=5)

    def test_a_strip_without_fibrillation_may_be_of_any_other_rhythm_where_nobody_said(self):
        logits = torch.tensor([[2.0, -1.0, 0.5]])
        swapped = logits[:, [2, 1, 0]]
        of = lambda x, sinus: float(loss(x, [strip(0, sinus)]))
        self.assertAlmostEqual(of(logits, -1), of(swapped, -1), places=6)
        self.assertGreater(of(swapped, 1), of(logits, 1))
        self.assertAlmostEqual(float(margin(logits)), -1 - np.logaddexp(2, 0.5), places=5)
        self.assertEqual(RHYTHMS[1], "fibrillation")

    def test_graph_is_made(self):
        self.assertGreater(len(graph_of([self.net])), 4 * sum(p.numel() for p in self.net.parameters()))


class Fusion(unittest.TestCase):
    def setUp(self):
        random = np.random.default_rng(5)
        self.truth = random.random(4000) < 0.2
        self.strip = 2 * self.truth - 1 + random.standard_normal(4000)
        self.beats = logit(1 / (1 + np.exp(-(2 * self.truth - 1 + random.standard_normal(4000)))))

    def test_two_witnesses_of_one_weight_are_heard_alike(self):
        weights = fitted(self.truth, self.strip, self.beats)
        # Of two normal distributions of unit width, 2 apart, the logit is 2 x; the prior is 1 to 4.
        for found, wanted in zip(weights, (2, 2, np.log(0.25))):
            self.assertAlmostEqual(found, wanted, delta=0.35)

    def test_threshold_has_the_largest_f1(self):
        p = probability(fitted(self.truth, self.strip, self.beats), self.strip, self.beats)
        f1 = lambda at: 2 * (self.truth & (p >= at)).sum() / ((p >= at).sum() + self.truth.sum())
        best = f1(best_threshold(self.truth, p))
        for at in np.linspace(0.05, 0.95, 50):
            self.assertLessEqual(f1(at), best + 2e-3)

    def test_each_half_is_told_with_what_the_other_chose(self):
        kind = np.where(self.truth, "fibrillation", "other")
        seen = np.ones(len(kind), bool)
        first, other = halves(kind, self.strip, self.beats, seen)
        self.assertEqual(first["strips"] + other["strips"], 4000)
        self.assertGreater(first["fibrillationRocAuc"], 0.95)
        blind = halves(kind, self.strip, self.beats, seen & ~self.truth | (np.arange(4000) % 2 == 0))
        self.assertLess(blind[0]["fibrillationSensitivity"], 0.6)


if __name__ == "__main__":
    unittest.main()
