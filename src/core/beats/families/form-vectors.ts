import type { BeatShapes } from './beat-shapes';
import { BEAT_WINDOW } from '../features/beat-window';

/**
 * What of a beat is compared: its QRS complex and its ST segment, 125 ms before to 275 ms after the middle of the QRS.
 * The P wave before tells rhythms apart and not forms, and from a T wave on the next beat of a fast run may follow.
 */
export const COMPARED = {
  from: BEAT_WINDOW.before - Math.round(0.125 * BEAT_WINDOW.rateHz),
  samples: Math.round(0.4 * BEAT_WINDOW.rateHz),
} as const;

/** Beats as directions: each lead about its own mean, all leads together of length 1, so that a product is a correlation. */
export interface FormVectors {
  readonly leads: number;
  /** Values of a beat: leads times compared samples. */
  readonly size: number;
  /** [beats, size]; zeros in a lead that the beat is not seen in. */
  readonly values: Float32Array;
  /** Bit l is set where the beat is seen in lead l, [beats]. */
  readonly seenIn: Uint8Array;
}

/** The compared parts of beats. At most 8 leads. */
export function formVectors(shapes: BeatShapes): FormVectors {
  const { leads, samples, steps, stepMv } = shapes;
  const beats = stepMv.length / leads;
  const size = leads * COMPARED.samples;
  const values = new Float32Array(beats * size);
  const seenIn = new Uint8Array(beats);
  for (let beat = 0; beat < beats; beat++) {
    for (let lead = 0; lead < leads; lead++) {
      const step = stepMv[beat * leads + lead]!;
      if (step === 0) continue;
      seenIn[beat]! |= 1 << lead;
      const from = (beat * leads + lead) * samples + COMPARED.from;
      const to = beat * size + lead * COMPARED.samples;
      let mean = 0;
      for (let k = 0; k < COMPARED.samples; k++) mean += steps[from + k]!;
      mean /= COMPARED.samples;
      for (let k = 0; k < COMPARED.samples; k++) values[to + k] = step * (steps[from + k]! - mean);
    }
    scaleToUnit(values, beat * size, size);
  }
  return { leads, size, values, seenIn };
}

/** Brings `size` values from `from` on to length 1; zeros stay zeros. */
export function scaleToUnit(values: Float32Array, from: number, size: number): void {
  let energy = 0;
  for (let i = from; i < from + size; i++) energy += values[i]! * values[i]!;
  if (energy === 0) return;
  const scale = 1 / Math.sqrt(energy);
  for (let i = from; i < from + size; i++) values[i]! *= scale;
}

/**
 * Correlation of a beat with a form over the leads that the beat is seen in.
 * @param form directions of forms, [forms, size], each of length 1 over all leads
 */
export function correlation(
  vectors: FormVectors,
  beat: number,
  forms: Float32Array,
  form: number,
): number {
  const { size, values, leads, seenIn } = vectors;
  const b = beat * size;
  const f = form * size;
  let cross = 0;
  for (let i = 0; i < size; i++) cross += values[b + i]! * forms[f + i]!;
  if (seenIn[beat] === (1 << leads) - 1) return cross;
  // In a lead that is off the beat has nothing to say: the form is compared in the others alone.
  let energy = 0;
  for (let lead = 0; lead < leads; lead++) {
    if ((seenIn[beat]! & (1 << lead)) === 0) continue;
    const at = f + lead * COMPARED.samples;
    for (let i = at; i < at + COMPARED.samples; i++) energy += forms[i]! * forms[i]!;
  }
  return energy > 0 ? cross / Math.sqrt(energy) : 0;
}
