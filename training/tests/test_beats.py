"""python -m unittest discover -s tests -t .    (in the folder training; npm test runs it too)"""

import unittest

import numpy as np
import torch

from beat_attention import ventricular
from beat_attention.augment import augment, plain
from beat_attention.data import Lender, Record, cut
from beat_attention.forms import means_of, vote
from beat_attention.model import PEAK, WINDOW

MARGIN, BEATS = 6, 64
TIME = np.arange(WINDOW + 2 * MARGIN) - MARGIN - PEAK
WAVE = lambda centre, width: np.exp(-(((TIME - centre) / width) ** 2) / 2)
SINUS, WIDE = 0.1 * WAVE(-24, 3) + WAVE(0, 2), WAVE(2, 7) - 0.4 * WAVE(30, 8)


def record() -> Record:
    """Sinus rhythm with a P wave and, every eighth beat, one that is wide and has none."""
    random = np.random.default_rng(7)
    labels = np.where(np.arange(BEATS) % 8 == 3, ventricular.V, ventricular.N)
    windows = np.where((labels == ventricular.V)[:, None], WIDE, SINUS)[:, None].astype(np.float32)
    windows = windows + 0.01 * random.standard_normal(windows.shape).astype(np.float32)
    forms = (labels == ventricular.V).astype(np.int64)
    time = 0.8 * np.arange(BEATS)
    segments = np.array([[5.0 * k, 1, 1, 0] for k in range(8)])
    return Record(
        "a", "a", "a", time, windows, forms, means_of(windows, forms)[0], SINUS[None].astype(np.float32),
        np.ones((BEATS, 1), np.float32), np.ones(BEATS, bool), np.full((BEATS, 5), 0.8, np.float32), labels, np.zeros(BEATS, np.float32), segments,
        np.searchsorted(time, segments[:, 0]), np.searchsorted(time, segments[:, 0] + 10),
    )


def sequence_of(source) -> ventricular.Sequence:
    batch = cut([(source, 0)], 1)
    numpy = lambda x: x[0].numpy()
    return ventricular.Sequence(*map(numpy, (
        batch.windows, batch.form_means, batch.form_beats, batch.rhythm, batch.labels, batch.dominant
    )))


class Forms(unittest.TestCase):
    def test_mean_and_number_of_beats_without_those_of_no_form(self):
        means, beats = means_of(np.array([[1.0], [3.0], [9.0], [5.0]]), np.array([0, 0, -1, 1]))
        self.assertEqual((means[:, 0].tolist(), beats.tolist()), ([2.0, 5.0], [2, 1]))

    def test_beats_of_one_form_vote_and_two_do_not(self):
        logits = np.log(np.array([[0.05, 0.03, 0.9], [0.05, 0.03, 0.9], [0.5, 0.05, 0.43]]))
        odds = lambda x: x[:, 2] - np.logaddexp(x[:, 0], x[:, 1])
        voted = odds(vote(logits, np.zeros(3, int)))
        self.assertAlmostEqual(voted[2], 0.5 * odds(logits)[2] + 0.5 * odds(logits).mean())
        self.assertTrue((vote(logits[1:], np.zeros(2, int)) == logits[1:]).all())

    def test_a_beat_whose_form_is_rare_stands_for_itself(self):
        source = record()
        source.forms[:2] = 2
        source.form_means = means_of(source.windows, source.forms)[0]
        batch = plain(cut([(source, 0)], 1))
        self.assertTrue(torch.equal(batch.form_means[0, :2], batch.windows[0, :2]))
        self.assertEqual(batch.form_beats[0, :4].tolist(), [1, 1, 54, 8])

    def test_augmentation_keeps_shapes_and_is_finite(self):
        source = record()
        random = np.random.default_rng(1)
        for _ in range(8):
            batch = augment(cut([(source, 0)] * 4, 1, random, (), [source]), random)
            self.assertEqual(batch.form_means.shape, (4, BEATS, 1, WINDOW))
            self.assertTrue(all(torch.isfinite(x).all() for x in batch.inputs()))


class WhatIsNotKnown(unittest.TestCase):
    """Beats that no lead shows are masked; nothing is simulated on beats that nobody labelled."""

    def test_unseen_beats_are_masked_and_have_no_label(self):
        source = record()
        source.seen[10:20] = False
        batch = plain(cut([(source, 0)], 1))
        self.assertEqual(batch.mask[0, 8:22].tolist(), [1, 1] + [0] * 10 + [1, 1])
        self.assertTrue((batch.labels[0, 10:20] == -1).all())
        # The segment from 10 s to 20 s has a ventricular beat (19) that is not seen and none that is.
        source.labels[20:] = ventricular.N
        batch = plain(cut([(source, 0)], 1))
        verdicts = {int(source.segments[s, 0]): batch.verdicts[0, s].tolist() for s in range(7)}
        self.assertEqual(verdicts[10], [-1, -1])
        self.assertEqual(verdicts[0], [1, 1])

    def test_a_strip_of_unknown_beats_is_not_made_into_something_else(self):
        source = record()
        source.labels[:] = -1
        source.segments[:, 1:] = -1
        random = np.random.default_rng(1)
        for _ in range(20):
            batch = augment(cut([(source, 0)] * 4, 1, random, (), [source]), random)
            self.assertTrue((batch.labels == -1).all())
            self.assertTrue((batch.verdicts == -1).all())
            self.assertLessEqual(float(batch.fibrillation.max()), 0)

    def test_healthy_people_lend_their_rhythm_to_sinus_beats_alone(self):
        lender = Lender("h", "nsrdb", np.full((BEATS, 5), 0.5, np.float32), np.zeros(BEATS, int), np.zeros(BEATS))
        source = record()
        borrow = lambda: cut([(source, 0)], 1, np.random.default_rng(0), ("miss", "short", "alone", "forms"), (), [(lender, 0)])
        self.assertEqual(float(borrow().rhythm[0, 5, 0]), np.float32(0.8))
        source.labels[:] = ventricular.N
        draws = [
            float(cut([(source, 0)], 1, np.random.default_rng(k), (), (), [(lender, 0)]).rhythm[0, 5, 0]) for k in range(40)
        ]
        self.assertIn(0.5, draws)


class VentricularBeats(unittest.TestCase):
    """What `insert` does over many draws: without a P wave V, with one N."""

    @classmethod
    def setUpClass(cls):
        source = record()
        cls.before, cls.draws = sequence_of(source), []
        for seed in range(200):
            sequence = sequence_of(source)
            marks = ventricular.insert(source, [source], sequence, np.random.default_rng(seed))
            cls.draws.append((sequence, *marks))

    def p_waves(self, windows):
        """Height of the P wave above what lies 70 ms before and after it, in units of the sinus beats' own."""
        at = lambda place: windows[:, 0, MARGIN + PEAK + place]
        return (at(-24) - (at(-33) + at(-15)) / 2) / 0.1

    def test_beats_that_become_ventricular_lose_their_p_wave(self):
        left = [self.p_waves(s.windows[became]).mean() for s, became, _ in self.draws if became.sum() >= 8]
        self.assertGreater(len(left), 30)
        self.assertLess(np.mean(left), 0.3)
        for sequence, became, _ in self.draws:
            self.assertTrue((sequence.labels[became] == ventricular.V).all())
            self.assertTrue((sequence.labels[~became] == self.before.labels[~became]).all())

    def test_they_come_early_on_time_and_late(self):
        ratios = np.array([np.median(s.rhythm[became, 0]) / 0.8 for s, became, _ in self.draws if became.any()])
        for low, high in ((0, 0.85), (0.85, 1.15), (1.15, 3)):
            self.assertGreater(((ratios >= low) & (ratios < high)).sum(), 10)

    def test_beats_conducted_otherwise_keep_p_wave_and_class(self):
        seen = 0
        for sequence, became, preexcited in self.draws:
            changed = (np.abs(sequence.windows - self.before.windows).max((1, 2)) > 0) & ~became
            if became.any() or not changed.any():
                continue
            seen += 1
            if np.abs(sequence.dominant - self.before.dominant).max() > 0:  # the wide form is the patient's own
                self.assertGreater(changed.mean(), 0.6)
                self.assertTrue(np.allclose(sequence.dominant, sequence.windows[changed].mean(0), atol=1e-5))
            self.assertTrue((sequence.labels == self.before.labels).all())
            if not preexcited.any():  # whose delta wave may begin on the P wave
                self.assertGreater(self.p_waves(sequence.windows[changed]).mean(), 0.6)
            self.assertTrue(np.allclose(sequence.form_means[changed], sequence.windows[changed].mean(0), atol=1e-5))
        self.assertGreater(seen, 50)


if __name__ == "__main__":
    unittest.main()
