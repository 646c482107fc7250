import { expect, it } from 'vitest';
import { formatSpeed } from './number-text';

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
