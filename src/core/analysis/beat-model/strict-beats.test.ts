import { expect, it } from 'vitest';
import { strictBeats } from './strict-beats';

it('asks more of ectopic beats and keeps the ratios of the others', () => {
  const classes = ['N', 'S', 'V', 'F', 'Q'];
  const before = Float32Array.from([0.3, 0.05, 0.6, 0, 0.05, 0.9, 0.05, 0.01, 0, 0.04]);
  const strict = strictBeats(before, classes, Math.log(1 / 4));
  // 0.3 : 0.0125 : 0.15 : 0.05
  expect(strict[0]).toBeCloseTo(0.3 / 0.5125, 6);
  expect(strict[2]).toBeCloseTo(0.15 / 0.5125, 6);
  expect(strict[0]! / strict[4]!).toBeCloseTo(6, 5);
  for (const row of [0, 5])
    expect(strict.slice(row, row + 5).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
  strictBeats(before, classes, 0).forEach((value, i) => expect(value).toBeCloseTo(before[i]!, 6));
});
