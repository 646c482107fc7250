import { expect, it } from 'vitest';
import { ageInUnits } from './age';

it.each([
  [0, 0, 'days'],
  [3 * (7 / 365.25), 21, 'days'],
  [27 / 365.25, 27, 'days'],
  [1 / 12, 1, 'months'],
  [7 * (1 / 12), 7, 'months'],
  [1.5, 18, 'months'],
  [2, 2, 'years'],
  [62.5, 62, 'years'],
  [74.999, 74, 'years'],
])('tells %d years as %d %s', (years, n, unit) => {
  expect(ageInUnits(years)).toEqual({ n, unit });
});
