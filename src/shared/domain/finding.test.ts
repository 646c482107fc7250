import { expect, test } from 'vitest';
import { DEFAULT_FINDING_THRESHOLDS, FindingThresholds } from '.';

test('the default thresholds are within their own limits', () => {
  expect(FindingThresholds.parse(DEFAULT_FINDING_THRESHOLDS)).toEqual(DEFAULT_FINDING_THRESHOLDS);
});
