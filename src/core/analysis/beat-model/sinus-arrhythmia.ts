import type { BeatTokens } from '../../beats/features';

/** Beats that a segment has to have before the way that its intervals vary says anything. */
const LEAST_BEATS = 4;
/** Every beat is like the dominant one as a whole, too. */
const ONE_FORM = 0.85;
/** From this likeness of each P wave on they are plainly the sinus node's, however the intervals vary. */
const PLAINLY_P = 0.9;
/** Mean and least likeness of P waves in some noise. */
const MEAN_P = 0.6;
const LEAST_P = 0.2;
/** Deviation of the intervals by their mean, from which on a rhythm is irregular at all, and is clearly so. */
const IRREGULAR = { plainly: 0.08, inNoise: 0.1 } as const;
/**
 * Root mean square of successive differences by the deviation of the intervals, at most: breathing lengthens and shortens
 * them over several beats. It is the root of two where each is independent of the last, and 1.7 about a single early beat
 * with its pause.
 */
const MOST_SUDDEN = 1.4;

/**
 * Whether a segment's intervals vary as breathing makes them: irregular, every beat of the dominant form with its P wave
 * before it, and either that P wave is plain in each or the intervals change over several beats. Written for deep sinus
 * arrhythmia of healthy people, which a network that learned from patients flags (docs/models-diary.md).
 * @param pLikeness of every beat of the stretch (`pLikeness`)
 * @param span beats [first, end) of the segment
 */
export function variesAsSinus(
  { timeS, similarity }: Pick<BeatTokens, 'timeS' | 'similarity'>,
  pLikeness: Float32Array,
  [first, end]: readonly [number, number],
): boolean {
  if (end - first < LEAST_BEATS) return false;
  if (similarity.subarray(first, end).some((own) => own < ONE_FORM)) return false;
  const p = pLikeness.subarray(first, end);
  if (p.some((own) => Number.isNaN(own))) return false;
  const least = Math.min(...p);
  const mean = p.reduce((sum, own) => sum + own, 0) / p.length;
  const { deviation, suddenness } = intervals(timeS, Math.max(0, first - 1), end + 1);
  if (least >= PLAINLY_P) return deviation >= IRREGULAR.plainly;
  const isP = mean >= MEAN_P && least >= LEAST_P;
  return isP && deviation >= IRREGULAR.inNoise && suddenness <= MOST_SUDDEN;
}

/** Of the intervals between beats [first, end): deviation by the mean, and successive differences by the deviation. */
function intervals(
  timeS: Float64Array,
  first: number,
  end: number,
): { deviation: number; suddenness: number } {
  const rrS: number[] = [];
  for (let beat = first + 1; beat < Math.min(end, timeS.length); beat++)
    rrS.push(timeS[beat]! - timeS[beat - 1]!);
  const mean = rrS.reduce((sum, rr) => sum + rr, 0) / rrS.length;
  const deviationS = rootMeanSquare(rrS.map((rr) => rr - mean));
  const differences = rrS.slice(1).map((rr, i) => rr - rrS[i]!);
  return {
    deviation: deviationS / mean,
    suddenness: deviationS > 0 ? rootMeanSquare(differences) / deviationS : Infinity,
  };
}

const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
