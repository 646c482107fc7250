import { QRS_RATE_HZ } from './qrs-constants';
import { lowerQuantile } from './qrs-filters';

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
  const beats: number[] = [];
  candidates.forEach((at, k) => {
    if (accepted[k]) beats.push(at / QRS_RATE_HZ);
  });
  const rr = beats.slice(1).map((beat, i) => beat - beats[i]!);
  let j = 0;
  candidates.forEach((at, k) => {
    const t = at / QRS_RATE_HZ;
    while (j < beats.length && beats[j]! < t) j++;
    const before = Math.min(3, j > 0 ? t - beats[j - 1]! : 2);
    const next = accepted[k] ? j + 1 : j;
    const after = Math.min(3, next < beats.length ? beats[next]! - t : 2);
    const near = rr.slice(Math.max(0, j - 7), j + 6);
    const median = Math.min(2, Math.max(0.3, near.length > 2 ? lowerQuantile(near, 0.5) : 0.8));
    const r1 = before / median;
    const r2 = after / median;
    const nearer = Math.min(r1, r2);
    rows.set(
      [
        Math.min(r1, 2),
        Math.min(r2, 2),
        Math.min(nearer, 1),
        Math.max(0, 0.6 - nearer),
        Math.max(0, 0.4 - nearer),
        Math.max(0, Math.min(6, r1 + r2) - 1.5),
        Math.min(r1 + r2, 4),
        Math.abs(r1 - Math.round(r1)),
        Math.max(0, 0.35 - before),
        Math.max(0, 0.35 - after),
      ],
      k * width,
    );
  });
  return rows;
}
