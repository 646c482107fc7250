import { LEVEL_BLOCK } from './qrs-constants';
import type { Evidence, LeadEvidence } from './qrs-evidence';

/** Points on each side of a candidate, of every second sample: 80 ms. */
const HALF = 10;
const POINTS = 2 * HALF + 1;
/** Points by which a neighbour is shifted against a candidate at most: 24 ms. */
const LAGS = 3;
const LAG_COUNT = 2 * LAGS + 1;
const SPAN = POINTS + 2 * LAGS;
/** Strong candidates on each side that one is compared with, among so many next to it. */
const EACH_SIDE = 4;
const REACH = 10;
/** Height from which a candidate is strong, in units of a QRS complex. */
const STRONG = 0.55;

/**
 * How much each candidate looks like strong candidates near it: the largest normalised correlation of the
 * weighted leads over 160 ms, shifts of up to 24 ms allowed. Real beats repeat, noise does not.
 * Works on every second sample, since the slope signal ends at 20 Hz.
 */
export function neighbourSimilarity(evidence: Evidence): {
  readonly best: Float64Array;
  readonly second: Float64Array;
} {
  const { candidates, leads, narrow } = evidence;
  const count = candidates.length;
  const best = new Float64Array(count).fill(-1);
  const second = new Float64Array(count).fill(-1);
  const width = leads.length * SPAN;
  const windows = new Float64Array(count * width);
  for (let k = 0; k < count; k++)
    for (let l = 0; l < leads.length; l++)
      fillWindow(windows, k * width + l * SPAN, leads[l]!, candidates[k]!);

  const energies = lagEnergies(windows, count, leads.length);
  const heights = new Float64Array(count);
  for (let k = 0; k < count; k++) heights[k] = narrow[candidates[k]!]!;
  const compared = { windows, energies, heights, leads: leads.length, best, second };
  for (let k = 0; k < count; k++) {
    compareWith(compared, k, -1);
    compareWith(compared, k, 1);
  }
  return { best, second };
}

/** The slope around a candidate in units of the lead's QRS level, weighted. */
function fillWindow(
  windows: Float64Array,
  row: number,
  { slope, levels, weights }: LeadEvidence,
  at: number,
): void {
  const block = Math.floor(at / LEVEL_BLOCK);
  const level = levels.peak[block]!;
  const scale = level > 0 ? Math.sqrt(weights[block]!) / level : 0;
  for (let p = 0; p < SPAN; p++) {
    const i = at + 2 * (p - HALF - LAGS);
    windows[row + p] = scale * (i >= 0 && i < slope.length ? slope[i]! : 0);
  }
}

interface Compared {
  readonly windows: Float64Array;
  readonly energies: Float64Array;
  readonly heights: Float64Array;
  readonly leads: number;
  readonly best: Float64Array;
  readonly second: Float64Array;
}

/** Compares a candidate with the nearest strong ones on one side of it. */
function compareWith(
  { windows, energies, heights, leads, best, second }: Compared,
  k: number,
  direction: -1 | 1,
): void {
  let used = 0;
  for (let step = 1; step <= REACH && used < EACH_SIDE; step++) {
    const q = k + direction * step;
    if (q < 0 || q >= heights.length) break;
    if (heights[q]! < STRONG) continue;
    used++;
    const value = correlation(windows, energies, k, q, leads);
    if (value > best[k]!) {
      second[k] = best[k]!;
      best[k] = value;
    } else if (value > second[k]!) second[k] = value;
  }
}

/** Energy of each window over all leads at each lag, [candidates, 2 * LAGS + 1]. */
function lagEnergies(windows: Float64Array, count: number, leads: number): Float64Array {
  const energies = new Float64Array(count * LAG_COUNT);
  for (let k = 0; k < count; k++)
    for (let lag = 0; lag < LAG_COUNT; lag++) {
      let sum = 0;
      for (let l = 0; l < leads; l++) {
        const first = (k * leads + l) * SPAN + lag;
        for (let p = first; p < first + POINTS; p++) sum += windows[p]! * windows[p]!;
      }
      energies[k * LAG_COUNT + lag] = sum;
    }
  return energies;
}

/**
 * Largest correlation of window `a` at its centre with window `b` at any lag. The products of all seven lags are summed
 * side by side: one sum alone waits for itself most of the time.
 */
function correlation(
  windows: Float64Array,
  energies: Float64Array,
  a: number,
  b: number,
  leads: number,
): number {
  let p0 = 0;
  let p1 = 0;
  let p2 = 0;
  let p3 = 0;
  let p4 = 0;
  let p5 = 0;
  let p6 = 0;
  for (let l = 0; l < leads; l++) {
    const fixed = (a * leads + l) * SPAN + LAGS;
    let moved = (b * leads + l) * SPAN;
    for (let p = fixed; p < fixed + POINTS; p++, moved++) {
      const value = windows[p]!;
      p0 += value * windows[moved]!;
      p1 += value * windows[moved + 1]!;
      p2 += value * windows[moved + 2]!;
      p3 += value * windows[moved + 3]!;
      p4 += value * windows[moved + 4]!;
      p5 += value * windows[moved + 5]!;
      p6 += value * windows[moved + 6]!;
    }
  }
  const own = energies[a * LAG_COUNT + LAGS]!;
  const first = b * LAG_COUNT;
  let best = -1;
  best = Math.max(best, p0 / Math.sqrt(own * energies[first]! + 1e-30));
  best = Math.max(best, p1 / Math.sqrt(own * energies[first + 1]! + 1e-30));
  best = Math.max(best, p2 / Math.sqrt(own * energies[first + 2]! + 1e-30));
  best = Math.max(best, p3 / Math.sqrt(own * energies[first + 3]! + 1e-30));
  best = Math.max(best, p4 / Math.sqrt(own * energies[first + 4]! + 1e-30));
  best = Math.max(best, p5 / Math.sqrt(own * energies[first + 5]! + 1e-30));
  return Math.max(best, p6 / Math.sqrt(own * energies[first + 6]! + 1e-30));
}
