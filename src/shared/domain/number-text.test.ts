import { expect, it } from 'vitest';
import { durationsBesideSum, formatSpeed } from './number-text';

it('writes a speed without an exponent: 1.17e+3 segments a second was said, and 99.7 would have been 1.0e+2', () => {
  expect([1170.4, 385, 99.7, 99.4, 12.34, 3.44, 0.5].map(formatSpeed)).toEqual([
    '1170',
    '385',
    '100',
    '99',
    '12',
    '3.4',
    '0.50',
  ]);
});

it('writes lengths as the sum below them: 11 min stood beside a sum of 10 min 37 s', () => {
  const few = durationsBesideSum(637);
  expect([637, 630, 7].map(few)).toEqual(['10 min 37 s', '10 min 30 s', '7 s']);
  const many = durationsBesideSum(7000);
  expect([3600, 3400, 59.7, 20].map(many)).toEqual(['1 h 00 min', '57 min', '1 min', '20 s']);
});
