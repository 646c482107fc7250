import { expect, it } from 'vitest';
import { noMarks } from '../../beats/delineation';
import { compareMarks } from './compare-marks';
import { markedWaves } from './reference-marks';

const marked = markedWaves({
  annotator: 'i',
  timeS: Float64Array.of(0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.3, 1.4, 3),
  symbol: ['(', 'p', ')', '(', 'N', ')', 't', ')', 'V'],
  aux: [],
  warnings: [],
});

it('reads waves with the edges that are marked', () => {
  expect(marked.map(({ wave, onsetS, endS }) => [wave, onsetS, endS])).toEqual([
    ['P', 0.8, 0.9],
    ['QRS', 0.95, 1.05],
    ['T', NaN, 1.4],
    ['QRS', NaN, NaN],
  ]);
});

it('counts found, missed and extra waves, and how far edges lie apart', () => {
  const marks = noMarks(2);
  marks.pOnset[0] = 0.79;
  marks.pPeak[0] = 0.84;
  marks.qrsEnd[0] = 1.07;
  // No wave of this kind is marked near the second beat, and none near a place that nobody looked at.
  marks.tPeak[1] = 2.9;
  marks.pPeak[1] = 2.2;
  const { waves, errorsMs } = compareMarks(marks, Float64Array.of(1.01, 2.99), marked);
  expect(waves).toEqual({
    P: { found: 1, missed: 0, extra: 0 },
    QRS: { found: 2, missed: 0, extra: 0 },
    T: { found: 0, missed: 1, extra: 1 },
  });
  expect(errorsMs.pOnset[0]).toBeCloseTo(-10, 6);
  expect(errorsMs.qrsEnd).toHaveLength(1);
  expect(errorsMs.qrsEnd[0]).toBeCloseTo(20, 6);
  expect(errorsMs.pEnd).toEqual([]);
});
