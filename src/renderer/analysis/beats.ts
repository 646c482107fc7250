import type { BeatColumns } from '../../shared/domain';
import { lowerBound } from './beat-classes';

/** Index of the beat nearest to a time, or -1 where none is within `withinS`. */
export function beatNear(beats: BeatColumns, timeS: number, withinS: number): number {
  const after = lowerBound(beats.timeS, timeS);
  let best = -1;
  let nearest = withinS;
  for (const i of [after - 1, after]) {
    const distance = Math.abs((beats.timeS[i] ?? Infinity) - timeS);
    if (distance > nearest) continue;
    best = i;
    nearest = distance;
  }
  return best;
}
