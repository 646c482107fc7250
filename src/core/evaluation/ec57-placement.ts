import { pairBeats, type ClassedBeats } from './ec57-beats';

/** How far R peaks lie from those of the reference, ms. */
export interface Placement {
  readonly beats: number;
  /** Mean of found minus reference: a fiducial that is another one throughout. */
  readonly meanMs: number;
  /** Half of the beats, and 95 in 100, lie no farther from the reference than this, on either side. */
  readonly medianMs: number;
  readonly p95Ms: number;
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

/** @param offsetsS of one record or of many; null where there are none */
export function placementOf(offsetsS: readonly Float64Array[]): Placement | null {
  const all = offsetsS.flatMap((own) => [...own]);
  if (all.length === 0) return null;
  const distances = Float64Array.from(all, Math.abs).sort();
  const within = (share: number): number =>
    1000 * distances[Math.min(distances.length - 1, Math.ceil(share * distances.length) - 1)]!;
  return {
    beats: all.length,
    meanMs: (1000 * all.reduce((sum, value) => sum + value, 0)) / all.length,
    medianMs: within(0.5),
    p95Ms: within(0.95),
  };
}
