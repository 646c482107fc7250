import { forEachFiniteRun } from './finite-runs';
import { rationalRatio, type Ratio } from './rational';

/** Shape of SciPy's default window for `resample_poly`, `('kaiser', 5.0)`. */
const KAISER_BETA = 5;

/** Modified Bessel function of the first kind, order 0, by its series (Abramowitz & Stegun 9.6.12). */
function besselI0(x: number): number {
  const quarterSquare = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= quarterSquare / (k * k);
    sum += term;
  }
  return sum;
}

/**
 * Low-pass kernel of SciPy's `resample_poly`: `firwin(20 * max(up, down) + 1, 1 / max(up, down),
 * window=('kaiser', 5.0)) * up`.
 */
function designKernel({ up, down }: Ratio): Float64Array {
  const widest = Math.max(up, down);
  const half = 10 * widest;
  const kernel = new Float64Array(2 * half + 1);
  let sum = 0;
  for (let i = 0; i < kernel.length; i++) {
    const t = (i - half) / widest;
    const sinc = t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
    const edge = (i - half) / half;
    kernel[i] = sinc * besselI0(KAISER_BETA * Math.sqrt(1 - edge * edge));
    sum += kernel[i]!;
  }
  return kernel.map((h) => (h / sum) * up);
}

export interface Resampler extends Ratio {
  /**
   * Position of a time on the fine grid of `up` steps per input sample, on which outputs are `down` steps apart.
   */
  positionAt(timeS: number): number;
  /** Input samples [start, end) that `at(position, count)` uses; may reach beyond the signal. */
  inputRange(position: number, count: number): { start: number; end: number };
  /**
   * Output samples from a position on the fine grid.
   * @param x input samples, the first of which is number `xStart` of the signal
   * @param count number of outputs; those past the end of `x` or in a gap are NaN
   */
  at(x: Float64Array, xStart: number, position: number, count: number): Float64Array;
  /** The whole signal: `ceil(x.length * up / down)` samples, as SciPy's `resample_poly(x, up, down)`. */
  whole(x: Float64Array): Float64Array;
}

/**
 * Polyphase resampling from one rate to another with SciPy's default filter (`resample_poly`); beyond its ends a
 * signal counts as zero. Each stretch between gaps (NaN) is resampled by itself: an output belongs to the
 * stretch of its nearest input sample and takes nothing from beyond it.
 */
export function createResampler(fromHz: number, toHz: number): Resampler {
  const { up, down } = rationalRatio(fromHz, toHz);
  const identity = up === down;
  const half = identity ? 0 : 10 * Math.max(up, down);
  const kernel = identity ? new Float64Array([1]) : designKernel({ up, down });

  function inputRange(position: number, count: number): { start: number; end: number } {
    return {
      start: Math.ceil((position - half) / up),
      end: Math.floor((position + (count - 1) * down + half) / up) + 1,
    };
  }

  function at(x: Float64Array, xStart: number, position: number, count: number): Float64Array {
    const out = new Float64Array(count);
    const used = inputRange(position, count);
    const offset = Math.max(0, used.start - xStart);
    if (identity) {
      const own = x.subarray(offset, Math.max(offset, used.end - xStart));
      // Samples before the first of `x` are missing.
      const lead = Math.min(count, Math.max(0, xStart - used.start));
      out.fill(NaN, 0, lead);
      out.set(own, lead);
      return out.fill(NaN, lead + own.length);
    }
    out.fill(NaN);
    const block = x.subarray(offset, Math.max(offset, used.end - xStart));
    /** Of the first output, on the fine grid counted from the block's first sample. */
    const origin = position - (xStart + offset) * up;
    forEachFiniteRun(block, (runStart, runEnd) => {
      // Outputs whose nearest input sample lies in the run; the signal's last sample holds for its whole period.
      const isLast = offset + runEnd === x.length;
      const first = Math.max(0, Math.ceil(((runStart - 0.5) * up - origin) / down));
      const end = Math.min(count, Math.ceil(((runEnd - (isLast ? 0 : 0.5)) * up - origin) / down));
      for (let m = first; m < end; m++) {
        const p = origin + m * down;
        const from = Math.max(runStart, Math.ceil((p - half) / up));
        const to = Math.min(runEnd - 1, Math.floor((p + half) / up));
        let sum = 0;
        for (let k = from, h = p + half - from * up; k <= to; k++, h -= up) {
          sum += block[k]! * kernel[h]!;
        }
        out[m] = sum;
      }
    });
    return out;
  }

  return {
    up,
    down,
    positionAt: (timeS) => Math.round(timeS * fromHz * up),
    inputRange,
    at,
    whole: (x) => at(x, 0, 0, Math.ceil((x.length * up) / down)),
  };
}
