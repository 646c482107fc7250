import { expect, it } from 'vitest';
import { decimalGain } from './decimal-gain';

it.each([
  [[1, 2, -3], 1],
  [[0.5, 0.25], 100],
  [[0.28, NaN, -0.001], 1000],
  [[1.1, 2.2, 3.3], 10],
  [[Math.PI], 1e6],
  [[Math.PI, 50_000], 1e4],
  [[], 1],
])('%j become integers times %d', (values, gain) => {
  expect(decimalGain(values)).toBe(gain);
});
