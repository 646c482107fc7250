import { SAME_BEAT_S } from '../../../shared/domain';

/**
 * Finds beats by their times: the nearest within `SAME_BEAT_S`, as edits name them.
 * @param timeS beats, ascending
 * @param timesS times that are asked for, ascending
 * @returns an index into `timeS` for each time, -1 where there is no beat
 */
export function beatIndices(timeS: Float64Array, timesS: Float64Array): Int32Array {
  const indices = new Int32Array(timesS.length).fill(-1);
  let next = 0;
  for (let i = 0; i < timesS.length; i++) {
    const at = timesS[i]!;
    while (next + 1 < timeS.length && Math.abs(timeS[next + 1]! - at) < Math.abs(timeS[next]! - at))
      next++;
    if (next < timeS.length && Math.abs(timeS[next]! - at) <= SAME_BEAT_S) indices[i] = next;
  }
  return indices;
}
