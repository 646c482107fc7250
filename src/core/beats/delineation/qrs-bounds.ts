import { QRS } from './thresholds';
import { edgeOf, slopesBetween, steepest, type Slope } from './slopes';
import { samplesOf } from './wavelet';

export interface QrsBounds {
  readonly onset: number;
  readonly end: number;
  /** Steepest slope, of the transform; above 0 where the signal rises. */
  readonly slope: number;
}

/**
 * Onset and end of the QRS complex in one lead, at scale 2^2 (Martinez et al. 2004, section III-B): from the first and
 * the last slope that belong to it outwards, until the slope has ended.
 * @param w2 scale 2^2
 * @param peak R peak of the beat, samples
 * @param earliest nothing before it is looked at, nor after `latest`
 * @returns null where the lead shows no complex there
 */
export function qrsBounds(
  w2: Float64Array,
  peak: number,
  earliest: number,
  latest: number,
): QrsBounds | null {
  const r = Math.round(peak);
  const from = Math.max(earliest, r - samplesOf(QRS.beforeMs));
  const to = Math.min(latest, r + samplesOf(QRS.afterMs));
  const slopes = slopesBetween(w2, from, to);
  const reach = samplesOf(QRS.mainMs);
  const main = steepest(slopes.filter(({ at }) => Math.abs(at - r) <= reach));
  if (!main) return null;
  const size = Math.abs(main.value);
  const first = outermost(w2, slopes, main, QRS.before * size, -1);
  const last = outermost(w2, slopes, main, QRS.after * size, 1);
  const onsetShare = first.value > 0 ? QRS.onset.rising : QRS.onset.falling;
  const endShare = last.value > 0 ? QRS.end.rising : QRS.end.falling;
  const onset = edgeOf(w2, first, onsetShare, -1, earliest) ?? from;
  const end = edgeOf(w2, last, endShare, 1, latest) ?? to;
  return end > onset ? { onset, end, slope: main.value } : null;
}

/** The furthest slope from the main one that is steep enough, without a quiet stretch between it and the one before. */
function outermost(
  w2: Float64Array,
  slopes: readonly Slope[],
  main: Slope,
  threshold: number,
  step: 1 | -1,
): Slope {
  let furthest = main;
  for (let k = slopes.indexOf(main) + step; slopes[k]; k += step) {
    const slope = slopes[k]!;
    const isSure = Math.abs(slope.value) >= QRS.surely * Math.abs(main.value);
    if (!isSure && quietBetween(w2, furthest.at, slope.at, QRS.quiet * Math.abs(main.value))) break;
    if (Math.abs(slope.value) >= threshold) furthest = slope;
  }
  return furthest;
}

/** Whether the transform stays below a level for long enough to say that one wave has ended and another begins. */
function quietBetween(w2: Float64Array, a: number, b: number, level: number): boolean {
  const long = samplesOf(QRS.quietMs);
  let quiet = 0;
  for (let i = Math.min(a, b); i <= Math.max(a, b); i++) {
    quiet = Math.abs(w2[i]!) < level ? quiet + 1 : 0;
    if (quiet >= long) return true;
  }
  return false;
}
