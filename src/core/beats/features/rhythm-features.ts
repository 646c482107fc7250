import { quantileOfSorted, upperMedian } from '../../../shared/domain/order-statistics';

/** RR intervals outside this range are pauses, gaps or double detections and say nothing of the usual rhythm. */
const PLAUSIBLE_RR_S = { min: 0.2, max: 2.5 } as const;
/** Beats on each side over which the patient's own normal RR is taken, widened while too few look normal. */
const NORMAL_RR_BEATS = [24, 72, 240] as const;
/** Fewer normal-looking intervals than this say too little. */
const ENOUGH_INTERVALS = 8;
/** A run begins where RR falls below this share of the last normal ones from one beat to the next, ... */
const RUN_BEGINS = 0.75;
/** ... and ends where it rises by this much above the run's own. */
const RUN_ENDS = 1.2;
/** Intervals that the beginning and the rest of a run are compared with. */
const RUN_INTERVALS = 5;
/** Two neighbouring intervals this alike are of a steady rhythm, neither premature nor a pause. */
const STEADY = 0.1;
/** Quantile of the steady intervals that stands for the resting rhythm, and of all where few are steady. */
const RESTING = { steady: 0.9, any: 0.75 } as const;
/** Normal RR of a stretch without a single plausible interval: 75 beats per minute. */
const DEFAULT_RR_S = 0.8;

/** RR intervals of a run of beats, one entry per beat. */
export interface RhythmFeatures {
  /** Seconds since the beat before; the normal RR for the first beat. */
  readonly rrBeforeS: Float32Array;
  /** Seconds to the beat after; the normal RR for the last beat. */
  readonly rrAfterS: Float32Array;
  /**
   * The patient's own normal RR around the beat: median over neighbouring pairs of beats of the dominant form that do
   * not lie in a run, which begins from one beat to the next.
   */
  readonly rrNormalS: Float32Array;
  /** Nine tenths of the steady RR intervals of the whole stretch are shorter: the resting rhythm, whatever came in runs. */
  readonly rrSlowS: number;
  /** Root mean square of successive differences over 24 beats on each side, relative to the normal RR. */
  readonly rrVariability: Float32Array;
}

/**
 * RR before and after each beat and the intervals that they are to be compared with. Prematurity is judged against
 * the patient's own rhythm (de Chazal, O'Dwyer & Reilly, IEEE Trans Biomed Eng 51:1196, 2004, use the local average);
 * the median over beats of the dominant form keeps ectopic beats and their pauses out of the reference. A run of atrial
 * beats has the dominant form too, but begins and ends from one beat to the next, which sinus rhythm does not; its
 * intervals are left out, so that a half hour of runs is measured by the sinus beats between them.
 *
 * @param timeS R peaks in seconds, ascending
 * @param dominant for each beat 1 when its form is the recording's dominant one, else 0
 * @param seen for each beat 1 when it can be trusted; intervals from and to others say nothing
 */
export function rhythmFeatures(
  timeS: Float64Array,
  dominant: Uint8Array,
  seen: Uint8Array = new Uint8Array(timeS.length).fill(1),
): RhythmFeatures {
  const n = timeS.length;
  const rr = rrIntervals(timeS);
  const known = rr.map((value, i) => (seen[i] === 1 && seen[i - 1] === 1 ? value : NaN));
  const inRun = runs(known);
  const isNormal = new Uint8Array(n);
  for (let i = 1; i < n; i++) {
    const isDominant = dominant[i] === 1 && dominant[i - 1] === 1;
    isNormal[i] = plausible(known[i]!) && isDominant && inRun[i] === 0 ? 1 : 0;
  }
  const allPlausible = known.filter(plausible).sort();
  const allNormal = rr.filter((_, i) => isNormal[i] === 1).sort();
  const whole = allNormal.length >= ENOUGH_INTERVALS ? allNormal : allPlausible;
  const fallback = whole.length > 0 ? quantileOfSorted(whole, 0.5) : DEFAULT_RR_S;

  const rrBeforeS = new Float32Array(n);
  const rrAfterS = new Float32Array(n);
  const rrNormalS = new Float32Array(n);
  const rrVariability = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const rrNormal = normalAround(rr, isNormal, i) ?? fallback;
    rrNormalS[i] = rrNormal;
    rrBeforeS[i] = i > 0 ? rr[i]! : rrNormal;
    rrAfterS[i] = i + 1 < n ? rr[i + 1]! : rrNormal;
    rrVariability[i] = successiveDifference(known, i) / rrNormal;
  }
  return { rrBeforeS, rrAfterS, rrNormalS, rrSlowS: restingRr(known), rrVariability };
}

/** RR of the resting rhythm of a stretch; NaN in `rr` for an interval that is not known. */
function restingRr(rr: Float64Array): number {
  const steady = rr.filter(
    (value, i) => plausible(value) && Math.abs(value - rr[i - 1]!) < STEADY * value,
  );
  if (steady.length >= ENOUGH_INTERVALS) return quantileOfSorted(steady.sort(), RESTING.steady);
  const any = rr.filter(plausible);
  return any.length > 0 ? quantileOfSorted(any.sort(), RESTING.any) : DEFAULT_RR_S;
}

/**
 * 1 for every interval of a run of early beats: from a sudden fall below the normal RR until a sudden rise above the
 * run's own. A rate that climbs beat by beat, as sinus rhythm does, is no run.
 */
function runs(rr: Float64Array): Uint8Array {
  const inRun = new Uint8Array(rr.length);
  const normal: number[] = [];
  const own: number[] = [];
  let before = NaN;
  for (let i = 0; i < rr.length; i++) {
    const value = rr[i]!;
    if (!plausible(value)) {
      // Whatever went on, nothing tells whether it still does.
      own.length = 0;
    } else if (own.length > 0) {
      if (value > RUN_ENDS * upperMedian(own)) own.length = 0;
      else remember(own, value);
      // The pause that ends a run belongs to it.
      inRun[i] = 1;
    } else if (normal.length > 2 && value < RUN_BEGINS * Math.min(before, upperMedian(normal))) {
      own.push(value);
      inRun[i] = 1;
    } else remember(normal, value);
    before = value;
  }
  return inRun;
}

function remember(list: number[], value: number): void {
  list.push(value);
  if (list.length > RUN_INTERVALS) list.shift();
}

/** Seconds since the beat before, NaN for the first, [beats]. */
export function rrIntervals(timeS: Float64Array): Float64Array {
  return timeS.map((time, i) => (i > 0 ? time - timeS[i - 1]! : NaN));
}

/** True for an interval that may be one heart cycle. */
export function plausible(rrS: number): boolean {
  return rrS >= PLAUSIBLE_RR_S.min && rrS <= PLAUSIBLE_RR_S.max;
}

const around = new Float64Array(2 * Math.max(...NORMAL_RR_BEATS) + 1);

function normalAround(rr: Float64Array, isNormal: Uint8Array, i: number): number | null {
  for (const reach of NORMAL_RR_BEATS) {
    let found = 0;
    const end = Math.min(rr.length, i + reach + 1);
    for (let k = Math.max(1, i - reach); k < end; k++)
      if (isNormal[k] === 1) around[found++] = rr[k]!;
    if (found >= ENOUGH_INTERVALS) return quantileOfSorted(around.subarray(0, found).sort(), 0.5);
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
