import { GAIN_MM_PER_MV } from './paper';

/** A height on the page, millimetres from its top: what is drawn there, or may be. */
export interface Height {
  readonly topMm: number;
  readonly bottomMm: number;
}

/** A step of the search, and what stays free around a name, millimetres. */
const STEP_MM = 0.5;
const ROOM_MM = 0.4;

/**
 * Where a name stands on no trace: as near as can be to where names stand, above it first; where there is no room within
 * the paper, where names stand.
 * @param wantedMm its top where nothing is in the way
 * @param taken what the traces take up in the width of the name
 */
export function freeTopMm(
  wantedMm: number,
  heightMm: number,
  taken: readonly Height[],
  paper: Height,
): number {
  const isFree = (topMm: number): boolean =>
    topMm >= paper.topMm &&
    topMm + heightMm <= paper.bottomMm &&
    taken.every(
      (one) => one.bottomMm + ROOM_MM <= topMm || one.topMm - ROOM_MM >= topMm + heightMm,
    );
  const most = Math.ceil((paper.bottomMm - paper.topMm) / STEP_MM);
  for (let step = 0; step <= most; step++) {
    for (const topMm of [wantedMm - step * STEP_MM, wantedMm + step * STEP_MM])
      if (isFree(topMm)) return topMm;
  }
  return wantedMm;
}

/** What a trace takes up, whatever of its samples is missing; null where it draws nothing. */
export function traceHeight(samplesMv: Float32Array, baselineMm: number): Height | null {
  let [low, high] = [Infinity, -Infinity];
  for (const value of samplesMv) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (high < low) return null;
  return {
    topMm: baselineMm - GAIN_MM_PER_MV * high,
    bottomMm: baselineMm - GAIN_MM_PER_MV * low,
  };
}
