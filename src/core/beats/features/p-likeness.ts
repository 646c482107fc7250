import type { BeatTokens } from './beat-tokens';

/** Where a P wave lies, samples at 128 Hz from the window's first: 0.29 to 0.09 s before the R peak. */
const P_REGION = { from: 1, to: 28 } as const;

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
    const median = medianOf(ofLead);
    if (median <= highest) continue;
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
  const own = smoothP(dominant, lead * samples);
  for (let beat = 0; beat < likeness.length; beat++) {
    const at = beat * leads + lead;
    likeness[beat] = present[at] === 1 ? correlation(smoothP(windows, at * samples), own) : NaN;
  }
  return likeness;
}

/** The region about its mean. */
function smoothP(values: Float32Array, from: number): Float64Array {
  const p = new Float64Array(P_REGION.to - P_REGION.from);
  let mean = 0;
  for (let i = 0; i < p.length; i++) {
    const at = from + P_REGION.from + i;
    p[i] = (values[at - 1]! + values[at]! + values[at + 1]!) / 3;
    mean += p[i]! / p.length;
  }
  for (let i = 0; i < p.length; i++) p[i]! -= mean;
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

/** Of those that are there; -Infinity where none is. */
function medianOf(values: Float32Array): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  return known.length === 0 ? -Infinity : known[known.length >> 1]!;
}
