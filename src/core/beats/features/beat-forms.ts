import { BEAT_WINDOW } from './beat-window';

/** Correlation from which two beats are of one form; 0.8 and 0.9 gave nearly the same figures. */
const ONE_FORM = 0.85;
/** Forms held at most in a stretch; beats past that stand alone. Noise makes many, a heart few. */
const MOST_FORMS = 512;
/** A form follows about as many of its latest beats, since forms drift with posture and rate. */
const REMEMBERED_BEATS = 30;
/** Fewer beats than this make no form: their mean says no more than they do, and they have nothing to vote about. */
export const FEWEST_OF_FORM = 3;

/** Beats of a stretch grouped by form. */
export interface BeatForms {
  /** Index of each beat's form; -1 for a beat that stands alone because there are too many, [beats]. */
  readonly forms: Int32Array;
  /** Mean of all beats of a form, in the unit of the windows, [forms, leads, samples]. */
  readonly formMeans: Float32Array;
  /** How many beats each form has, [forms]. */
  readonly formBeats: Uint32Array;
}

/**
 * Groups the beats of a stretch by form: each joins the form that it correlates with best, or begins one (leader
 * clustering, Hartigan 1975, chapter 3), over all leads at once, each lead about its own mean. The mean of a form
 * shows what noise hides in one beat: whether a P wave leads to its QRS.
 * @param windows R-aligned beats, row-major [beats, leads, samples]; margins around the 96 samples are not compared
 */
export function beatForms(windows: Float32Array, leads: number, samples: number): BeatForms {
  const size = leads * samples;
  const beats = size === 0 ? 0 : windows.length / size;
  const forms = leadersOf(windows, beats, leads, samples);
  const count = forms.reduce((most, form) => Math.max(most, form + 1), 0);
  const formBeats = new Uint32Array(count);
  const sums = new Float64Array(count * size);
  for (let beat = 0; beat < beats; beat++) {
    const form = forms[beat]!;
    if (form < 0) continue;
    formBeats[form]!++;
    addTo(sums, form * size, windows, beat * size, size);
  }
  const formMeans = new Float32Array(sums.length);
  for (let i = 0; i < sums.length; i++) formMeans[i] = sums[i]! / formBeats[Math.floor(i / size)]!;
  return { forms, formMeans, formBeats };
}

function addTo(sums: Float64Array, to: number, values: Float32Array, from: number, count: number) {
  for (let i = 0; i < count; i++) sums[to + i]! += values[from + i]!;
}

function leadersOf(
  windows: Float32Array,
  beats: number,
  leads: number,
  samples: number,
): Int32Array {
  const leaders: Float32Array[] = [];
  const counts: number[] = [];
  const forms = new Int32Array(beats);
  for (let beat = 0; beat < beats; beat++) {
    const shape = shapeOf(windows, beat, leads, samples);
    let form = mostLike(leaders, shape);
    if (form >= 0) {
      const share = 1 / Math.min(++counts[form]!, REMEMBERED_BEATS);
      follow(leaders[form]!, shape, share);
    } else if (leaders.length < MOST_FORMS) {
      form = leaders.push(shape) - 1;
      counts.push(1);
    }
    forms[beat] = form;
  }
  return forms;
}

/** The leader that a shape correlates with best; -1 for none. */
function mostLike(leaders: readonly Float32Array[], shape: Float32Array): number {
  let form = -1;
  let highest = ONE_FORM;
  for (let k = 0; k < leaders.length; k++) {
    const correlation = dot(shape, leaders[k]!);
    if (correlation < highest) continue;
    highest = correlation;
    form = k;
  }
  return form;
}

/** Moves a leader towards a beat by a share of the way. */
function follow(leader: Float32Array, shape: Float32Array, share: number): void {
  for (let i = 0; i < leader.length; i++) leader[i] = (1 - share) * leader[i]! + share * shape[i]!;
  scaleToUnit(leader);
}

/** The 96 samples of one beat in all leads, each about its own mean, together of length 1. */
function shapeOf(windows: Float32Array, beat: number, leads: number, samples: number) {
  const shape = new Float32Array(leads * BEAT_WINDOW.samples);
  const margin = (samples - BEAT_WINDOW.samples) / 2;
  for (let lead = 0; lead < leads; lead++) {
    const from = (beat * leads + lead) * samples + margin;
    let sum = 0;
    for (let i = from; i < from + BEAT_WINDOW.samples; i++) sum += windows[i]!;
    const mean = sum / BEAT_WINDOW.samples;
    const at = lead * BEAT_WINDOW.samples;
    for (let i = 0; i < BEAT_WINDOW.samples; i++) shape[at + i] = windows[from + i]! - mean;
  }
  scaleToUnit(shape);
  return shape;
}

function scaleToUnit(shape: Float32Array): void {
  const norm = Math.sqrt(dot(shape, shape));
  if (norm === 0) return;
  for (let i = 0; i < shape.length; i++) shape[i]! /= norm;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
