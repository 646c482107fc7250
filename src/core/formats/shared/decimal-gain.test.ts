import { expect, it } from 'vitest';
import { decimalGain, numbersGain, spread } from './decimal-gain';

it.each([
  [[1, 2, -3], 1],
  [[0.5, 0.25], 100],
  [[0.28, NaN, -0.001], 1000],
  [[1.1, 2.2, 3.3], 10],
  [[Math.PI], 1e6],
  [[Math.PI, 50_000], 1e3],
  [[], 1],
])('%j become integers times %d', (values, gain) => {
  expect(decimalGain(values)).toBe(gain);
});

it.each([
  ['whole numbers are those of a converter', [972, 0, 980], 200, 'mV', 200],
  ['values in mV keep their decimals', [0.1234, -1], 1, 'mV', 10_000],
  ['values of few decimals have steps of 1 uV', [0.5, 1], 1, 'mV', 1000],
  ['zeros of an open lead tell nothing', [0, 0, NaN], 1, 'mV', 1000],
  ['nor do they in uV, where the steps are those', [0, 0], 1, 'uV', 1],
  ['a stated gain with fractions beside it keeps both', [-48.673], 200, 'mV', 200_000],
  ['what is no voltage keeps its decimals', [36.6], 1, 'degC', 10],
])('%s', (_, numbers, gain, units, wanted) => {
  expect(numbersGain(numbers, gain, units)).toBe(wanted);
});

it('spreads places over a file, its ends among them', () => {
  expect(spread(100, 4)).toEqual([0, 33, 66, 99]);
  expect(spread(3, 6)).toEqual([0, 1, 2]);
  expect([spread(1, 6), spread(0, 6)]).toEqual([[0], []]);
});
