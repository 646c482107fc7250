import { QUALITY } from '../quality';
import { beatForms, type BeatForms } from './beat-forms';
import { BEAT_WINDOW, sampleBeatWindow } from './beat-window';
import { dominantForm } from './dominant-form';
import { rhythmFeatures, type RhythmFeatures } from './rhythm-features';

/** Changes whenever the numbers below would change; a model's card names the version it was trained with. */
export const BEAT_FEATURE_VERSION = 3;

/** Values per beat in `BeatTokens.rhythm`: RR before, after, normal and slow (all s), relative RR variability. */
export const RHYTHM_VALUES = 5;

/** A lead whose dominant QRS is smaller than this, in mV, carries nothing to measure beats by. */
const SMALLEST_QRS_MV = 0.05;
/** QRS region for the amplitude, samples of the window relative to the R peak: 80 ms before to 90 ms after. */
const QRS_REGION = { before: 10, after: 12 } as const;
/** A beat with more of its window missing than this is treated as not seen in that lead. */
const MOST_MISSING = 0.1;

/** A beat with less than this before or after its R peak, in s, is cut by the beginning or end of the signal. */
const WHOLE_QRS = { beforeS: 0.1, afterS: 0.2 } as const;

/** A window that spans less than this share of the dominant QRS has no beat in it: the electrode is off. */
const FLAT_SHARE = 0.1;

/** One lead of a stretch of a recording after the band-pass, in mV, NaN where missing. */
export interface FilteredLead {
  readonly samples: Float64Array;
  readonly rateHz: number;
  /** Time of the first sample from the start of the recording. */
  readonly startS: number;
  /** Quality of each second from `startS` on (`signalQuality`); all good where left out. */
  readonly quality?: Uint8Array;
}

/** What the `beat-attention` model reads of a stretch of a recording; row-major, beats first. */
export interface BeatTokens extends BeatForms {
  /** R peaks from the start of the recording, ascending, [beats]. */
  readonly timeS: Float64Array;
  readonly leads: number;
  /** Samples per window and lead: `BEAT_WINDOW.samples`, and any margin asked for. */
  readonly samples: number;
  /** R-aligned windows in units of the lead's dominant QRS amplitude, [beats, leads, samples]. */
  readonly windows: Float32Array;
  /** The stretch's own dominant beat in the same unit, [leads, samples]. */
  readonly dominant: Float32Array;
  /** Peak-to-peak amplitude of the dominant QRS, [leads], mV. */
  readonly amplitudeMv: Float32Array;
  /** 1 where the beat was seen in the lead, else 0: missing, cut by the end, or in noise, [beats, leads]. */
  readonly present: Float32Array;
  /** 1 where some lead shows the beat, [beats]; the others are Q, and nothing is concluded from them. */
  readonly seen: Uint8Array;
  /** Similarity to the dominant beat, -1 to 1, [beats]. */
  readonly similarity: Float32Array;
  /** [beats, RHYTHM_VALUES]. */
  readonly rhythm: Float32Array;
}

/**
 * Features of the beats of one stretch (minutes, not days: the dominant beat is that of the stretch).
 * @param leads filtered leads, which may differ in rate; all hold the stretch
 * @param timeS R peaks within the stretch, ascending
 * @param marginSamples samples at 128 Hz added on each side of the windows, for training's shifts in time
 */
export function beatTokens(
  leads: readonly FilteredLead[],
  timeS: Float64Array,
  marginSamples = 0,
): BeatTokens {
  const beats = timeS.length;
  const samples = BEAT_WINDOW.samples + 2 * marginSamples;
  const before = BEAT_WINDOW.before + marginSamples;
  const windows = new Float32Array(beats * leads.length * samples);
  const present = new Float32Array(beats * leads.length);
  for (let beat = 0; beat < beats; beat++)
    sampleBeat(leads, timeS, beat, before, samples, windows, present);

  const { form, similarity, isDominant } = dominantForm(
    windows,
    present,
    leads.length,
    samples,
    timeS,
  );
  const amplitudeMv = new Float32Array(leads.length);
  for (let l = 0; l < leads.length; l++) {
    const qrs = form.subarray(
      l * samples + before - QRS_REGION.before,
      l * samples + before + QRS_REGION.after,
    );
    const amplitude = Math.max(...qrs) - Math.min(...qrs);
    amplitudeMv[l] = amplitude;
    const usable = amplitude >= SMALLEST_QRS_MV;
    const scale = usable ? 1 / amplitude : 0;
    for (let i = l * samples; i < (l + 1) * samples; i++) form[i]! *= scale;
    for (let at = l; at < present.length; at += leads.length) {
      const range = scaled(windows, at * samples, samples, scale);
      if (!usable || range < FLAT_SHARE) present[at] = 0;
    }
  }

  const seen = seenIn(present, beats, leads.length);
  const rr = rhythmFeatures(timeS, isDominant, seen);
  const rhythm = new Float32Array(beats * RHYTHM_VALUES);
  for (let beat = 0; beat < beats; beat++) fillRhythm(rhythm, rr, beat);
  return {
    timeS,
    seen,
    leads: leads.length,
    samples,
    windows,
    dominant: form,
    amplitudeMv,
    present,
    similarity,
    rhythm,
    ...beatForms(windows, leads.length, samples),
  };
}

/** Fills the windows of one beat, and in which leads it is seen. A call for each beat: its code outlives the stretch. */
function sampleBeat(
  leads: readonly FilteredLead[],
  timeS: Float64Array,
  beat: number,
  before: number,
  samples: number,
  windows: Float32Array,
  present: Float32Array,
): void {
  for (let l = 0; l < leads.length; l++) {
    const lead = leads[l]!;
    const at = beat * leads.length + l;
    const window = windows.subarray(at * samples, (at + 1) * samples);
    const peak = (timeS[beat]! - lead.startS) * lead.rateHz;
    const missing = sampleBeatWindow(lead.samples, lead.rateHz, peak, window, before);
    present[at] = missing > MOST_MISSING || isCut(lead, peak) || isNoisy(lead, peak) ? 0 : 1;
  }
}

/** @returns the range of the values from one on, once they are scaled */
function scaled(values: Float32Array, from: number, count: number, scale: number): number {
  let low = Infinity;
  let high = -Infinity;
  for (let i = from; i < from + count; i++) {
    values[i]! *= scale;
    const value = values[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}

function fillRhythm(rhythm: Float32Array, rr: RhythmFeatures, beat: number): void {
  const at = beat * RHYTHM_VALUES;
  rhythm[at] = rr.rrBeforeS[beat]!;
  rhythm[at + 1] = rr.rrAfterS[beat]!;
  rhythm[at + 2] = rr.rrNormalS[beat]!;
  rhythm[at + 3] = rr.rrSlowS;
  rhythm[at + 4] = rr.rrVariability[beat]!;
}

/** Whether the signal begins or ends within the QRS complex or just after it. */
function isCut({ samples, rateHz }: FilteredLead, peak: number): boolean {
  return peak < WHOLE_QRS.beforeS * rateHz || peak + WHOLE_QRS.afterS * rateHz > samples.length - 1;
}

/** Whether the second of the R peak is anything but good. */
function isNoisy({ quality, rateHz }: FilteredLead, peak: number): boolean {
  if (!quality || quality.length === 0) return false;
  const second = Math.min(quality.length - 1, Math.max(0, Math.floor(peak / rateHz)));
  return quality[second] !== QUALITY.good;
}

function seenIn(present: Float32Array, beats: number, leads: number): Uint8Array {
  const seen = new Uint8Array(beats);
  for (let i = 0; i < present.length; i++) if (present[i] === 1) seen[Math.floor(i / leads)] = 1;
  return seen;
}
