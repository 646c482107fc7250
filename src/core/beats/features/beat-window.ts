/**
 * The window of one heartbeat as the `beat-attention` model reads it: 96 samples at 128 Hz from 0.297 s before the
 * R peak, so that it holds the P wave (PR interval up to 0.2 s) and most of the T wave.
 */
export const BEAT_WINDOW = { rateHz: 128, before: 38, samples: 96 } as const;

/** Half width of the interpolation kernel in samples of the recording. */
const HALF_WIDTH = 8;
/** Samples of the recording that one of the window is made of. */
const TAPS = 2 * HALF_WIDTH;
/** Fractions of a sample that have a kernel of their own: 1/256 of 1/100 s is 40 microseconds. */
const PHASES = 256;
/** Kaiser's shape parameter; 60 dB down outside the pass band (Oppenheim & Schafer, 3rd ed., 7.5.3). */
const KAISER_BETA = 5.65;

let kernels: Float64Array | null = null;

/** Kaiser-windowed sinc for every phase, row-major [PHASES + 1, TAPS], each row summing to 1. */
function interpolationKernels(): Float64Array {
  if (kernels) return kernels;
  const table = new Float64Array((PHASES + 1) * TAPS);
  for (let phase = 0; phase <= PHASES; phase++) {
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap++) {
      const x = tap - (HALF_WIDTH - 1) - phase / PHASES;
      const inside = 1 - (x / HALF_WIDTH) ** 2;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      const value = inside > 0 ? sinc * besselI0(KAISER_BETA * Math.sqrt(inside)) : 0;
      table[phase * TAPS + tap] = value;
      sum += value;
    }
    for (let tap = 0; tap < TAPS; tap++) table[phase * TAPS + tap]! /= sum;
  }
  kernels = table;
  return table;
}

/** Modified Bessel function of the first kind and order 0, by its power series (Abramowitz & Stegun 9.6.12). */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/**
 * Samples a band-passed signal at 128 Hz around one R peak. Each sample is interpolated at its exact time from the
 * recording's own samples, so beats of one form line up to a fraction of a sample whatever the recording's rate.
 * The signal holds nothing above 50 Hz, so 128 Hz loses nothing and needs no further filter.
 *
 * @param signal filtered samples in mV, NaN where missing
 * @param rateHz rate of `signal`, 100 Hz or more
 * @param peak position of the R peak in samples of `signal`, fractional
 * @param out receives the window; where the signal is missing or ends, 0
 * @param before samples at 128 Hz that lie before the R peak
 * @returns share of the window that was missing, 0 to 1
 */
export function sampleBeatWindow(
  signal: Float64Array,
  rateHz: number,
  peak: number,
  out: Float32Array,
  before: number = BEAT_WINDOW.before,
): number {
  const table = interpolationKernels();
  const step = rateHz / BEAT_WINDOW.rateHz;
  let missing = 0;
  for (let i = 0; i < out.length; i++) {
    const position = peak + (i - before) * step;
    const whole = Math.floor(position);
    const first = whole - (HALF_WIDTH - 1);
    // Written out, as are the sums: numbers that are handed to a function become objects, two hundred a window.
    const row = Math.round((position - whole) * PHASES) * TAPS;
    const nextPosition = peak + (i + 1 - before) * step;
    const nextWhole = Math.floor(nextPosition);
    const next = nextWhole - (HALF_WIDTH - 1);
    if (first >= 0 && next + TAPS <= signal.length && i + 1 < out.length) {
      const nextRow = Math.round((nextPosition - nextWhole) * PHASES) * TAPS;
      // Two sums side by side: one alone waits for itself most of the time.
      let sum = 0;
      let sumNext = 0;
      for (let tap = 0; tap < TAPS; tap++) {
        sum += signal[first + tap]! * table[row + tap]!;
        sumNext += signal[next + tap]! * table[nextRow + tap]!;
      }
      out[i] = sum;
      out[++i] = sumNext;
      if (Number.isNaN(sum)) missing += put(out, i - 1, sum);
      if (Number.isNaN(sumNext)) missing += put(out, i, sumNext);
      continue;
    }
    let sum = NaN;
    if (first >= 0 && first + TAPS <= signal.length) {
      sum = 0;
      for (let tap = 0; tap < TAPS; tap++) sum += signal[first + tap]! * table[row + tap]!;
    } else if (whole >= 0 && whole < signal.length) {
      // Within half a kernel of the signal's end: the nearest sample.
      sum = signal[whole]!;
    }
    missing += put(out, i, sum);
  }
  return missing / out.length;
}

/** @returns 1 where there is no value, and 0 is put in its place */
function put(out: Float32Array, i: number, value: number): number {
  const isMissing = Number.isNaN(value);
  out[i] = isMissing ? 0 : value;
  return isMissing ? 1 : 0;
}
