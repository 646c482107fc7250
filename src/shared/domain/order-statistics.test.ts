import { expect, it } from 'vitest';
import { medianOfSorted, quantileOfSorted, upperMedian } from './order-statistics';

it('has a median that is one of the numbers, the upper of two in the middle, and leaves out what is none', () => {
  expect(upperMedian([10, 9, 1])).toBe(9);
  expect(upperMedian([10, 9, 1, 2])).toBe(9);
  expect(upperMedian(Float32Array.of(NaN, 3, NaN, 1, 2))).toBe(2);
  expect([upperMedian([]), upperMedian([NaN])]).toEqual([NaN, NaN]);
});

it('has one that lies between two in the middle, and quantiles as NumPy has them', () => {
  expect(medianOfSorted([1, 2, 9])).toBe(2);
  expect(medianOfSorted([1, 2, 9, 10])).toBe(5.5);
  // numpy.quantile([1, 2, 9, 10], [0, 0.1, 0.5, 1])
  const sorted = [1, 2, 9, 10];
  expect([0, 0.1, 0.5, 1].map((q) => quantileOfSorted(sorted, q))).toEqual([1, 1.3, 5.5, 10]);
  expect([medianOfSorted([]), quantileOfSorted([], 0.5)]).toEqual([NaN, NaN]);
});
