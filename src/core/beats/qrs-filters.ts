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
 * Runs each section forwards and backwards, so that nothing is delayed. Starts from the steady state of the
 * first sample; the caller keeps a margin on both sides, so no edge extension is needed.
 */
export function zeroPhase(samples: Float64Array, sections: readonly Biquad[]): Float64Array {
  const out = samples.slice();
  for (const section of sections) {
    runForwards(out, section);
    runBackwards(out, section);
  }
  return out;
}

/** Of its own, as `runBackwards`: a loop whose direction varies is a third slower. */
function runForwards(out: Float64Array, { b0, b1, b2, a1, a2 }: Biquad): void {
  const steady = (b0 + b1 + b2) / (1 + a1 + a2);
  const edge = out[0] ?? 0;
  let z1 = (steady - b0) * edge;
  let z2 = (b2 - a2 * steady) * edge;
  for (let i = 0; i < out.length; i++) {
    const x = out[i]!;
    const y = b0 * x + z1;
    z1 = b1 * x - a1 * y + z2;
    z2 = b2 * x - a2 * y;
    out[i] = y;
  }
}

function runBackwards(out: Float64Array, { b0, b1, b2, a1, a2 }: Biquad): void {
  const steady = (b0 + b1 + b2) / (1 + a1 + a2);
  const edge = out[out.length - 1] ?? 0;
  let z1 = (steady - b0) * edge;
  let z2 = (b2 - a2 * steady) * edge;
  for (let i = out.length - 1; i >= 0; i--) {
    const x = out[i]!;
    const y = b0 * x + z1;
    z1 = b1 * x - a1 * y + z2;
    z2 = b2 * x - a2 * y;
    out[i] = y;
  }
}

/** Root mean square over a centred window of `width` samples (odd); zeros beyond the ends. */
export function movingRms(samples: Float64Array, width: number): Float64Array {
  const n = samples.length;
  const half = (width - 1) >> 1;
  const out = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < Math.min(n, half); i++) sum += samples[i]! ** 2;
  for (let i = 0; i < n; i++) {
    if (i + half < n) sum += samples[i + half]! ** 2;
    if (i - half - 1 >= 0) sum -= samples[i - half - 1]! ** 2;
    // Rounding can leave a small negative rest after a large value has left the window.
    out[i] = sum > 0 ? Math.sqrt(sum / width) : 0;
  }
  return out;
}

const scratch = new Float64Array(256);

/** Entries from `from` to before `end`, every `step`th; what lies outside the values is left out. */
export interface Span {
  readonly from: number;
  readonly end: number;
  readonly step?: number;
}

/**
 * Value at quantile `q` (0 to 1, lower of two) of the finite entries; `empty` when there is none.
 * Insertion sort of the smallest ones in a kept buffer: these lists have some 30 entries and there are millions of them.
 */
export function lowerQuantile(
  values: ArrayLike<number>,
  q: number,
  empty = 0,
  { from, end, step = 1 }: Span = { from: 0, end: values.length },
): number {
  const first = from >= 0 ? from : from + step * Math.ceil(-from / step);
  const last = Math.min(end, values.length);
  let count = 0;
  for (let i = first; i < last; i += step) if (Number.isFinite(values[i]!)) count++;
  if (count === 0) return empty;
  const rank = Math.floor(q * (count - 1));
  const smallest = rank < scratch.length ? scratch : new Float64Array(rank + 1);
  let held = 0;
  for (let i = first; i < last; i += step) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (held > rank) {
      if (value >= smallest[rank]!) continue;
      held = rank;
    }
    let at = held++;
    while (at > 0 && smallest[at - 1]! > value) {
      smallest[at] = smallest[at - 1]!;
      at--;
    }
    smallest[at] = value;
  }
  return smallest[rank]!;
}
