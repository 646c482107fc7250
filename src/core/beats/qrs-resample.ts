import { QRS_RATE_HZ } from './qrs-constants';

const PHASES = 512;
const ZERO_CROSSINGS = 8;

/** Streaming conversion of one lead to the detector's own rate. Missing samples stay NaN. */
export interface RateConverter {
  /** Takes the next input samples, returns the output samples that they complete. */
  push(samples: Float64Array): Float64Array;
  /** Returns what is left, as if the last sample went on for ever. */
  flush(): Float64Array;
}

/**
 * Windowed-sinc interpolation with a Hann window, cut-off at 0.45 of the lower rate.
 * SOURCE: J. O. Smith, Digital Audio Resampling Home Page (CCRMA, Stanford), "Theory of Ideal Bandlimited
 * Interpolation". Output sample k lies at k / QRS_RATE_HZ seconds; phases are rounded to 1/512 input sample,
 * which is 20 microseconds at 100 Hz.
 * @param rateHz input rate, above 0
 */
export function createRateConverter(rateHz: number): RateConverter {
  if (rateHz === QRS_RATE_HZ) {
    return { push: (samples) => samples, flush: () => new Float64Array(0) };
  }
  const step = rateHz / QRS_RATE_HZ;
  const cutoff = 0.9 * Math.min(1, 1 / step);
  const half = Math.ceil(ZERO_CROSSINGS / cutoff);
  const taps = 2 * half;
  const kernels = Array.from({ length: PHASES + 1 }, (_, phase) =>
    kernel(phase / PHASES, cutoff, half),
  );

  // `buffer[0]` is input sample `base`; the first half kernel repeats the first sample.
  let buffer = new Float64Array(0);
  let base = 0;
  let produced = 0;
  let started = false;
  let held = 0;
  let missing = new Uint8Array(0);
  let received = 0;

  function append(samples: Float64Array): void {
    const lead = started ? 0 : half;
    const next = new Float64Array(buffer.length + lead + samples.length);
    const flags = new Uint8Array(next.length);
    next.set(buffer);
    flags.set(missing);
    if (!started) {
      held = samples.find(Number.isFinite) ?? 0;
      next.fill(held, 0, half);
      base = -half;
      started = true;
    }
    let at = buffer.length + lead;
    for (const sample of samples) {
      const ok = Number.isFinite(sample);
      if (ok) held = sample;
      // A gap is bridged by its last value for the kernel's sake only: the output there is NaN.
      next[at] = held;
      flags[at] = ok ? 0 : 1;
      at++;
    }
    buffer = next;
    missing = flags;
  }

  function produce(limit: number): Float64Array {
    // Held by the loop itself: what is captured is read anew for every sample.
    const [samples, flags, start] = [buffer, missing, base];
    const most = Math.max(0, Math.ceil((samples.length + start) / step) + 1 - produced);
    const out = new Float64Array(most);
    let count = 0;
    for (; count < most; count++) {
      const position = (produced + count) * step;
      if (position > limit) break;
      const whole = Math.floor(position);
      const first = whole - half + 1 - start;
      if (first + taps > samples.length) break;
      if (flags[Math.round(position) - start]) {
        out[count] = NaN;
        continue;
      }
      const weights = kernels[Math.round((position - whole) * PHASES)]!;
      let sum = 0;
      for (let t = 0; t < taps; t++) sum += weights[t]! * samples[first + t]!;
      out[count] = sum;
    }
    produced += count;
    const keep = Math.max(0, Math.floor(produced * step) - half - base);
    if (keep > 0) {
      buffer = buffer.slice(keep);
      missing = missing.slice(keep);
      base += keep;
    }
    return out.subarray(0, count);
  }

  return {
    push(samples) {
      if (samples.length === 0) return new Float64Array(0);
      received += samples.length;
      append(samples);
      return produce(Infinity);
    },
    flush() {
      if (!started) return new Float64Array(0);
      append(new Float64Array(half + 1).fill(held));
      return produce(received - 1);
    },
  };
}

/**
 * Weights of the input samples around an output sample, whose sum is 1.
 * @param fraction of an input sample by which it lies past the one before it
 */
function kernel(fraction: number, cutoff: number, half: number): Float64Array {
  const taps = 2 * half;
  const weights = new Float64Array(taps);
  let sum = 0;
  for (let t = 0; t < taps; t++) {
    const distance = t - (half - 1) - fraction;
    const x = Math.PI * cutoff * distance;
    const sinc = x === 0 ? 1 : Math.sin(x) / x;
    const hann = 0.5 + 0.5 * Math.cos((Math.PI * Math.min(Math.abs(distance), half)) / half);
    weights[t] = sinc * hann;
    sum += weights[t]!;
  }
  return weights.map((w) => w / sum);
}
