import { upperMedian } from '../../../shared/domain/order-statistics';
import type { BeatTokens } from './beat-tokens';
import { BEAT_WINDOW } from './beat-window';

/** Where a P wave lies, samples at 128 Hz from the window's first: 0.29 to 0.09 s before the R peak, and before the QRS. */
const P_REGION = { from: 1, to: 28 } as const;
/** Shorter than 0.1 s it shows no P wave. */
const SHORTEST = 13;
/** The QRS begins after as many samples (31 ms) whose slope is below this share of its steepest. */
const ONSET = { quiet: 4, share: 0.08 } as const;

/**
 * How like its P wave, or whatever else lies there, is to that of the stretch's dominant beat: the correlation of the
 * samples before the QRS, each the mean of three, in the lead in which the beats agree best.
 * @param tokens without margins
 * @returns -1 to 1, NaN where the beat is not seen in that lead, [beats]
 */
export function pLikeness(tokens: BeatTokens): Float32Array {
  const beats = tokens.timeS.length;
  let best = new Float32Array(beats).fill(NaN);
  let highest = -Infinity;
  for (let lead = 0; lead < tokens.leads; lead++) {
    const ofLead = likenessIn(tokens, lead);
    const median = upperMedian(ofLead);
    if (!(median > highest)) continue;
    highest = median;
    best = ofLead;
  }
  return best;
}

function likenessIn(
  { windows, dominant, present, leads, samples, timeS }: BeatTokens,
  lead: number,
): Float32Array<ArrayBuffer> {
  const likeness = new Float32Array(timeS.length);
  const to = endOfRegion(dominant.subarray(lead * samples, (lead + 1) * samples));
  if (to - P_REGION.from < SHORTEST) return likeness.fill(NaN);
  const own = smoothP(dominant, lead * samples, to);
  for (let beat = 0; beat < likeness.length; beat++) {
    const at = beat * leads + lead;
    likeness[beat] = present[at] === 1 ? correlation(smoothP(windows, at * samples, to), own) : NaN;
  }
  return likeness;
}

/** One past the region's last sample: a wide QRS reaches into what is P wave before a narrow one. */
function endOfRegion(dominant: Float32Array): number {
  const slope = (at: number): number => Math.abs(dominant[at + 1]! - dominant[at - 1]!);
  let steepest = 0;
  for (let at = P_REGION.to - 8; at < BEAT_WINDOW.before + 12; at++)
    steepest = Math.max(steepest, slope(at));
  let quiet = 0;
  for (let at = BEAT_WINDOW.before - 3; at > P_REGION.from; at--) {
    quiet = slope(at) < ONSET.share * steepest ? quiet + 1 : 0;
    if (quiet === ONSET.quiet) return Math.min(P_REGION.to, at + ONSET.quiet - 1);
  }
  return P_REGION.from;
}

/** The region without its mean and its slope: what is left of the T wave before is like itself, too. */
function smoothP(values: Float32Array, from: number, to: number): Float64Array {
  const p = new Float64Array(to - P_REGION.from);
  const middle = (p.length - 1) / 2;
  let [mean, slope, spread] = [0, 0, 0];
  for (let i = 0; i < p.length; i++) {
    const at = from + P_REGION.from + i;
    p[i] = (values[at - 1]! + values[at]! + values[at + 1]!) / 3;
    mean += p[i]! / p.length;
    slope += (i - middle) * p[i]!;
    spread += (i - middle) ** 2;
  }
  for (let i = 0; i < p.length; i++) p[i]! -= mean + ((i - middle) * slope) / spread;
  return p;
}

function correlation(a: Float64Array, b: Float64Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
