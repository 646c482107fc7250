import { expect, it } from 'vitest';
import { roundRate } from './rate';

it.each([
  ['whole hertz, times in milliseconds', 3599, 9.997, 0.001, 360],
  ['an exact half', 999, 999 / 62.5, 1e-6, 62.5],
  ['a rate of a sensor', 21_000_000, 21_000_000 / 511.719, 0.001, 511.719],
  ['nanoseconds that are almost 130 Hz', 2468, 2468 * 0.007692307, 1e-9, 130],
  ['no round number near', 1000, 1000 / 599.88002, 1e-9, 599.88],
])('%s', (_, intervals, seconds, resolutionS, rate) => {
  expect(roundRate(intervals, seconds, resolutionS)).toBe(rate);
});

it('keeps what is no round number at all', () => {
  expect(roundRate(1e9, 1e9 / 123.4567891, 1e-9)).toBeCloseTo(123.4567891, 4);
});
