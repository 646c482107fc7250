import { expect, it } from 'vitest';
import { ageInYears } from './age';

it.each([
  [46, 'YEARS', 46],
  [46, '', 46],
  [18, 'MONTHS', 1.5],
  [4, 'W', 28 / 365.25],
  [3, 'days', 3 / 365.25],
  [null, 'YEARS', null],
  [-1, 'YEARS', null],
  [5, 'parsecs', null],
])('%s %s are %s years', (value, unit, years) => {
  if (years === null) expect(ageInYears(value, unit)).toBeNull();
  else expect(ageInYears(value, unit)).toBeCloseTo(years, 12);
});
