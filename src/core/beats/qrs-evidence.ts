import { LEVEL_BLOCK, QRS_RATE_HZ, REFRACTORY_SAMPLES } from './qrs-constants';
import { butterworth2, filterTwo, movingRms } from './qrs-filters';
import { leadLevels, leadPeaks, leadWeights, type LeadLevels } from './qrs-levels';
import { createScratch, type Scratch } from '../base/scratch';

/** One lead of a stretch of signal, prepared for QRS detection. */
export interface LeadEvidence {
  /** Samples at QRS_RATE_HZ with gaps bridged by straight lines. */
  readonly samples: Float64Array;
  readonly missing: Uint8Array | null;
  /** Derivative of the 5-20 Hz band. */
  readonly slope: Float64Array;
  /** RMS of `slope` over 100 ms. */
  readonly envelope: Float64Array;
  readonly levels: LeadLevels;
  /** Weight of the lead per level block, 0 or more. */
  readonly weights: Float64Array;
}

/** All leads together. */
export interface Evidence {
  readonly leads: readonly LeadEvidence[];
  /** Weighted mean of the leads' envelopes in units of each lead's own QRS level: about 1 at a beat. */
  readonly narrow: Float64Array;
  /** The same of the 2.5-15 Hz band over 150 ms, which wide complexes fill better. */
  readonly wide: Float64Array;
  readonly narrowLevels: LeadLevels;
  /** Sample numbers of the possible complexes: maxima of `narrow`, at least the refractory period apart. */
  readonly candidates: readonly number[];
}

const NARROW = [
  butterworth2(5, QRS_RATE_HZ, 'high'),
  butterworth2(20, QRS_RATE_HZ, 'low'),
] as const;
const WIDE = [
  butterworth2(2.5, QRS_RATE_HZ, 'high'),
  butterworth2(15, QRS_RATE_HZ, 'low'),
] as const;
/** A lower maximum is no candidate, in units of a QRS complex. */
const MINIMUM_HEIGHT = 0.08;

/**
 * Band-pass, derivative, and mean energy over a window as wide as a QRS complex, per lead.
 * SOURCE: Pan & Tompkins, "A real-time QRS detection algorithm", IEEE Trans Biomed Eng 1985; 32:230-236, with
 * the narrower window of Hamilton (Computers in Cardiology 2002; 29:101-104) and the root taken, so that the
 * envelope is linear in the signal. Leads are then added in units of their own QRS level, weighted by quality.
 * @param leads samples at QRS_RATE_HZ in any unit, NaN where missing
 * @param scratch holds the evidence, until it is released
 */
export function qrsEvidence(leads: readonly Float64Array[], scratch = createScratch()): Evidence {
  const n = leads[0]?.length ?? 0;
  const narrow = scratch.zeros(n);
  const wide = scratch.zeros(n);
  const weightSum = scratch.zeros(n);
  const bands = { wide: scratch.take(n), wideEnvelope: scratch.take(n) };
  const sums = { narrow, wide, weights: weightSum };
  const prepared: LeadEvidence[] = [];
  for (const lead of leads) prepared.push(prepareLead(lead, sums, bands, scratch));
  divide(narrow, wide, weightSum);
  return {
    leads: prepared,
    narrow,
    wide,
    narrowLevels: leadLevels(narrow, null),
    candidates: findCandidates(narrow),
  };
}

/** Sums over leads, [samples]. */
interface LeadSums {
  readonly narrow: Float64Array;
  readonly wide: Float64Array;
  readonly weights: Float64Array;
}

/** What is made of each lead's 2.5-15 Hz and added up: one lead after the other uses it. */
interface WideBand {
  readonly wide: Float64Array;
  readonly wideEnvelope: Float64Array;
}

/** A function of its own, made once: what is made anew for each stretch is compiled anew for each. */
function prepareLead(
  lead: Float64Array,
  sums: LeadSums,
  { wide, wideEnvelope }: WideBand,
  scratch: Scratch,
): LeadEvidence {
  const { samples, missing } = bridgeGaps(lead);
  const slope = scratch.take(samples.length);
  slope.set(samples);
  wide.set(samples);
  filterTwo([slope, wide], [NARROW, WIDE]);
  differentiate(slope);
  const envelope = movingRms(slope, 25, scratch.take(samples.length));
  movingRms(wide, 37, wideEnvelope);
  if (missing) silenceGaps(missing, [slope, envelope, wideEnvelope]);
  const levels = leadLevels(envelope, missing);
  const weights = leadWeights(levels);
  addLead(envelope, levels.peak, weights, missing, sums.narrow, sums.weights);
  addLead(wideEnvelope, leadPeaks(wideEnvelope, missing), weights, missing, sums.wide, null);
  return { samples, missing, slope, envelope, levels, weights };
}

/** Samples to differences from the one before, in place. */
function differentiate(x: Float64Array): void {
  for (let i = x.length - 1; i > 0; i--) x[i]! -= x[i - 1]!;
  if (x.length > 0) x[0] = 0;
}

function divide(narrow: Float64Array, wide: Float64Array, weights: Float64Array): void {
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! > 0) {
      narrow[i]! /= weights[i]!;
      wide[i]! /= weights[i]!;
    }
  }
}

/** Adds weight * envelope / peak, with weight and peak interpolated between block centres. */
function addLead(
  envelope: Float64Array,
  peak: Float64Array,
  weights: Float64Array,
  missing: Uint8Array | null,
  sum: Float64Array,
  weightSum: Float64Array | null,
): void {
  const half = LEVEL_BLOCK / 2;
  // Up to the first centre nothing changes; from one centre to the next is a call of its own.
  addBetween(envelope, peak, weights, missing, sum, weightSum, -1, 0, half);
  for (let b = 0; b * LEVEL_BLOCK + half < envelope.length; b++) {
    const from = b * LEVEL_BLOCK + half;
    addBetween(envelope, peak, weights, missing, sum, weightSum, b, from, from + LEVEL_BLOCK);
  }
}

/** `addLead` of samples [from, end), which lie between the centres of a block and the next; before the first of -1. */
function addBetween(
  envelope: Float64Array,
  peak: Float64Array,
  weights: Float64Array,
  missing: Uint8Array | null,
  sum: Float64Array,
  weightSum: Float64Array | null,
  block: number,
  from: number,
  end: number,
): void {
  const last = weights.length - 1;
  const b0 = Math.min(last, Math.max(0, block));
  const b1 = Math.min(last, b0 + 1);
  const [weight0, weight1] = [weights[b0]!, weights[b1]!];
  const [peak0, peak1] = [peak[b0]!, peak[b1]!];
  const until = Math.min(end, envelope.length);
  for (let i = from; i < until; i++) {
    if (missing !== null && missing[i] === 1) continue;
    const t = block < 0 ? 0 : i / LEVEL_BLOCK - 0.5 - b0;
    const weight = weight0 * (1 - t) + weight1 * t;
    const level = peak0 * (1 - t) + peak1 * t;
    if (!(level > 0)) continue;
    sum[i]! += (weight * envelope[i]!) / level;
    if (weightSum !== null) weightSum[i]! += weight;
  }
}

function findCandidates(narrow: Float64Array): number[] {
  const found: number[] = [];
  for (let i = 1; i < narrow.length - 1; i++) {
    const height = narrow[i]!;
    if (!(height > MINIMUM_HEIGHT && height > narrow[i - 1]! && height >= narrow[i + 1]!)) continue;
    const before = found.at(-1);
    if (before === undefined || i - before >= REFRACTORY_SAMPLES) found.push(i);
    else if (height > narrow[before]!) found[found.length - 1] = i;
  }
  return found;
}

function bridgeGaps(lead: Float64Array): { samples: Float64Array; missing: Uint8Array | null } {
  const n = lead.length;
  if (firstMissing(lead) === n) return { samples: lead, missing: null };
  const samples = Float64Array.from(lead);
  const missing = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    if (Number.isFinite(samples[i])) continue;
    let end = i;
    while (end < n && !Number.isFinite(lead[end])) end++;
    const from = i > 0 ? samples[i - 1]! : end < n ? lead[end]! : 0;
    const to = end < n ? lead[end]! : from;
    for (let k = i; k < end; k++) {
      samples[k] = from + ((to - from) * (k - i + 1)) / (end - i + 1);
      missing[k] = 1;
    }
    i = end;
  }
  return { samples, missing };
}

function firstMissing(lead: Float64Array): number {
  let i = 0;
  while (i < lead.length && Number.isFinite(lead[i]!)) i++;
  return i;
}

/** Sets arrays to zero in a gap and up to 80 ms beside it, where the filters still feel its edge. */
function silenceGaps(missing: Uint8Array, arrays: readonly Float64Array[]): void {
  const margin = Math.round(0.08 * QRS_RATE_HZ);
  let last = -Infinity;
  for (let i = 0; i < missing.length; i++) {
    if (missing[i]) last = i;
    if (i - last <= margin) for (const array of arrays) array[i] = 0;
  }
  let next = Infinity;
  for (let i = missing.length - 1; i >= 0; i--) {
    if (missing[i]) next = i;
    if (next - i <= margin) for (const array of arrays) array[i] = 0;
  }
}
