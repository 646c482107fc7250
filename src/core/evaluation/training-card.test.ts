import { expect, it } from 'vitest';
import { ModelCard } from '../../shared/domain';
import { limitInWords } from '../../shared/domain/limit-words';
import { wordsIn } from '../../shared/words';
import { seededRandom } from '../base/seeded-random';
import { trainingCard } from './training-card';
import type { TrainingResult } from './training-result';

/** Eight patients in four folds; scores are good, and half-way shifted in fold 0. */
function makeResult(shift = 0): TrainingResult {
  const random = seededRandom(4);
  const crossValidation = Array.from({ length: 400 }, (_, i) => {
    const patient = `p${i % 8}`;
    const fold = i % 4;
    const abnormal = random() < 0.4;
    const score = 0.25 + (abnormal ? 0.4 : 0) + 0.3 * random() + (fold === 0 ? shift : 0);
    return { record: patient, patient, startS: i, abnormal, probability: Math.min(1, score), fold };
  });
  return {
    recipe: { scheme: 'majority', seed: 9, epochs: 6 },
    software: 'PyTorch 0',
    commit: 'abc',
    records: ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'],
    source: {
      samplingRateHz: 360,
      windowSamples: 3600,
      hopSamples: 1800,
      filter: { lowHz: 0.5, highHz: 50, order: 5 },
      leads: ['MLII', 'II'],
    },
    epochs: 3,
    calibration: [1, 0],
    folds: [0, 1, 2, 3].map((k) => ({
      patients: [`p${k}`, `p${k + 4}`],
      epochs: 3,
      rocAuc: k === 3 ? null : 0.9 + k / 100,
    })),
    crossValidation,
    leakyRandomSplit: crossValidation.slice(0, 100),
  };
}
const facts = { version: '1.2.3' };

it('is a card once its files are added', () => {
  const card = trainingCard(makeResult(), facts);
  expect(ModelCard.safeParse({ ...card, files: {} }).success).toBe(true);
  // What JSON cannot hold must not be on it.
  expect(JSON.parse(JSON.stringify(card))).toEqual(card);
  expect(card.training).toMatchObject({ seed: 9, commit: 'abc' });
  expect(card.threshold.value).toBeGreaterThan(0.5);
  expect(card.threshold.value).toBeLessThan(0.7);
  const sentences = [...card.limits, card.threshold.chosen];
  const said = sentences.map((sentence) => limitInWords(sentence, wordsIn('es')));
  expect(said.filter((text, i) => text === sentences[i])).toEqual([]);
});

it('means over the folds that have a ROC-AUC, and names the leaky split as such', () => {
  const { metrics } = trainingCard(makeResult(), facts);
  expect(metrics['crossValidation']!['meanFoldRocAuc']).toBeCloseTo(0.91, 10);
  expect(metrics['crossValidation']!['fold 4']).toContain('ROC-AUC -');
  expect(metrics['leakyRandomSplit']!['split']).toContain('LEAKY');
});

it("judges each fold by the other folds' threshold, never by its own", () => {
  const value = (result: TrainingResult, name: string): number =>
    (trainingCard(result, facts).metrics['crossValidation']![name] as { value: number }).value;
  // Without a shift the threshold of the others fits; with one, fold 0 is judged by a threshold that does not.
  expect(value(makeResult(), 'accuracy')).toBeGreaterThan(0.97);
  expect(value(makeResult(0.3), 'accuracy')).toBeLessThan(0.9);
});
