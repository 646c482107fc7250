import { QRS_RATE_HZ } from './qrs-constants';
import { lowerQuantile } from './quantiles';

/** What the second pass adds: where the candidate lies between the beats accepted around it. */
export const RHYTHM_FEATURES = [
  'beforeRatio', // RR to the accepted beat before, against the local median RR, at most 2
  'afterRatio',
  'nearerRatio', // the smaller of the two, at most 1
  'tooNear', // by how much that is below 0.6
  'farTooNear', // and below 0.4
  'gapLeft', // by how much the RR that would remain without it exceeds 1.5 median RR
  'gap', // that RR against the local median, at most 4
  'offBeat', // distance of beforeRatio to the nearest whole number
  'beforeUnder350Ms',
  'afterUnder350Ms',
] as const;

/**
 * Accepting beats where the rhythm leaves a gap and doubting them where it does not is Pan & Tompkins's
 * search-back (IEEE Trans Biomed Eng 1985; 32:230-236, section on RR averages), made gradual.
 * @param accepted per candidate, 1 where the pass before took it for a beat
 * @returns row-major [candidates, RHYTHM_FEATURES.length]
 */
export function qrsRhythmFeatures(
  candidates: readonly number[],
  accepted: Uint8Array,
): Float64Array {
  const width = RHYTHM_FEATURES.length;
  const rows = new Float64Array(candidates.length * width);
  const beats = acceptedS(candidates, accepted);
  const rr = new Float64Array(Math.max(0, beats.length - 1));
  for (let i = 0; i < rr.length; i++) rr[i] = beats[i + 1]! - beats[i]!;
  let j = 0;
  for (let k = 0; k < candidates.length; k++) {
    const t = candidates[k]! / QRS_RATE_HZ;
    while (j < beats.length && beats[j]! < t) j++;
    fillRow(rows, k * width, beats, rr, t, j, accepted[k] === 1);
  }
  return rows;
}

function acceptedS(candidates: readonly number[], accepted: Uint8Array): Float64Array {
  const beats = new Float64Array(candidates.length);
  let count = 0;
  for (let k = 0; k < candidates.length; k++)
    if (accepted[k]) beats[count++] = candidates[k]! / QRS_RATE_HZ;
  return beats.subarray(0, count);
}

/**
 * @param beats accepted candidates, s
 * @param t of the candidate, s
 * @param j the first accepted one that is not before it
 */
function fillRow(
  rows: Float64Array,
  at: number,
  beats: Float64Array,
  rr: Float64Array,
  t: number,
  j: number,
  isAccepted: boolean,
): void {
  const before = Math.min(3, j > 0 ? t - beats[j - 1]! : 2);
  const next = isAccepted ? j + 1 : j;
  const after = Math.min(3, next < beats.length ? beats[next]! - t : 2);
  const near = { from: Math.max(0, j - 7), end: Math.min(rr.length, j + 6) };
  const known = near.end - near.from > 2 ? lowerQuantile(rr, 0.5, 0, near) : 0.8;
  const median = Math.min(2, Math.max(0.3, known));
  const r1 = before / median;
  const r2 = after / median;
  const nearer = Math.min(r1, r2);
  rows[at] = Math.min(r1, 2);
  rows[at + 1] = Math.min(r2, 2);
  rows[at + 2] = Math.min(nearer, 1);
  rows[at + 3] = Math.max(0, 0.6 - nearer);
  rows[at + 4] = Math.max(0, 0.4 - nearer);
  rows[at + 5] = Math.max(0, Math.min(6, r1 + r2) - 1.5);
  rows[at + 6] = Math.min(r1 + r2, 4);
  rows[at + 7] = Math.abs(r1 - Math.round(r1));
  rows[at + 8] = Math.max(0, 0.35 - before);
  rows[at + 9] = Math.max(0, 0.35 - after);
}
