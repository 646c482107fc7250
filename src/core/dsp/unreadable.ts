import { upperMedian } from '../../shared/domain/order-statistics';

/** Why a segment cannot be judged: see `unreadableReason`, and for `noise` `isNoise` of `beats/quality`. */
export type UnreadableReason =
  | 'flat'
  | 'clipped'
  | 'held samples'
  | 'missing samples'
  | 'noise'
  | 'recording shorter than a segment';

/** More than this share of a segment missing makes it Unreadable. */
const MISSING_SHARE = 0.1;
/** A part is quiet below this range. The quietest segment of mitdb and svdb (101, V1) spans 0.145 mV. */
const QUIET_MV = 0.05;
const PARTS = 10;
/** Samples at a rail beyond this share make a segment clipped; saturated R peaks alone stay under 2 %. */
const CLIPPED_SHARE = 0.1;
/** Shortest plateau that counts as time at a rail: longer than the rounded top of a wave. */
const PLATEAU_S = 0.02;
const PLATEAU_SAMPLES = 3;
/** Samples on plateaus beyond this share mean that values were held; QRS complex, P and T wave alone are a third. */
const HELD_SHARE = 0.9;
const HELD_S = 0.04;
/** A rail lies at least this far from where the signal mostly is; a quiet baseline does not. */
const RAIL_DISTANCE_MV = 0.5;

/**
 * Why a segment cannot be judged, or null. Measured on raw samples, before any filter:
 *
 * - `recording shorter than a segment`: it ends before nine tenths of the segment; nothing of it is missing;
 * - `missing samples`: more than 10 % are NaN;
 * - `flat`: of ten equal parts (one second each) more than half span less than 0.05 mV. A pause of up to five
 *   seconds, as after a blocked beat, is therefore still judged;
 * - `clipped`: more than 10 % of the samples lie on plateaus (the same value for 20 ms and three samples or
 *   more) at the segment's highest or lowest value, 0.5 mV or more from its median. Headers are not asked for
 *   the converter's range: svdb's declare 10 bits and hold 11.
 * - `held samples`: nine tenths of the samples lie on plateaus of 40 ms and three samples or more. The steep parts of an
 *   ECG are never still so long; a converter that repeats its last value is nothing else.
 *
 * On mitdb (26 records) and svdb (39), all leads, 6 of 46,722 segments are Unreadable, every one clipped by a
 * moving electrode (tests/golden/unreadable.test.ts).
 *
 * @param rawMv samples of the segment in mV, at the recording's own rate
 * @param expectedSamples length of a whole segment, more than `rawMv` has where the recording ends before
 */
export function unreadableReason(
  rawMv: Float64Array,
  rateHz: number,
  expectedSamples: number,
): UnreadableReason | null {
  if (rawMv.length < (1 - MISSING_SHARE) * expectedSamples) {
    return 'recording shorter than a segment';
  }
  let present = 0;
  let quiet = 0;
  let low = Infinity;
  let high = -Infinity;
  for (let part = 0; part < PARTS; part++) {
    const start = Math.floor((part * rawMv.length) / PARTS);
    const end = Math.floor(((part + 1) * rawMv.length) / PARTS);
    let partLow = Infinity;
    let partHigh = -Infinity;
    for (let i = start; i < end; i++) {
      const value = rawMv[i]!;
      if (Number.isNaN(value)) continue;
      present++;
      if (value < partLow) partLow = value;
      if (value > partHigh) partHigh = value;
    }
    if (partHigh >= partLow && partHigh - partLow < QUIET_MV) quiet++;
    low = Math.min(low, partLow);
    high = Math.max(high, partHigh);
  }
  if (expectedSamples - present > MISSING_SHARE * expectedSamples) return 'missing samples';
  if (quiet > PARTS / 2) return 'flat';

  const shortest = Math.max(PLATEAU_SAMPLES, Math.ceil(PLATEAU_S * rateHz));
  const shortestHeld = Math.max(PLATEAU_SAMPLES, Math.ceil(HELD_S * rateHz));
  const [onPlateaus, held] = samplesOnAnyPlateau(rawMv, shortest, shortestHeld);
  if (held > HELD_SHARE * present) return 'held samples';

  const limit = CLIPPED_SHARE * expectedSamples;
  // At the lowest and highest value there are no more than at any.
  if (onPlateaus <= limit) return null;
  const [atLow, atHigh] = samplesOnPlateaus(rawMv, low, high, shortest);
  // The median is dear, and needed for one segment in thousands.
  if (atLow + atHigh <= limit) return null;
  const middle = upperMedian(rawMv);
  const isRail = (value: number, samples: number): boolean =>
    samples > present / 2 || Math.abs(value - middle) >= RAIL_DISTANCE_MV;
  const clipped = (isRail(low, atLow) ? atLow : 0) + (isRail(high, atHigh) ? atHigh : 0);
  return clipped > limit ? 'clipped' : null;
}

/** Samples on plateaus of whatever value, of at least one length and of at least another. */
function samplesOnAnyPlateau(x: Float64Array, shortest: number, longer: number): [number, number] {
  let [all, long] = [0, 0];
  let start = 0;
  let before = x[0]!;
  for (let i = 1; i <= x.length; i++) {
    const value = i < x.length ? x[i]! : NaN;
    if (value === before) continue;
    const run = i - start;
    if (run >= shortest) {
      all += run;
      if (run >= longer) long += run;
    }
    start = i;
    before = value;
  }
  return [all, long];
}

/** Samples on plateaus at the lowest and at the highest value; in one pass, as nearly every segment has none. */
function samplesOnPlateaus(
  x: Float64Array,
  low: number,
  high: number,
  shortest: number,
): [number, number] {
  let atLow = 0;
  let atHigh = 0;
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    if (value !== low && value !== high) continue;
    const start = i;
    while (i + 1 < x.length && x[i + 1] === value) i++;
    const run = i + 1 - start;
    if (run < shortest) continue;
    if (value === low) atLow += run;
    if (value === high) atHigh += run;
  }
  return [atLow, atHigh];
}
