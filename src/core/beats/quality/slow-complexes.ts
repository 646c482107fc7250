import type { SecondsOfLead } from './signal-quality';
import { isGoodInOne, isOffIn3S, WINDOW_S } from './three-seconds';

/** What lies so far from the steepest place of a window is of the same complex, s. */
const NEAR_S = 0.15;
/**
 * From this on a complex is slower than one that the ventricles' own conduction makes, however blocked a branch of it is:
 * its height by its steepest slope, s. docs/models-diary.md has what people's complexes measure.
 */
const SLOW_RISE_S = 0.046;

/** How quick the complexes of 3 s are; the numbers are those of `slowComplexes`. */
export const COMPLEXES = { unseen: 0, quick: 1, slow: 2 } as const;

type Lead = Pick<SecondsOfLead, 'level' | 'bands'>;

/**
 * Where no complex is as quick as a conducted one, second by second: of the 3 s that begin there, slow where they hold
 * nothing quicker in any connected lead, and unseen where none is good throughout. What is measured is how long the
 * steepest slope of the window would take for the height of the complex around it; a wave of another time, be it a large
 * T wave or wander, has no part in that.
 * @param leads all from the same sample on
 * @param quality of each lead per second in the company of the others (`amongLeads`)
 * @returns of COMPLEXES, [seconds]
 */
export function slowComplexes(leads: readonly Lead[], quality: readonly Uint8Array[]): Uint8Array {
  const seconds = Math.min(...leads.map(({ level }) => level.length));
  const slow = new Uint8Array(Math.max(0, seconds));
  for (let s = 0; s + WINDOW_S <= seconds; s++) {
    if (!isGoodInOne(leads, quality, s)) continue;
    slow[s] = areSlow(leads, s) ? COMPLEXES.slow : COMPLEXES.quick;
  }
  return slow;
}

function areSlow(leads: readonly Lead[], s: number): boolean {
  for (const lead of leads) if (!isOffIn3S(lead, s) && riseOf(lead, s) < SLOW_RISE_S) return false;
  return true;
}

function riseOf({ bands: { hz, fast } }: Lead, s: number): number {
  const from = Math.floor(s * hz);
  return riseS(fast.subarray(from, from + Math.round(WINDOW_S * hz)), hz);
}

/** Height of what lies around the steepest place of a window by the slope there, s; 0 for a line. */
export function riseS(x: Float64Array, hz: number): number {
  let [at, steepest] = [0, 0];
  for (let i = 1; i < x.length; i++) {
    const step = Math.abs(x[i]! - x[i - 1]!);
    if (step > steepest) [at, steepest] = [i, step];
  }
  if (steepest === 0) return 0;
  const near = Math.round(NEAR_S * hz);
  const around = x.subarray(Math.max(0, at - near), at + near + 1);
  return (Math.max(...around) - Math.min(...around)) / (steepest * hz);
}
