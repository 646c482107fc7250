import { upperMedian } from '../../../shared/domain/order-statistics';

/** Beats that some lead shows, in order. */
export interface SeenBeats {
  readonly timeS: readonly number[];
  /** How like the dominant one each P wave is (`pLikeness`). */
  readonly pLikeness: readonly number[];
}

/** Intervals that are none: two beats for one, a beat that was missed. */
const PLAUSIBLE_S = { least: 0.25, most: 2.5 } as const;
/** Fewer intervals tell nothing. */
const FEWEST = 20;
/** Median likeness from which on the sinus node's P wave is before the beats. In fibrillation it was 0.56 at most. */
const PLAIN_P = 0.85;
/** As many beats tell of a day, taken from all of it: all of its beats would keep whoever waits for 0.3 s. */
const MOST = 2000;
/** Cycles of flutter, s, and from which concentration on the intervals are multiples of one. */
const FLUTTER = { shortestS: 0.17, longestS: 0.3, stepS: 0.005, multiples: 0.7 } as const;
/** From this mean probability on fibrillation is told whatever the intervals do. */
const SURE = 0.9;
/** Least suddenness of fibrillation, by how many intervals tell it; fewer than `some` do not. */
const LEAST_SUDDEN = { some: 40, ofSome: 1.1, many: 100, ofMany: 1.2 } as const;
/** Intervals on each side whose mean an interval is held against: slower changes of the rate say nothing. */
const AROUND = 15;

/**
 * Whether what a network takes for fibrillation is sinus rhythm with intervals that swing, as deep sinus arrhythmia makes
 * them: the same P wave stands before the beats, and the intervals are no multiples of a cycle, as those of flutter are,
 * whose waves look alike too; or the network is not sure, as where noise hides the P waves, and the intervals change over
 * several beats (docs/models-diary.md).
 * @param probability mean over the beats, 0 to 1
 */
export function isSinusInstead({ timeS, pLikeness }: SeenBeats, probability: number): boolean {
  const rrS = intervalsOf(timeS);
  if (rrS.length < FEWEST) return false;
  if (upperMedian(spread(pLikeness)) >= PLAIN_P && !areMultiples(spread(rrS))) return true;
  const { some, ofSome, many, ofMany } = LEAST_SUDDEN;
  if (probability >= SURE || rrS.length < some) return false;
  return suddennessOf(rrS) < (rrS.length >= many ? ofMany : ofSome);
}

function intervalsOf(timeS: readonly number[]): number[] {
  const { least, most } = PLAUSIBLE_S;
  const rrS: number[] = [];
  for (let i = 1; i < timeS.length; i++) {
    const own = timeS[i]! - timeS[i - 1]!;
    if (own > least && own < most) rrS.push(own);
  }
  return rrS;
}

/** Evenly spaced ones of all, `MOST` at most. */
function spread(values: readonly number[]): readonly number[] {
  const step = Math.ceil(values.length / MOST);
  return step > 1 ? values.filter((_, i) => i % step === 0) : values;
}

/** Whether some cycle of flutter fits into nearly every interval a whole number of times (mean resultant length). */
function areMultiples(rrS: readonly number[]): boolean {
  const { shortestS, longestS, stepS, multiples } = FLUTTER;
  for (let cycleS = shortestS; cycleS <= longestS; cycleS += stepS) {
    let [x, y] = [0, 0];
    for (const own of rrS) {
      const phase = (2 * Math.PI * own) / cycleS;
      x += Math.cos(phase);
      y += Math.sin(phase);
    }
    // As many whole cycles in each: the phase is 0, not merely the same.
    if (x / rrS.length >= multiples && x >= 4 * Math.abs(y)) return true;
  }
  return false;
}

/**
 * Root mean square of successive differences of the intervals by their deviation from the mean of those around: the root of
 * two where each is independent of the last, as in fibrillation (von Neumann's ratio, Ann. Math. Stat. 12, 1941), and less
 * where they change over several beats.
 */
function suddennessOf(rrS: readonly number[]): number {
  let [differences, deviation, near, from, to] = [0, 0, 0, 0, 0];
  for (let i = 0; i < rrS.length; i++) {
    while (to < Math.min(rrS.length, i + AROUND + 1)) near += rrS[to++]!;
    while (from < i - AROUND) near -= rrS[from++]!;
    deviation += (rrS[i]! - near / (to - from)) ** 2 / rrS.length;
    if (i > 0) differences += (rrS[i]! - rrS[i - 1]!) ** 2 / (rrS.length - 1);
  }
  return Math.sqrt(differences / deviation);
}
