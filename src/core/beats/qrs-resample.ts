import { QRS_RATE_HZ } from './qrs-constants';

/** Places between two input samples that have a kernel of their own. */
const PHASES = 512;
/** Of the sinc, on each side of its middle. */
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
  const kernels = kernelsOf(step);
  const { half } = kernels;
  const state: Conversion = {
    kernels,
    buffer: new Float64Array(0),
    missing: new Uint8Array(0),
    base: 0,
    produced: 0,
    started: false,
    held: 0,
  };
  let received = 0;
  return {
    push(samples) {
      if (samples.length === 0) return new Float64Array(0);
      received += samples.length;
      append(state, samples);
      return produce(state, Infinity);
    },
    flush() {
      if (!state.started) return new Float64Array(0);
      append(state, new Float64Array(half + 1).fill(state.held));
      return produce(state, received - 1);
    },
  };
}

/** What a converter holds; its functions are made once, and so compiled once, whatever number of converters there is. */
interface Conversion {
  readonly kernels: Kernels;
  /** The first is input sample `base`; the first half kernel repeats the first sample. */
  buffer: Float64Array;
  /** 1 where the buffer holds the last value over a gap. */
  missing: Uint8Array;
  base: number;
  /** Output samples so far. */
  produced: number;
  started: boolean;
  held: number;
}

function append(state: Conversion, samples: Float64Array): void {
  const { started, buffer, missing } = state;
  const { half } = state.kernels;
  const lead = started ? 0 : half;
  const next = new Float64Array(buffer.length + lead + samples.length);
  const flags = new Uint8Array(next.length);
  next.set(buffer);
  flags.set(missing);
  if (!started) {
    state.held = samples.find(Number.isFinite) ?? 0;
    next.fill(state.held, 0, half);
    state.base = -half;
    state.started = true;
  }
  state.held = copyHolding(samples, next, flags, buffer.length + lead, state.held);
  state.buffer = next;
  state.missing = flags;
}

/** A gap is bridged by its last value for the kernel's sake only: the output there is NaN. */
function copyHolding(
  samples: Float64Array,
  to: Float64Array,
  flags: Uint8Array,
  from: number,
  before: number,
): number {
  let held = before;
  for (let i = 0; i < samples.length; i++) {
    if (Number.isFinite(samples[i]!)) held = samples[i]!;
    else flags[from + i] = 1;
    to[from + i] = held;
  }
  return held;
}

function produce(state: Conversion, limit: number): Float64Array {
  const { kernels, buffer: samples, missing: flags, base: start, produced } = state;
  const { step, half, table } = kernels;
  const taps = 2 * half;
  const most = Math.max(0, Math.ceil((samples.length + start) / step) + 1 - produced);
  const out = new Float64Array(most);
  // Two sums at a time: each adds in its own order, and a processor need not wait for one to add to the other.
  let waiting = -1;
  let waitingRow = 0;
  let waitingFirst = 0;
  let count = 0;
  for (; count < most; count++) {
    const position = (produced + count) * step;
    if (position > limit) break;
    const whole = Math.floor(position);
    const first = whole - half + 1 - start;
    if (first + taps > samples.length) break;
    if (flags[Math.round(position) - start] === 1) {
      out[count] = NaN;
      continue;
    }
    const row = rowOf(kernels, Math.round((position - whole) * PHASES));
    if (waiting < 0) {
      waiting = count;
      waitingRow = row;
      waitingFirst = first;
      continue;
    }
    let sum = 0;
    let waitingSum = 0;
    for (let t = 0; t < taps; t++) {
      waitingSum += table[waitingRow + t]! * samples[waitingFirst + t]!;
      sum += table[row + t]! * samples[first + t]!;
    }
    out[waiting] = waitingSum;
    out[count] = sum;
    waiting = -1;
  }
  if (waiting >= 0) out[waiting] = weighted(table, waitingRow, samples, waitingFirst, taps);
  state.produced += count;
  const keep = Math.max(0, Math.floor(state.produced * step) - half - start);
  if (keep > 0) {
    state.buffer = samples.slice(keep);
    state.missing = flags.slice(keep);
    state.base += keep;
  }
  return out.subarray(0, count);
}

function weighted(
  table: Float64Array,
  row: number,
  samples: Float64Array,
  first: number,
  taps: number,
): number {
  let sum = 0;
  for (let t = 0; t < taps; t++) sum += table[row + t]! * samples[first + t]!;
  return sum;
}

/** Kernels of one ratio of rates; each phase's is made when first asked for, since rates of whole numbers use few. */
interface Kernels {
  /** Input samples from one output sample to the next. */
  readonly step: number;
  /** Cut-off, as a share of half the input rate. */
  readonly cutoff: number;
  /** Input samples on each side of an output sample. */
  readonly half: number;
  /** Row-major [PHASES + 1, 2 * half]. */
  readonly table: Float64Array;
  /** 1 where the row of a phase is made. */
  readonly made: Uint8Array;
}

/** Of the ratio that was asked for last: all leads of a recording have it, and often the next recording. */
let last: Kernels | null = null;

function kernelsOf(step: number): Kernels {
  if (last?.step === step) return last;
  const cutoff = 0.9 * Math.min(1, 1 / step);
  const half = Math.ceil(ZERO_CROSSINGS / cutoff);
  const table = new Float64Array((PHASES + 1) * 2 * half);
  return (last = { step, cutoff, half, table, made: new Uint8Array(PHASES + 1) });
}

/** Where the kernel of a phase begins in the table. */
function rowOf({ table, made, cutoff, half }: Kernels, phase: number): number {
  const row = phase * 2 * half;
  if (made[phase] === 0) {
    table.set(kernel(phase / PHASES, cutoff, half), row);
    made[phase] = 1;
  }
  return row;
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
