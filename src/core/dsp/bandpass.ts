import { ok, type DisplayFilter, type Result } from '../../shared/domain';
import { createScratch, type Scratch } from '../base/scratch';
import { designBandpass, type BandSpec, type Section } from './butterworth';
import { forEachFiniteRun, hasGap } from './finite-runs';
import { designNotch } from './notch';
import { padLength, sosfiltfilt } from './sosfiltfilt';

/** What is left of a disturbance at the end of the margin, relative to its size. */
const MARGIN_REMAINDER = 1e-10;

export interface Bandpass {
  readonly rateHz: number;
  readonly sections: readonly Section[];
  /** Samples of context that `filterWindow` reads on each side. */
  readonly marginSamples: number;
  /**
   * Filters a whole signal; the result has the same length and unit. Every stretch between gaps (NaN) is
   * filtered by itself, so nothing crosses a gap. A stretch of `3 * (2 * sections + 1)` samples or fewer (33,
   * 0.09 s at 360 Hz) cannot be padded as SciPy pads and becomes a gap itself.
   * @param scratch holds the result, until it is released
   */
  apply(samples: Float64Array, scratch?: Scratch): Float64Array;
}

/**
 * Zero-phase Butterworth band-pass for one sampling rate.
 *
 * The margin: a wrong start decays as r^n, r being the largest pole radius (0.99735 at 360 Hz, from the 0.5 Hz
 * edge: its slowest analogue pole is 2 pi 0.5 sin(18 degrees) = 0.97 per second, whatever the rate). Solving
 * r^n = 1e-10 gives 8,671 samples or 24.1 s at 360 Hz. A jump of 20 mV at the block's end, worse than any
 * recorder's range, is then below 1e-6 mV inside with an order of magnitude to spare (bandpass.test.ts).
 *
 * @throws RangeError as `designBandpass`
 */
export function createBandpass(rateHz: number, band: BandSpec): Bandpass {
  const { sections, largestPoleRadius } = designBandpass(rateHz, band);
  return zeroPhase(rateHz, sections, largestPoleRadius);
}

/**
 * What a trace is shown through; null where the filter changes nothing at this rate: raw without a notch, a band whose
 * lower edge the rate cannot carry, a notch above its Nyquist frequency.
 */
export function createDisplayFilter(rateHz: number, filter: DisplayFilter): Bandpass | null {
  const sections: Section[] = [];
  let radius = 0;
  if (filter.band && rateHz > 2 * filter.band.lowHz) {
    const design = designBandpass(rateHz, filter.band);
    sections.push(...design.sections);
    radius = design.largestPoleRadius;
  }
  if (filter.notchHz !== null && rateHz > 2 * filter.notchHz) {
    const notch = designNotch(rateHz, filter.notchHz);
    sections.push(notch.section);
    radius = Math.max(radius, notch.poleRadius);
  }
  return sections.length > 0 ? zeroPhase(rateHz, sections, radius) : null;
}

function zeroPhase(
  rateHz: number,
  sections: readonly Section[],
  largestPoleRadius: number,
): Bandpass {
  const pad = padLength(sections);
  return {
    rateHz,
    sections,
    marginSamples: pad + Math.ceil(Math.log(MARGIN_REMAINDER) / Math.log(largestPoleRadius)),
    apply(samples, scratch = createScratch()) {
      if (samples.length > pad && !hasGap(samples)) {
        return sosfiltfilt(sections, samples, scratch);
      }
      const out = scratch.take(samples.length).fill(NaN);
      const held = scratch.taken();
      forEachFiniteRun(samples, (start, end) => {
        if (end - start <= pad) return;
        out.set(sosfiltfilt(sections, samples.subarray(start, end), scratch), start);
        scratch.release(held);
      });
      return out;
    },
  };
}

/** Reads samples [start, end) of one lead; both lie within the recording. */
export type ReadSamples = (start: number, end: number) => Promise<Result<Float64Array>>;

/**
 * Filtered samples [start, end) of a signal of `length` samples, of which only a margin on each side is read.
 * Within 1e-6 mV of the same samples of the whole signal filtered at once; exact at its true ends.
 */
export async function filterWindow(
  bandpass: Bandpass,
  read: ReadSamples,
  length: number,
  start: number,
  end: number,
): Promise<Result<Float64Array>> {
  const from = Math.max(0, start - bandpass.marginSamples);
  const block = await read(from, Math.min(length, end + bandpass.marginSamples));
  if (!block.ok) return block;
  return ok(bandpass.apply(block.value).subarray(start - from, end - from));
}
