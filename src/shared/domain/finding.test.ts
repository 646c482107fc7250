import { expect, test } from 'vitest';
import { DEFAULT_FINDING_THRESHOLDS, FindingThresholds } from '.';
import { FINDING_THRESHOLD_RANGES } from './finding-kinds';

test('the default thresholds are within their own limits', () => {
  expect(FindingThresholds.parse(DEFAULT_FINDING_THRESHOLDS)).toEqual(DEFAULT_FINDING_THRESHOLDS);
});

test('thresholds are held to the ranges that the settings offer', () => {
  for (const [name, { min, max, whole }] of Object.entries(FINDING_THRESHOLD_RANGES)) {
    const given = (value: number): boolean =>
      FindingThresholds.safeParse({ ...DEFAULT_FINDING_THRESHOLDS, [name]: value }).success;
    expect([given(min), given(max), given(min - 0.01), given(max + 1)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(given(min + 0.5)).toBe(!whole);
  }
});
