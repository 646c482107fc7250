import { butterworth2, lowerQuantile, movingRms, zeroPhase, zeroPhaseOfTwo } from '../qrs-filters';

/** The rate to which a lead is thinned by averaging, Hz: what lies above says nothing about quality that it must. */
const WORKING_HZ = 125;
/** Rates are thinned by a whole number, so the working rate lies in this range; filters are made for it. */
const SMALLEST = 1e-4;
/** Seconds on each side over which the typical size of a QRS complex is taken. */
const LEVEL_REACH_S = 10;
/** A peak of the envelope this large against the typical one may be a beat, or pretends to be one. */
const STRONG = 0.4;
const REFRACTORY_S = 0.2;
/** Strong peaks on each side that a peak is compared with. */
const NEIGHBOURS = 6;
/** Samples by which a neighbour is shifted against a peak, either way; `likeness` is written out for five places. */
const REACH = 2;
const SHIFTS = 2 * REACH + 1;

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
 */
export function qualityFeatures(rawMv: Float64Array, rateHz: number): QualityFeatures {
  const { samples, hz, missingShare } = thinned(rawMv, rateHz);
  const seconds = Math.ceil(rawMv.length / rateHz);
  const off = new Uint8Array(seconds);
  const rows = new Float32Array(seconds * SECOND_FEATURES.length);
  // What a band needs of another is at hand when two run side by side.
  const [slow, above5Hz] = zeroPhaseOfTwo(
    [samples, samples],
    [[butterworth2(1, hz, 'low')], [butterworth2(5, hz, 'high')]],
  );
  const fast = new Float64Array(samples.length);
  for (let i = 0; i < fast.length; i++) fast[i] = samples[i]! - slow[i]!;
  // Where the rate leaves no room for it, what there is below.
  const fineHigh = Math.min(40, 0.45 * hz);
  const [slope, aboveFine] = zeroPhaseOfTwo(
    [above5Hz, fast],
    [[butterworth2(20, hz, 'low')], [butterworth2(Math.min(22, 0.55 * fineHigh), hz, 'high')]],
  );
  for (let i = slope.length - 1; i > 0; i--) slope[i] = (slope[i]! - slope[i - 1]!) * hz;
  if (slope.length > 0) slope[0] = 0;
  const envelope = movingRms(slope, odd(0.1 * hz));
  const fine = zeroPhase(aboveFine, [butterworth2(fineHigh, hz, 'low')]);
  const fineLevel = movingRms(fine, odd(0.1 * hz));

  const measured = Array.from({ length: seconds }, (_, s) => {
    const from = Math.min(samples.length, Math.floor(s * hz));
    const to = Math.min(samples.length, Math.max(from + 1, Math.floor((s + 1) * hz)));
    off[s] = missingShare(from, to) > 0.5 || range(samples, from, to) < FLAT_MV ? 1 : 0;
    const wide = [
      Math.max(0, from - Math.floor(0.3 * hz)),
      Math.min(samples.length, to + Math.floor(0.3 * hz)),
    ] as const;
    const own = { from, end: to, step: 4 };
    return {
      top: largest(envelope, from, to),
      topWide: largest(envelope, ...wide),
      background: lowerQuantile(envelope, 0.35, 0, { from: wide[0], end: wide[1], step: 4 }),
      fine: lowerQuantile(fineLevel, 0.4, 0, own),
      burst: lowerQuantile(fineLevel, 0.85, 0, own),
      wander: range(slow, from, to),
      range: range(fast, from, to),
      rangeWide: range(fast, ...wide),
    };
  });
  const typical = (of: (second: (typeof measured)[number]) => number): Float64Array => {
    // NaN is left out by lowerQuantile().
    const each = Float64Array.from(measured, (second, s) => (off[s] ? NaN : of(second)));
    return each.map((_, s) => {
      const near = { from: s - LEVEL_REACH_S, end: s + LEVEL_REACH_S + 1 };
      return Math.max(SMALLEST, lowerQuantile(each, 0.5, 0, near));
    });
  };
  const slopeLevel = typical((second) => second.topWide);
  const rangeLevel = typical((second) => second.rangeWide);
  const peaks = strongPeaks(envelope, slopeLevel, hz);
  const qrs = likeness(slope, peaks, Math.round(0.08 * hz), Math.round(0.08 * hz));
  const whole = likeness(fast, peaks, Math.round(0.25 * hz), Math.round(0.4 * hz));
  let first = 0;
  measured.forEach((second, s) => {
    const from = (s - 0.25) * hz;
    const to = (s + 1.25) * hz;
    while (first < peaks.length && peaks[first]! < from) first++;
    let end = first;
    while (end < peaks.length && peaks[end]! < to) end++;
    const ratio = (value: number, level: number): number => Math.log(value / level + 0.01);
    const e = slopeLevel[s]!;
    const r = rangeLevel[s]!;
    rows.set(
      [
        ratio(second.top, e),
        ratio(second.background, e),
        // An amplitude at 30 Hz has 190 times its size as slope per second.
        ratio(190 * second.fine, e),
        ratio(190 * second.burst, e),
        ratio(second.wander, r),
        ratio(second.range, r),
        Math.log(r + 0.01),
        Math.log(e / r),
        mean(qrs, first, end),
        least(qrs, first, end),
        mean(whole, first, end),
        least(whole, first, end),
        end - first,
      ],
      s * SECOND_FEATURES.length,
    );
  });
  return { seconds, rows, off, bands: { hz, envelope, slow, fast } };
}

/** A second that spans less than this, in mV, holds no heartbeat that could be read. */
const FLAT_MV = 0.02;

/** Averages whole numbers of samples, bridging gaps with the last value. */
function thinned(rawMv: Float64Array, rateHz: number) {
  const factor = Math.max(1, Math.round(rateHz / WORKING_HZ));
  const count = Math.floor(rawMv.length / factor);
  const samples = new Float64Array(count);
  const missing = new Uint8Array(count);
  let held = rawMv.find(Number.isFinite) ?? 0;
  for (let i = 0; i < count; i++) {
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
  const missingShare = (from: number, to: number): number => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += missing[i]!;
    return to > from ? sum / (to - from) : 1;
  };
  return { samples, hz: rateHz / factor, missingShare };
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

/** For each peak the second highest correlation with a neighbour, each window about its own mean; -1 without two. */
function likeness(
  x: Float64Array,
  peaks: readonly number[],
  before: number,
  after: number,
): Float32Array {
  const length = before + after + 1;
  const step = length > 40 ? 2 : 1;
  const points = Math.ceil(length / step);
  // Each window is read some sixty times: doubles, which hold singles, need no conversion.
  const windows = new Float64Array(peaks.length * SHIFTS * points);
  peaks.forEach((at, p) => {
    for (let k = 0; k < SHIFTS; k++) {
      const row = (p * SHIFTS + k) * points;
      const first = at - before + k - REACH;
      for (let i = 0; i < points; i++) windows[row + i] = Math.fround(x[first + i * step] ?? 0);
      standardise(windows, row, points);
    }
  });
  /** Correlations with all five shifts side by side: one sum alone waits for itself most of the time. */
  const correlation = (p: number, q: number): number => {
    const own = (p * SHIFTS + REACH) * points;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    let at = q * SHIFTS * points;
    for (let i = own; i < own + points; i++, at++) {
      const value = windows[i]!;
      s0 += value * windows[at]!;
      s1 += value * windows[at + points]!;
      s2 += value * windows[at + 2 * points]!;
      s3 += value * windows[at + 3 * points]!;
      s4 += value * windows[at + 4 * points]!;
    }
    let best = s0 > -1 ? s0 : -1;
    if (s1 > best) best = s1;
    if (s2 > best) best = s2;
    if (s3 > best) best = s3;
    return s4 > best ? s4 : best;
  };
  return Float32Array.from(peaks, (_, p) => {
    let best = -1;
    let second = -1;
    for (
      let q = Math.max(0, p - NEIGHBOURS);
      q <= Math.min(peaks.length - 1, p + NEIGHBOURS);
      q++
    ) {
      if (q === p) continue;
      const value = correlation(p, q);
      if (value > best) {
        second = best;
        best = value;
      } else if (value > second) second = value;
    }
    return second;
  });
}

/** Gives a window mean 0 and energy 1, in single precision. */
function standardise(windows: Float64Array, row: number, points: number): void {
  const end = row + points;
  let sum = 0;
  for (let i = row; i < end; i++) sum += windows[i]!;
  const mean = sum / points;
  let energy = 1e-12;
  for (let i = row; i < end; i++) {
    const value = Math.fround(windows[i]! - mean);
    windows[i] = value;
    energy += value * value;
  }
  const scale = 1 / Math.sqrt(energy);
  for (let i = row; i < end; i++) windows[i] = Math.fround(windows[i]! * scale);
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
