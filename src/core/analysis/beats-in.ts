import { lowerBound } from '../../shared/domain/lower-bound';

/** Beats [first, end) with a time in [startS, endS). */
export function beatsIn(timeS: Float64Array, startS: number, endS: number): [number, number] {
  return [lowerBound(timeS, startS), lowerBound(timeS, endS)];
}
