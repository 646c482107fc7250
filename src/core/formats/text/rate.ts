/** Steps that rates are multiples of, the roundest first. */
const STEPS = [1, 0.5, 0.1, 0.01, 0.001];

/** Clocks are not better than this, and a rate that is off by it is off by 0.1 s after a day. */
const CLOCK_ACCURACY = 1e-6;

/**
 * The rate that a column of times tells: the roundest one that its resolution allows. Times of 0, 0.003, 0.006, 0.008
 * are 360 Hz, not 333.
 * @param intervals number of steps from row to row, without gaps
 * @param seconds time that they took
 * @param resolutionS what the times are multiples of
 */
export function roundRate(intervals: number, seconds: number, resolutionS: number): number {
  const rate = intervals / seconds;
  const tolerance = Math.max(CLOCK_ACCURACY, resolutionS / seconds);
  const lowest = rate * (1 - tolerance);
  const highest = rate * (1 + tolerance);
  for (const step of STEPS) {
    const near = Math.round(rate / step) * step;
    // Multiples of 0.1 are not exact: 599.9 and not 599.9000000000001.
    if (near >= lowest && near <= highest && near > 0) return Number(near.toPrecision(12));
  }
  return rate;
}
