import type { BeatForms } from './beat-forms';
import { BEAT_WINDOW } from './beat-window';
import { TRAINING_FORMS } from './training-forms';

/** Forms of fewer beats are noise more often than they are forms. */
export const FEWEST_KNOWN = 10;
/** Samples of a form that is compared: every two of the beat window are averaged, 64 Hz. */
export const COMPARED_SAMPLES = BEAT_WINDOW.samples / 2;

let known: Float32Array | null = null;

/** Directions of the forms that the networks learned from, [forms, COMPARED_SAMPLES]. */
function knownDirections(): Float32Array {
  if (known) return known;
  const steps = new Int8Array(Buffer.from(TRAINING_FORMS.steps, 'base64'));
  known = new Float32Array(steps.length);
  for (let from = 0; from < steps.length; from += COMPARED_SAMPLES)
    known.set(toDirection(Float32Array.from(steps.subarray(from, from + COMPARED_SAMPLES))), from);
  return known;
}

/**
 * Beats whose form, in every lead that shows it, is unlike all forms of the people that the networks learned from: the
 * magnitude of the correlation with the most alike of them is below what leaves 2 % of the beats of those people, each
 * held against the forms of the others. The magnitude, because an electrode may lie on the other side of the heart.
 * @returns 1 for such a beat, [beats]; what has no form of `FEWEST_KNOWN` beats is never one
 */
export function unlikeTraining(
  { forms, formMeans, formBeats }: BeatForms,
  leads: number,
  samples: number,
): Uint8Array {
  const isUnlike = Uint8Array.from(formBeats, (beats, form) => {
    if (beats < FEWEST_KNOWN) return 0;
    const likeness = formDirections(formMeans, form, leads, samples).map(mostAlike);
    return likeness.length > 0 && Math.max(...likeness) < TRAINING_FORMS.leastLikeness ? 1 : 0;
  });
  return Uint8Array.from(forms, (form) => (form < 0 ? 0 : isUnlike[form]!));
}

function mostAlike(direction: Float32Array): number {
  return likenessTo(direction, knownDirections());
}

/** Largest magnitude of the correlation of a direction with any of `others`, [n, COMPARED_SAMPLES]; 0 for none. */
export function likenessTo(direction: Float32Array, others: ArrayLike<number>): number {
  let highest = 0;
  for (let from = 0; from < others.length; from += COMPARED_SAMPLES) {
    let sum = 0;
    for (let i = 0; i < COMPARED_SAMPLES; i++) sum += direction[i]! * others[from + i]!;
    highest = Math.max(highest, Math.abs(sum));
  }
  return highest;
}

/** A form's mean in each lead that shows it, at 64 Hz, about its own mean and of length 1. */
export function formDirections(
  formMeans: Float32Array,
  form: number,
  leads: number,
  samples: number,
): Float32Array[] {
  const margin = (samples - BEAT_WINDOW.samples) / 2;
  return Array.from({ length: leads }, (_, lead) => {
    const from = (form * leads + lead) * samples + margin;
    return toDirection(
      Float32Array.from(
        { length: COMPARED_SAMPLES },
        (__, i) => (formMeans[from + 2 * i]! + formMeans[from + 2 * i + 1]!) / 2,
      ),
    );
  }).filter((direction) => direction.some((value) => value !== 0));
}

function toDirection(values: Float32Array): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const about = values.map((value) => value - mean);
  const length = Math.sqrt(about.reduce((sum, value) => sum + value * value, 0));
  return length < 1e-3 ? new Float32Array(values.length) : about.map((value) => value / length);
}
