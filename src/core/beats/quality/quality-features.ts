import { createScratch, type Scratch } from '../../base/scratch';
import { FLAT_MV } from '../flat-signal';
import { butterworth2, filterInPlace, filterTwo, movingRms } from '../qrs-filters';
import { lowerQuantile, lowerQuantiles, quantilesAround } from '../quantiles';
import { neighbourLikeness } from './neighbour-likeness';

/** The rate to which a lead is thinned by averaging, Hz: what lies above says nothing about quality that it must. */
const WORKING_HZ = 125;
/** What is typical of a lead is no less than this, mV or mV/s: sizes are divided by it. */
const SMALLEST = 1e-4;
/** Seconds on each side over which the typical size of a QRS complex is taken. */
const NEAR = { before: 10, after: 10, step: 1 };
/** A peak of the envelope this large against the typical one may be a beat, or pretends to be one. */
const STRONG = 0.4;
const REFRACTORY_S = 0.2;

/** Measures of one second of one lead; all are logarithms of ratios, correlations or counts. */
export const SECOND_FEATURES = [
  'height', // largest slope envelope against the typical largest
  'background', // slope between complexes against the typical largest
  'fine', // 22 to 40 Hz in the quieter half of the second against the typical QRS slope
  'burst', // the same in its loudest fifth
  'wander', // range below 1 Hz against the typical range of a second
  'range', // range above 1 Hz against the typical one
  'sizeMv', // the typical range itself, mV
  'steepness', // typical slope against typical range
  'alike', // mean over strong peaks: correlation of the QRS with the second most similar neighbour
  'leastAlike', // the smallest of them
  'whole', // the same of P wave, QRS and T wave together
  'leastWhole',
  'peaks', // strong peaks in the second and half a second around it
] as const;

/** A lead thinned to about 125 Hz, split into what its quality is measured by; missing samples hold the last value. */
export interface LeadBands {
  readonly hz: number;
  /** Slope between 5 and 20 Hz, root mean square over 0.1 s, mV/s: high in a QRS complex. */
  readonly envelope: Float64Array;
  /** Below 1 Hz, mV. */
  readonly slow: Float64Array;
  /** Above 1 Hz, mV. */
  readonly fast: Float64Array;
}

/** What is known of each second of a lead. */
export interface QualityFeatures {
  readonly seconds: number;
  /** Row-major [seconds, SECOND_FEATURES.length]. */
  readonly rows: Float32Array;
  /** 1 where the second is flat, or mostly missing, [seconds]. */
  readonly off: Uint8Array;
  readonly bands: LeadBands;
}

/**
 * Measures each second of a lead by itself and against its surroundings. What makes a heartbeat a signal is that it
 * repeats, so most of it compares beats with their neighbours (Orphanidou et al., IEEE J Biomed Health Inform 2015;
 * 19:832: average correlation with a template); the rest are the usual ratios of QRS band, background, wander and
 * muscle noise (Clifford, Behar, Li & Rezek, Physiol Meas 2012; 33:1419).
 * @param rawMv samples in mV as recorded, NaN where missing
 * @param rateHz 50 Hz or more
 * @param scratch holds the bands, until they are released; what else is made of a lead is released here
 */
export function qualityFeatures(
  rawMv: Float64Array,
  rateHz: number,
  scratch: Scratch = createScratch(),
): QualityFeatures {
  const bands = emptyBands(rawMv.length, rateHz, scratch);
  const held = scratch.taken();
  const lead = splitLead(rawMv, rateHz, bands, scratch);
  const { hz, samples, missing, fast, slope, envelope } = lead;
  const seconds = Math.ceil(rawMv.length / rateHz);
  const off = new Uint8Array(seconds);
  const measured = new Float64Array(seconds * MEASURES);
  for (let s = 0; s < seconds; s++) {
    const from = Math.min(samples.length, Math.floor(s * hz));
    const to = Math.min(samples.length, Math.max(from + 1, Math.floor((s + 1) * hz)));
    off[s] = missingShare(missing, from, to) > 0.5 || range(samples, from, to) < FLAT_MV ? 1 : 0;
    measureSecond(lead, from, to, measured, s * MEASURES);
  }
  const slopeLevel = typicalOf(measured, MEASURE.topWide, off);
  const rangeLevel = typicalOf(measured, MEASURE.rangeWide, off);
  const peaks = strongPeaks(envelope, slopeLevel, hz);
  const qrs = neighbourLikeness(slope, peaks, Math.round(0.08 * hz), Math.round(0.08 * hz));
  const whole = neighbourLikeness(fast, peaks, Math.round(0.25 * hz), Math.round(0.4 * hz));
  const rows = new Float32Array(seconds * SECOND_FEATURES.length);
  let first = 0;
  for (let s = 0; s < seconds; s++) {
    const from = (s - 0.25) * hz;
    const to = (s + 1.25) * hz;
    while (first < peaks.length && peaks[first]! < from) first++;
    let end = first;
    while (end < peaks.length && peaks[end]! < to) end++;
    const levels = { slope: slopeLevel[s]!, range: rangeLevel[s]! };
    fillSizes(rows, s * SECOND_FEATURES.length, measured, s * MEASURES, levels);
    fillPeaks(rows, s * SECOND_FEATURES.length + SIZES, qrs, whole, first, end);
  }
  scratch.release(held);
  return { seconds, rows, off, bands };
}

/** Room for the bands of a lead of so many samples. */
function emptyBands(length: number, rateHz: number, scratch: Scratch): LeadBands {
  const factor = thinnedBy(rateHz);
  const count = Math.floor(length / factor);
  return {
    hz: rateHz / factor,
    envelope: scratch.take(count),
    slow: scratch.take(count),
    fast: scratch.take(count),
  };
}

/** A thinned lead and all that is measured of it. */
interface SplitLead extends LeadBands {
  readonly samples: Float64Array;
  /** 1 where no sample was, [samples]. */
  readonly missing: Uint8Array;
  /** Of 5 to 20 Hz, mV/s. */
  readonly slope: Float64Array;
  /** 22 to 40 Hz, root mean square over 0.1 s, mV. */
  readonly fineLevel: Float64Array;
}

function splitLead(
  rawMv: Float64Array,
  rateHz: number,
  bands: LeadBands,
  scratch: Scratch,
): SplitLead {
  const { hz, slow, fast, envelope } = bands;
  const samples = scratch.take(slow.length);
  const missing = thin(rawMv, thinnedBy(rateHz), samples);
  const slope = scratch.take(samples.length);
  slow.set(samples);
  slope.set(samples);
  // What a band needs of another is at hand when two run side by side.
  filterTwo([slow, slope], [[butterworth2(1, hz, 'low')], [butterworth2(5, hz, 'high')]]);
  subtract(samples, slow, fast);
  // Where the rate leaves no room for it, what there is below.
  const fineHigh = Math.min(40, 0.45 * hz);
  const fine = scratch.take(samples.length);
  fine.set(fast);
  filterTwo(
    [slope, fine],
    [[butterworth2(20, hz, 'low')], [butterworth2(Math.min(22, 0.55 * fineHigh), hz, 'high')]],
  );
  differentiate(slope, hz);
  movingRms(slope, odd(0.1 * hz), envelope);
  filterInPlace(fine, [butterworth2(fineHigh, hz, 'low')]);
  const fineLevel = movingRms(fine, odd(0.1 * hz), scratch.take(samples.length));
  // Written out: an object spread has a shape of its own each time, and what was compiled for the last one is no good.
  return { hz, envelope, slow, fast, samples, missing, slope, fineLevel };
}

/** What is measured of a second by itself, in the order of its columns; sizes in mV or mV/s. `burst` follows `fine`. */
const MEASURE = {
  top: 0,
  topWide: 1,
  background: 2,
  fine: 3,
  burst: 4,
  wander: 5,
  range: 6,
  rangeWide: 7,
} as const;
const MEASURES = Object.keys(MEASURE).length;

/**
 * This, and what follows, is called for every second and made once: a function that is made anew for each lead is also
 * compiled anew, as the machine code of one that is gone goes with the next collection of garbage.
 */
function measureSecond(lead: SplitLead, from: number, to: number, out: Float64Array, at: number) {
  const { hz, samples, slow, fast, envelope, fineLevel } = lead;
  const wideFrom = Math.max(0, from - Math.floor(0.3 * hz));
  const wideTo = Math.min(samples.length, to + Math.floor(0.3 * hz));
  const own = { from, end: to, step: 4 };
  const wide = { from: wideFrom, end: wideTo, step: 4 };
  out[at + MEASURE.top] = largest(envelope, from, to);
  out[at + MEASURE.topWide] = largest(envelope, wideFrom, wideTo);
  out[at + MEASURE.background] = lowerQuantile(envelope, 0.35, 0, wide);
  lowerQuantiles(fineLevel, [0.4, 0.85], own, out, at + MEASURE.fine);
  out[at + MEASURE.wander] = range(slow, from, to);
  out[at + MEASURE.range] = range(fast, from, to);
  out[at + MEASURE.rangeWide] = range(fast, wideFrom, wideTo);
}

/** Median of a measure over the seconds around each that are not off, [seconds]. */
function typicalOf(measured: Float64Array, measure: number, off: Uint8Array): Float64Array {
  // NaN is left out.
  const each = new Float64Array(off.length);
  for (let s = 0; s < each.length; s++) each[s] = off[s] ? NaN : measured[s * MEASURES + measure]!;
  const out = quantilesAround(each, 0.5, NEAR);
  for (let s = 0; s < out.length; s++) out[s] = Math.max(SMALLEST, out[s]!);
  return out;
}

/** Features of a second that compare sizes: the first of `SECOND_FEATURES`. */
const SIZES = SECOND_FEATURES.indexOf('alike');

function fillSizes(
  rows: Float32Array,
  at: number,
  measured: Float64Array,
  m: number,
  levels: { readonly slope: number; readonly range: number },
): void {
  const { slope: e, range: r } = levels;
  rows[at] = ratio(measured[m + MEASURE.top]!, e);
  rows[at + 1] = ratio(measured[m + MEASURE.background]!, e);
  // An amplitude at 30 Hz has 190 times its size as slope per second.
  rows[at + 2] = ratio(190 * measured[m + MEASURE.fine]!, e);
  rows[at + 3] = ratio(190 * measured[m + MEASURE.burst]!, e);
  rows[at + 4] = ratio(measured[m + MEASURE.wander]!, r);
  rows[at + 5] = ratio(measured[m + MEASURE.range]!, r);
  rows[at + 6] = Math.log(r + 0.01);
  rows[at + 7] = Math.log(e / r);
}

/** Features of a second that compare its peaks, [first, end), with others. */
function fillPeaks(
  rows: Float32Array,
  at: number,
  qrs: Float32Array,
  whole: Float32Array,
  first: number,
  end: number,
): void {
  rows[at] = mean(qrs, first, end);
  rows[at + 1] = least(qrs, first, end);
  rows[at + 2] = mean(whole, first, end);
  rows[at + 3] = least(whole, first, end);
  rows[at + 4] = end - first;
}

function ratio(value: number, level: number): number {
  return Math.log(value / level + 0.01);
}

function subtract(a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = a[i]! - b[i]!;
}

/** Samples to slope per second, in place. */
function differentiate(x: Float64Array, hz: number): void {
  for (let i = x.length - 1; i > 0; i--) x[i] = (x[i]! - x[i - 1]!) * hz;
  if (x.length > 0) x[0] = 0;
}

/** Samples of a lead that one of the working rate is the average of. */
function thinnedBy(rateHz: number): number {
  return Math.max(1, Math.round(rateHz / WORKING_HZ));
}

/** Samples that one call of `thinPart` makes, those of eight seconds: what is called often is compiled once. */
const PART = 8 * WORKING_HZ;

/** Of `thin`: the last value from one part to the next. */
const lastHeld = new Float64Array(1);

/**
 * Averages whole numbers of samples, bridging gaps with the last value.
 * @returns 1 where there was none, [samples]
 */
function thin(rawMv: Float64Array, factor: number, samples: Float64Array): Uint8Array {
  const missing = new Uint8Array(samples.length);
  lastHeld[0] = rawMv.find(Number.isFinite) ?? 0;
  for (let from = 0; from < samples.length; from += PART)
    thinPart(rawMv, factor, samples, missing, from, Math.min(samples.length, from + PART));
  return missing;
}

function thinPart(
  rawMv: Float64Array,
  factor: number,
  samples: Float64Array,
  missing: Uint8Array,
  from: number,
  end: number,
): void {
  let held = lastHeld[0]!;
  for (let i = from; i < end; i++) {
    let sum = 0;
    let found = 0;
    for (let k = i * factor; k < (i + 1) * factor; k++) {
      const value = rawMv[k]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      found++;
    }
    if (found > 0) held = sum / found;
    else missing[i] = 1;
    samples[i] = held;
  }
  lastHeld[0] = held;
}

function missingShare(missing: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += missing[i]!;
  return to > from ? sum / (to - from) : 1;
}

function strongPeaks(envelope: Float64Array, level: Float64Array, hz: number): number[] {
  const apart = REFRACTORY_S * hz;
  const found: number[] = [];
  for (let i = 1; i < envelope.length - 1; i++) {
    const height = envelope[i]!;
    if (!(height > envelope[i - 1]! && height >= envelope[i + 1]!)) continue;
    if (height < STRONG * level[Math.min(level.length - 1, Math.floor(i / hz))]!) continue;
    const before = found.at(-1);
    if (before === undefined || i - before >= apart) found.push(i);
    else if (height > envelope[before]!) found[found.length - 1] = i;
  }
  return found;
}

function odd(width: number): number {
  return 2 * Math.round((width - 1) / 2) + 1;
}

function largest(x: Float64Array, from: number, to: number): number {
  let out = 0;
  for (let i = from; i < to; i++) if (x[i]! > out) out = x[i]!;
  return out;
}

function range(x: Float64Array, from: number, to: number): number {
  let low = Infinity;
  let high = -Infinity;
  for (let i = from; i < to; i++) {
    if (x[i]! < low) low = x[i]!;
    if (x[i]! > high) high = x[i]!;
  }
  return high >= low ? high - low : 0;
}

/** Mean of the entries [first, end); 0 when there is none. */
function mean(x: Float32Array, first: number, end: number): number {
  let sum = 0;
  for (let i = first; i < end; i++) sum += x[i]!;
  return end > first ? sum / (end - first) : 0;
}

function least(x: Float32Array, first: number, end: number): number {
  let out = end > first ? 1 : 0;
  for (let i = first; i < end; i++) out = Math.min(out, x[i]!);
  return out;
}
