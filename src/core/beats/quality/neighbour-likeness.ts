/** Peaks on each side that a peak is compared with. */
const NEIGHBOURS = 6;
/** Samples by which a neighbour is shifted against a peak, either way; `correlation` is written out for five places. */
const REACH = 2;
const SHIFTS = 2 * REACH + 1;
/** Peaks whose windows are held: one and its neighbours. */
const HELD = 2 * NEIGHBOURS + 1;

/** For each peak the second highest correlation with a neighbour, each window about its own mean; -1 without two. */
export function neighbourLikeness(
  x: Float64Array,
  peaks: readonly number[],
  before: number,
  after: number,
): Float32Array {
  const length = before + after + 1;
  const step = length > 40 ? 2 : 1;
  const points = Math.ceil(length / step);
  // Each window is read some sixty times: doubles, which hold singles, need no conversion.
  const windows = new Float64Array(HELD * SHIFTS * points);
  const out = new Float32Array(peaks.length);
  let filled = 0;
  for (let p = 0; p < out.length; p++) {
    for (; filled < peaks.length && filled <= p + NEIGHBOURS; filled++)
      fillPeak(windows, rowOf(filled, points), points, x, peaks[filled]! - before, step);
    out[p] = secondLikeness(windows, points, out.length, p);
  }
  return out;
}

/** Where the windows of a peak begin: in the place of those of one that is no neighbour any more. */
function rowOf(peak: number, points: number): number {
  return (peak % HELD) * SHIFTS * points;
}

function fillPeak(
  windows: Float64Array,
  row: number,
  points: number,
  x: Float64Array,
  first: number,
  step: number,
): void {
  for (let k = 0; k < SHIFTS; k++)
    fillWindow(windows, row + k * points, points, x, first + k - REACH, step);
}

function secondLikeness(windows: Float64Array, points: number, peaks: number, p: number): number {
  let best = -1;
  let second = -1;
  const last = Math.min(peaks - 1, p + NEIGHBOURS);
  for (let q = Math.max(0, p - NEIGHBOURS); q <= last; q++) {
    if (q === p) continue;
    const value = correlation(windows, points, p, q);
    if (value > best) {
      second = best;
      best = value;
    } else if (value > second) second = value;
  }
  return second;
}

/** Largest correlation with any of five shifts, side by side: one sum alone waits for itself most of the time. */
function correlation(windows: Float64Array, points: number, p: number, q: number): number {
  const own = rowOf(p, points) + REACH * points;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let at = rowOf(q, points);
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
}

/** Writes every `step`th sample from one on, zeros outside of the signal, with mean 0 and energy 1, in single precision. */
function fillWindow(
  windows: Float64Array,
  row: number,
  points: number,
  x: Float64Array,
  first: number,
  step: number,
): void {
  for (let i = 0; i < points; i++) {
    const at = first + i * step;
    windows[row + i] = at >= 0 && at < x.length ? Math.fround(x[at]!) : 0;
  }
  standardise(windows, row, points);
}

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
