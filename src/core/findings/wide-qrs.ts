import type { FindingThresholds, QrsWidth } from '../../shared/domain';
import type { Found } from './found';

/** Fewer averaged beats are too few to measure. */
const FEWEST_BEATS = 5;
/**
 * No stretch may be narrower than the threshold by more than this: what is wide here and there is not wide throughout.
 * Readers differ by 12 ms in where QRS ends (The CSE Working Party, Eur Heart J 1985; 6:815-825).
 */
const NARROWER_MS = 12;

/**
 * QRS that is wide wherever it was measured: the median of the stretches reaches the threshold, and none lies far below.
 * Measured, not interpreted: it says nothing of what widens it, and explains no segment.
 */
export function wideQrs(
  durationS: number,
  widths: readonly QrsWidth[],
  { wideQrsMs }: FindingThresholds,
): Found[] {
  const qrsMs = widths
    .filter(({ beats }) => beats >= FEWEST_BEATS)
    .map((one) => one.qrsMs)
    .sort((a, b) => a - b);
  if (qrsMs.length === 0) return [];
  // Of an even number the narrower of the two in the middle: half of the stretches must reach the threshold.
  const middle = qrsMs[(qrsMs.length - 1) >> 1]!;
  if (middle < wideQrsMs || qrsMs[0]! < wideQrsMs - NARROWER_MS) return [];
  const found = { kind: 'wide-qrs', startS: 0, endS: durationS, beats: 0, rateBpm: null } as const;
  return [{ ...found, qrsMs: Math.round(middle) }];
}
