/** RR intervals outside this range are pauses, gaps or double detections and say nothing of the usual rhythm. */
const PLAUSIBLE_RR_S = { min: 0.2, max: 2.5 } as const;
/** Beats on each side over which the patient's own normal RR is taken, widened while too few look normal. */
const NORMAL_RR_BEATS = [24, 72, 240] as const;
/** Fewer normal-looking intervals than this say too little. */
const ENOUGH_INTERVALS = 8;
/** Normal RR of a stretch without a single plausible interval: 75 beats per minute. */
const DEFAULT_RR_S = 0.8;

/** RR intervals of a run of beats, one entry per beat. */
export interface RhythmFeatures {
  /** Seconds since the beat before; the normal RR for the first beat. */
  readonly rrBeforeS: Float32Array;
  /** Seconds to the beat after; the normal RR for the last beat. */
  readonly rrAfterS: Float32Array;
  /** The patient's own normal RR around the beat: median over neighbouring pairs of beats of the dominant form. */
  readonly rrNormalS: Float32Array;
  /** Upper quartile of the RR intervals of the whole stretch: the resting rhythm, whatever came in runs. */
  readonly rrSlowS: number;
  /** Root mean square of successive differences over 24 beats on each side, relative to the normal RR. */
  readonly rrVariability: Float32Array;
}

/**
 * RR before and after each beat and the intervals that they are to be compared with. Prematurity is judged against
 * the patient's own rhythm (de Chazal, O'Dwyer & Reilly, IEEE Trans Biomed Eng 51:1196, 2004, use the local average);
 * the median over beats of the dominant form keeps ectopic beats and their pauses out of the reference, and the
 * upper quartile of the stretch stays that of the resting rhythm through a tachycardia of minutes.
 *
 * @param timeS R peaks in seconds, ascending
 * @param dominant for each beat 1 when its form is the recording's dominant one, else 0
 */
export function rhythmFeatures(timeS: Float64Array, dominant: Uint8Array): RhythmFeatures {
  const n = timeS.length;
  const rr = rrIntervals(timeS);
  const isNormal = new Uint8Array(n);
  for (let i = 1; i < n; i++) {
    isNormal[i] = plausible(rr[i]!) && dominant[i] === 1 && dominant[i - 1] === 1 ? 1 : 0;
  }
  const allPlausible = rr.filter(plausible).sort();
  const allNormal = rr.filter((_, i) => isNormal[i] === 1).sort();
  const whole = allNormal.length >= ENOUGH_INTERVALS ? allNormal : allPlausible;
  const fallback = whole.length > 0 ? quantile(whole, 0.5) : DEFAULT_RR_S;

  const rrBeforeS = new Float32Array(n);
  const rrAfterS = new Float32Array(n);
  const rrNormalS = new Float32Array(n);
  const rrVariability = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const rrNormal = normalAround(rr, isNormal, i) ?? fallback;
    rrNormalS[i] = rrNormal;
    rrBeforeS[i] = i > 0 ? rr[i]! : rrNormal;
    rrAfterS[i] = i + 1 < n ? rr[i + 1]! : rrNormal;
    rrVariability[i] = successiveDifference(rr, i) / rrNormal;
  }
  const rrSlowS = allPlausible.length > 0 ? quantile(allPlausible, 0.75) : DEFAULT_RR_S;
  return { rrBeforeS, rrAfterS, rrNormalS, rrSlowS, rrVariability };
}

/** Seconds since the beat before, NaN for the first, [beats]. */
export function rrIntervals(timeS: Float64Array): Float64Array {
  return timeS.map((time, i) => (i > 0 ? time - timeS[i - 1]! : NaN));
}

/** True for an interval that may be one heart cycle. */
export function plausible(rrS: number): boolean {
  return rrS >= PLAUSIBLE_RR_S.min && rrS <= PLAUSIBLE_RR_S.max;
}

/** Linear interpolation between order statistics, as NumPy's `quantile`. */
export function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return low + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - low);
}

function normalAround(rr: Float64Array, isNormal: Uint8Array, i: number): number | null {
  for (const reach of NORMAL_RR_BEATS) {
    const found: number[] = [];
    const end = Math.min(rr.length, i + reach + 1);
    for (let k = Math.max(1, i - reach); k < end; k++) if (isNormal[k] === 1) found.push(rr[k]!);
    if (found.length >= ENOUGH_INTERVALS) return quantile(Float64Array.from(found).sort(), 0.5);
  }
  return null;
}

function successiveDifference(rr: Float64Array, i: number): number {
  const reach = NORMAL_RR_BEATS[0];
  let squares = 0;
  let count = 0;
  const end = Math.min(rr.length, i + reach + 1);
  for (let k = Math.max(2, i - reach); k < end; k++) {
    if (!plausible(rr[k]!) || !plausible(rr[k - 1]!)) continue;
    squares += (rr[k]! - rr[k - 1]!) ** 2;
    count++;
  }
  return count === 0 ? 0 : Math.sqrt(squares / count);
}
