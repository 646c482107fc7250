import type { SecondsOfLead } from './signal-quality';
import { isGoodInOne, isOffIn3S, WINDOW_S } from './three-seconds';

/** Faded in and out over this at its ends, s. */
const FADE_S = 0.25;
/** A sample is away from the baseline beyond this part of the window's largest value. */
const AWAY = 0.2;
/** Ventricular fibrillation is away from the baseline for this share of its samples or more, complexes for less. */
const LEAST_AWAY = 0.48;
/** Leakage below which a window is so much of a wave that it may be fibrillation (0.625 is Kuo & Dillman's). */
const MOST_LEAKAGE = 0.7;
/** Complexes that resemble each other by this or more are heartbeats, however wide. */
const MOST_ALIKE = 0.9;

type Lead = Pick<SecondsOfLead, 'level' | 'alike' | 'bands'>;

/**
 * Where ventricular fibrillation may be, second by second: 1 where the 3 s that begin there have its waves in every
 * connected lead, of which one at least is good. Waves of fibrillation are
 *
 * - away from the baseline for most of the time: threshold crossing sample count (Arafat, Chowdhury & Hasan, Signal,
 *   Image and Video Processing 2011; 5:1), of a window of 3 s faded at its ends;
 * - much of a sine: leakage of a filter that stops their mean period (Kuo & Dillman, Computers in Cardiology 1978:347,
 *   as written by Amann, Tratnig & Unterkofler, BioMed Eng OnLine 2005; 4:60);
 * - unlike each other, which tells them from wide complexes and large T waves (`SecondsOfLead.alike`).
 *
 * What the parts cost and find: docs/models-diary.md.
 * @param leads all from the same sample on
 * @param quality of each lead per second in the company of the others (`amongLeads`)
 */
export function fibrillatingWaves(
  leads: readonly Lead[],
  quality: readonly Uint8Array[],
): Uint8Array {
  const seconds = Math.min(...leads.map(({ level }) => level.length));
  const waves = new Uint8Array(Math.max(0, seconds));
  for (let s = 0; s + WINDOW_S <= seconds; s++) {
    // What is quickly told first: complexes resemble each other nearly everywhere.
    if (showsNoComplexes(leads, s) && isGoodInOne(leads, quality, s) && haveWaves(leads, s))
      waves[s] = 1;
  }
  return waves;
}

/** Whether no connected lead has complexes that are alike in the 3 s from second `s` on. */
function showsNoComplexes(leads: readonly Lead[], s: number): boolean {
  for (const lead of leads)
    if (likeness(lead, s) >= MOST_ALIKE && !isOffIn3S(lead, s)) return false;
  return true;
}

function likeness({ alike }: Lead, s: number): number {
  let sum = 0;
  for (let i = s; i < s + WINDOW_S; i++) sum += alike[i]!;
  return sum / WINDOW_S;
}

/** Whether the 3 s are waves of fibrillation in every connected lead. */
function haveWaves(leads: readonly Lead[], s: number): boolean {
  for (const lead of leads) if (!isOffIn3S(lead, s) && !hasWaves(lead, s)) return false;
  return true;
}

function hasWaves({ bands: { hz, fast } }: Lead, s: number): boolean {
  const from = Math.floor(s * hz);
  const x = smoothed(fast.subarray(from, from + Math.round(WINDOW_S * hz)));
  return shareAway(x, hz) >= LEAST_AWAY && leakage(x) < MOST_LEAKAGE;
}

/** A window about its mean and without mains, by a mean of three samples at about 125 Hz (Amann et al.: five at 250 Hz). */
export function smoothed(part: Float64Array): Float64Array {
  const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
  return part.map((own, i) => (own + (part[i - 1] ?? own) + (part[i + 1] ?? own)) / 3 - mean);
}

/** Share of the samples that are away from the baseline: threshold crossing sample count, of 1. */
export function shareAway(x: Float64Array, hz: number): number {
  const fade = Math.max(1, FADE_S * hz);
  const faded = x.map((value, i) => {
    const fromEnd = Math.min(i, x.length - 1 - i);
    const weight = fromEnd >= fade ? 1 : (1 - Math.cos((Math.PI * fromEnd) / fade)) / 2;
    return Math.abs(value) * weight;
  });
  const limit = AWAY * faded.reduce((most, value) => Math.max(most, value), 0);
  return limit > 0 ? faded.filter((value) => value > limit).length / faded.length : 0;
}

/** What a filter that stops a sine of the mean period lets through, 0 for a sine to 1. */
export function leakage(x: Float64Array): number {
  let [size, slope] = [Math.abs(x[0] ?? 0), 0];
  for (let i = 1; i < x.length; i++) {
    size += Math.abs(x[i]!);
    slope += Math.abs(x[i]! - x[i - 1]!);
  }
  if (slope === 0) return 1;
  const half = Math.max(1, Math.min(Math.floor((Math.PI * size) / slope + 0.5), x.length >> 1));
  let [left, whole] = [0, 0];
  for (let i = half; i < x.length; i++) {
    left += Math.abs(x[i]! + x[i - half]!);
    whole += Math.abs(x[i]!) + Math.abs(x[i - half]!);
  }
  return whole > 0 ? left / whole : 1;
}
