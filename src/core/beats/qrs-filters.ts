/** Coefficients of one second-order section, a0 = 1. */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/**
 * Second-order Butterworth section by the bilinear transform with prewarping.
 * SOURCE: Oppenheim & Schafer, Discrete-Time Signal Processing, 3rd ed., section 7.1.
 * @param cutoffHz -3 dB frequency, below rateHz / 2
 */
export function butterworth2(cutoffHz: number, rateHz: number, type: 'low' | 'high'): Biquad {
  const k = Math.tan((Math.PI * cutoffHz) / rateHz);
  const norm = 1 / (1 + k * Math.SQRT2 + k * k);
  const a1 = 2 * (k * k - 1) * norm;
  const a2 = (1 - k * Math.SQRT2 + k * k) * norm;
  if (type === 'low') return { b0: k * k * norm, b1: 2 * k * k * norm, b2: k * k * norm, a1, a2 };
  return { b0: norm, b1: -2 * norm, b2: norm, a1, a2 };
}

/**
 * Runs each section forwards and backwards, in place, so that nothing is delayed. Starts from the steady state of the
 * first sample; the caller keeps a margin on both sides, so no edge extension is needed.
 */
export function filterInPlace(samples: Float64Array, sections: readonly Biquad[]): void {
  for (const section of sections) {
    runForwards(samples, section);
    runBackwards(samples, section);
  }
}

/**
 * The same of two signals of one length through as many sections, side by side: each sample of a section waits for the one
 * before it, and meanwhile the other signal's is reckoned. Every value is that of `filterInPlace`.
 */
export function filterTwo(
  [a, b]: readonly [Float64Array, Float64Array],
  [ofFirst, ofSecond]: readonly [readonly Biquad[], readonly Biquad[]],
): void {
  ofFirst.forEach((section, i) => {
    runTwoForwards(a, b, section, ofSecond[i]!);
    runTwoBackwards(a, b, section, ofSecond[i]!);
  });
}

/** State of a section that has long been given one value. */
function steadyState({ b0, b1, b2, a1, a2 }: Biquad, edge: number): [z1: number, z2: number] {
  const steady = (b0 + b1 + b2) / (1 + a1 + a2);
  return [(steady - b0) * edge, (b2 - a2 * steady) * edge];
}

/** Of its own, as `runBackwards`: a loop whose direction varies is a third slower. */
function runForwards(out: Float64Array, section: Biquad): void {
  const { b0, b1, b2, a1, a2 } = section;
  let [z1, z2] = steadyState(section, out[0] ?? 0);
  for (let i = 0; i < out.length; i++) {
    const x = out[i]!;
    const y = b0 * x + z1;
    z1 = b1 * x - a1 * y + z2;
    z2 = b2 * x - a2 * y;
    out[i] = y;
  }
}

function runBackwards(out: Float64Array, section: Biquad): void {
  const { b0, b1, b2, a1, a2 } = section;
  let [z1, z2] = steadyState(section, out[out.length - 1] ?? 0);
  for (let i = out.length - 1; i >= 0; i--) {
    const x = out[i]!;
    const y = b0 * x + z1;
    z1 = b1 * x - a1 * y + z2;
    z2 = b2 * x - a2 * y;
    out[i] = y;
  }
}

function runTwoForwards(a: Float64Array, b: Float64Array, ofA: Biquad, ofB: Biquad): void {
  const { b0, b1, b2, a1, a2 } = ofA;
  const { b0: c0, b1: c1, b2: c2, a1: d1, a2: d2 } = ofB;
  let [z1, z2] = steadyState(ofA, a[0] ?? 0);
  let [w1, w2] = steadyState(ofB, b[0] ?? 0);
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const u = b[i]!;
    const y = b0 * x + z1;
    const v = c0 * u + w1;
    z1 = b1 * x - a1 * y + z2;
    w1 = c1 * u - d1 * v + w2;
    z2 = b2 * x - a2 * y;
    w2 = c2 * u - d2 * v;
    a[i] = y;
    b[i] = v;
  }
}

function runTwoBackwards(a: Float64Array, b: Float64Array, ofA: Biquad, ofB: Biquad): void {
  const { b0, b1, b2, a1, a2 } = ofA;
  const { b0: c0, b1: c1, b2: c2, a1: d1, a2: d2 } = ofB;
  const last = a.length - 1;
  let [z1, z2] = steadyState(ofA, a[last] ?? 0);
  let [w1, w2] = steadyState(ofB, b[last] ?? 0);
  for (let i = last; i >= 0; i--) {
    const x = a[i]!;
    const u = b[i]!;
    const y = b0 * x + z1;
    const v = c0 * u + w1;
    z1 = b1 * x - a1 * y + z2;
    w1 = c1 * u - d1 * v + w2;
    z2 = b2 * x - a2 * y;
    w2 = c2 * u - d2 * v;
    a[i] = y;
    b[i] = v;
  }
}

/**
 * Samples that one call of an inner loop goes through. A loop over a whole stretch is compiled while it runs, for that run
 * alone, and keeps a sum as an object of its own for each sample; a function that is called often is compiled once, as such.
 */
const BLOCK = 1000;

/** Of `movingRms`: the sum of squares from one block to the next, a number in memory and never an object. */
const running = new Float64Array(1);

/** Root mean square over a centred window of `width` samples (odd); zeros beyond the ends. @returns `out` */
export function movingRms(
  samples: Float64Array,
  width: number,
  out: Float64Array = new Float64Array(samples.length),
): Float64Array {
  const n = samples.length;
  const half = (width - 1) >> 1;
  running[0] = 0;
  for (let i = 0; i < Math.min(n, half); i++) running[0] += samples[i]! * samples[i]!;
  const inner = Math.min(half + 1, n);
  const whole = Math.max(inner, n - half);
  rmsAtEnds(samples, half, width, out, 0, inner);
  for (let from = inner; from < whole; from += BLOCK)
    rmsWithin(samples, half, width, out, from, Math.min(whole, from + BLOCK));
  rmsAtEnds(samples, half, width, out, whole, n);
  return out;
}

/** `movingRms` of [from, end), whose windows lie within the samples, as does one sample before. */
function rmsWithin(
  samples: Float64Array,
  half: number,
  width: number,
  out: Float64Array,
  from: number,
  end: number,
): void {
  let sum = running[0]!;
  for (let i = from; i < end; i++) {
    const added = samples[i + half]!;
    const left = samples[i - half - 1]!;
    sum += added * added;
    sum -= left * left;
    out[i] = rootOfMean(sum, width);
  }
  running[0] = sum;
}

/** The same near the ends of the samples. */
function rmsAtEnds(
  samples: Float64Array,
  half: number,
  width: number,
  out: Float64Array,
  from: number,
  end: number,
): void {
  let sum = running[0]!;
  for (let i = from; i < end; i++) {
    if (i + half < samples.length) sum += samples[i + half]! * samples[i + half]!;
    if (i > half) sum -= samples[i - half - 1]! * samples[i - half - 1]!;
    out[i] = rootOfMean(sum, width);
  }
  running[0] = sum;
}

/** Rounding can leave a small negative rest after a large value has left the window. */
function rootOfMean(sum: number, width: number): number {
  return sum > 0 ? Math.sqrt(sum / width) : 0;
}
