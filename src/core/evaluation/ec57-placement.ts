import { pairBeats, type ClassedBeats } from './ec57-beats';

/** How far R peaks lie from those of the reference, ms. */
export interface Placement {
  readonly beats: number;
  /** Mean of found minus reference: a fiducial that is another one throughout. */
  readonly meanMs: number;
  /** Half of the beats, and 95 in 100, lie no farther from the reference than this, on either side. */
  readonly medianMs: number;
  readonly p95Ms: number;
  /**
   * The same 95 in 100, from the median of their own record: where another wave of the complex is marked throughout, as R in
   * the reference and the larger S here, every beat is far and none is misplaced.
   */
  readonly steadyP95Ms: number;
}

/** Found minus reference of every beat that was found (`pairBeats`), s. */
export function offsetsOf(
  reference: ClassedBeats,
  test: ClassedBeats,
  fromS: number,
): Float64Array {
  const offsets: number[] = [];
  pairBeats(reference.timeS, test.timeS).forEach((beat, j) => {
    if (beat >= 0 && reference.timeS[beat]! >= fromS)
      offsets.push(test.timeS[j]! - reference.timeS[beat]!);
  });
  return Float64Array.from(offsets);
}

/** @param offsetsS of each record; null where there are none */
export function placementOf(offsetsS: readonly Float64Array[]): Placement | null {
  const all = offsetsS.flatMap((own) => [...own]);
  if (all.length === 0) return null;
  const steady = offsetsS.flatMap((own) => {
    const middle = quantile(own.slice().sort(), 0.5);
    return [...own].map((offset) => Math.abs(offset - middle));
  });
  const distances = Float64Array.from(all, Math.abs).sort();
  return {
    beats: all.length,
    meanMs: (1000 * all.reduce((sum, value) => sum + value, 0)) / all.length,
    medianMs: 1000 * quantile(distances, 0.5),
    p95Ms: 1000 * quantile(distances, 0.95),
    steadyP95Ms: 1000 * quantile(Float64Array.from(steady).sort(), 0.95),
  };
}

/** The smallest value that the share does not exceed; NaN of none. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
}
