import { expect, it } from 'vitest';
import { DEFAULT_FINDING_THRESHOLDS, type QrsWidth } from '../../shared/domain';
import { wideQrs } from './wide-qrs';

const widths = (...qrsMs: number[]): QrsWidth[] =>
  qrsMs.map((one, i) => ({ startS: 300 * i, endS: 300 * i + 20, qrsMs: one, beats: 20 }));
const found = (measured: QrsWidth[], wideQrsMs = 120) =>
  wideQrs(1800, measured, { ...DEFAULT_FINDING_THRESHOLDS, wideQrsMs });

it('is one finding over the whole recording, with the median of what was measured', () => {
  // MIT-BIH 109, left bundle branch block.
  expect(found(widths(178, 181, 188, 193, 179, 195))).toEqual([
    { kind: 'wide-qrs', startS: 0, endS: 1800, beats: 0, rateBpm: null, qrsMs: 181 },
  ]);
  expect(found(widths(120))).toHaveLength(1);
});

it('is not said of what is not measured alike throughout, of few beats, or of nothing measured', () => {
  // MIT-BIH 118, right bundle branch block, whose end is found in two places.
  expect(found(widths(114, 111, 114, 144, 143, 146))).toEqual([]);
  expect(found(widths(104, 145, 121, 127, 129, 166))).toEqual([]);
  expect(found(widths(150).map((one) => ({ ...one, beats: 4 })))).toEqual([]);
  expect(found([])).toEqual([]);
});

it('follows the threshold in the settings', () => {
  expect(found(widths(118, 118, 118))).toEqual([]);
  expect(found(widths(118, 118, 118), 110)).toHaveLength(1);
});
