import { upperMedian } from '../../shared/domain/order-statistics';

/** An R peak is sought this far on either side of where a reader points, seconds. */
export const PEAK_REACH_S = 0.12;

/**
 * Place of the R peak around a time: the largest deflection from the level of the stretch (its median), upwards or
 * downwards.
 * @param valueAt the signal at a time, NaN where there is none
 * @param stepS one sample
 * @returns the time itself where nothing can be read
 */
export function peakNear(
  timeS: number,
  stepS: number,
  valueAt: (timeS: number) => number,
  reachS = PEAK_REACH_S,
): number {
  const steps = Math.floor(reachS / stepS);
  const first = Math.round(timeS / stepS) - steps;
  const samples = Array.from({ length: 2 * steps + 1 }, (_, i) => {
    const atS = (first + i) * stepS;
    return { atS, value: valueAt(atS) };
  }).filter(({ value }) => !Number.isNaN(value));
  if (samples.length === 0) return timeS;
  const level = upperMedian(samples.map(({ value }) => value));
  const height = ({ value }: { value: number }): number => Math.abs(value - level);
  return samples.reduce((best, one) => (height(one) > height(best) ? one : best)).atS;
}
