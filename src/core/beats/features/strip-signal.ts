import { createBandpass, createResampler } from '../../dsp';

/** What the network of strips reads: samples per second. */
export const STRIP_RATE_HZ = 100;
/** P and f waves lie below 40 Hz, wander below 0.5 Hz. */
const BAND = { lowHz: 0.5, highHz: 40, order: 5 } as const;
/** A spike of motion reaches no further than this many QRS complexes. */
const HIGHEST = 4;
/** A lead without any signal is not drawn larger than this, mV. */
const LEAST_MV = 0.001;

/**
 * One lead of a strip as the network of strips reads it: 0.5 to 40 Hz, 100 samples per second, in heights of its own QRS
 * complexes (the median over seconds of the largest excursion), at most 4 of them; 0 where samples are missing.
 * @param raw mV as recorded, NaN where missing
 * @returns `ceil(100 * raw.length / rateHz)` samples
 */
export function stripSignal(raw: Float64Array, rateHz: number): Float32Array {
  const filtered = createBandpass(rateHz, BAND).apply(raw);
  const signal = createResampler(rateHz, STRIP_RATE_HZ).whole(filtered);
  const height = Math.max(LEAST_MV, heightOf(signal));
  return Float32Array.from(signal, (value) =>
    Number.isNaN(value) ? 0 : Math.max(-HIGHEST, Math.min(HIGHEST, value / height)),
  );
}

/** Median over whole seconds of the largest excursion, seconds without a sample left out; 0 where there is none. */
function heightOf(signal: Float64Array): number {
  const heights: number[] = [];
  for (let from = 0; from + STRIP_RATE_HZ <= signal.length; from += STRIP_RATE_HZ) {
    let largest = -1;
    for (const value of signal.subarray(from, from + STRIP_RATE_HZ)) {
      if (Math.abs(value) > largest) largest = Math.abs(value);
    }
    if (largest >= 0) heights.push(largest);
  }
  if (heights.length === 0) return 0;
  heights.sort((a, b) => a - b);
  const half = heights.length >> 1;
  return heights.length % 2 === 1 ? heights[half]! : (heights[half - 1]! + heights[half]!) / 2;
}
