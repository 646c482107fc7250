import { FLAT_MV } from '../flat-signal';
import { BEAT_WINDOW, sampleBeatWindow } from '../features/beat-window';
import type { FilteredLead } from '../features';

/** Steps on each side of zero that a sample can take: a shape is drawn some 50 pixels high. */
const STEPS = 127;
/** A beat with more of its window missing than this in a lead is not compared in it. */
const MOST_MISSING = 0.1;
/** Around the R peak, in samples at 128 Hz: where the QRS complex, also a wide one, has its slopes. */
const SLOPES = { before: 13, after: 17 } as const;

/** The shapes of beats in a few leads, small enough to be kept for a whole day; row-major, beats first. */
export interface BeatShapes {
  readonly leads: number;
  /** Samples of a window in one lead, at `BEAT_WINDOW.rateHz`. */
  readonly samples: number;
  /** Steps of `stepMv`, [beats, leads, samples]. */
  readonly steps: Int8Array;
  /** One step in mV, [beats, leads]; 0 where the beat is not seen in the lead. */
  readonly stepMv: Float32Array;
}

/** Room for the shapes of so many beats, none of which is seen yet; shared, so that no thread copies it for another. */
export function emptyShapes(beats: number, leads: number): BeatShapes {
  const { samples } = BEAT_WINDOW;
  return {
    leads,
    samples,
    steps: new Int8Array(new SharedArrayBuffer(beats * leads * samples)),
    stepMv: new Float32Array(beats * leads),
  };
}

/**
 * Cuts beats out of a stretch of filtered signal and writes them into `shapes`, lined up by the middle of their QRS
 * slopes: detectors put the R peak of a wide beat now on one deflection and now on the other.
 * @param timeS R peaks within the stretch, seconds from the start of the recording
 * @param first index in `shapes` of the first of them
 */
export function cutShapes(
  leads: readonly FilteredLead[],
  timeS: Float64Array,
  first: number,
  shapes: BeatShapes,
): void {
  const { samples, before } = BEAT_WINDOW;
  const window = new Float32Array(samples);
  const count = leads.length;
  for (let i = 0; i < timeS.length; i++) {
    const shiftS = middleOfSlopes(leads, timeS[i]!, window);
    leads.forEach((lead, l) => {
      const at = (first + i) * count + l;
      const peak = (timeS[i]! + shiftS - lead.startS) * lead.rateHz;
      const missing = sampleBeatWindow(lead.samples, lead.rateHz, peak, window, before);
      if (missing > MOST_MISSING) return;
      let mean = 0;
      for (const value of window) mean += value / samples;
      let [low, high] = [Infinity, -Infinity];
      for (const value of window) {
        low = Math.min(low, value - mean);
        high = Math.max(high, value - mean);
      }
      if (high - low < FLAT_MV) return;
      const step = Math.max(-low, high) / STEPS;
      shapes.stepMv[at] = step;
      const from = at * samples;
      for (let k = 0; k < samples; k++)
        shapes.steps[from + k] = Math.round((window[k]! - mean) / step);
    });
  }
}

/**
 * Distance in seconds from the R peak to the centre of gravity of the squared slopes around it, over all leads: the same
 * place in every beat of a form, whichever of its deflections was taken for R (Woody's alignment, IEEE Trans Biomed Eng
 * 1967;5:539, with the slopes' own centre in place of a template, so that it needs no form to be known).
 */
function middleOfSlopes(
  leads: readonly FilteredLead[],
  timeS: number,
  window: Float32Array,
): number {
  const { before, rateHz } = BEAT_WINDOW;
  let [weight, moment] = [0, 0];
  for (const lead of leads) {
    sampleBeatWindow(
      lead.samples,
      lead.rateHz,
      (timeS - lead.startS) * lead.rateHz,
      window,
      before,
    );
    for (let k = before - SLOPES.before; k < before + SLOPES.after; k++) {
      const slope = (window[k + 1]! - window[k - 1]!) ** 2;
      weight += slope;
      moment += slope * (k - before);
    }
  }
  return weight > 0 ? moment / weight / rateHz : 0;
}
