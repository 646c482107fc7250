import { expect, it } from 'vitest';
import { firstWhere, lowerBound } from './lower-bound';

it('finds the first that is not below, or that holds, as a search from the beginning does', () => {
  const values = [1, 3, 3, 7];
  const targets = [0, 1, 2, 3, 4, 7, 8];
  const plainly = targets.map((target) => {
    const first = values.findIndex((value) => value >= target);
    return first < 0 ? values.length : first;
  });
  expect(targets.map((target) => lowerBound(values, target))).toEqual(plainly);
  expect(targets.map((target) => firstWhere(values, (value) => value >= target))).toEqual(plainly);
  expect(firstWhere([], () => true)).toBe(0);
});
