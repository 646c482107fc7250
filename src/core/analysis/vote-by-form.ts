import type { BeatTokens } from '../beats/features';

/** Correlation from which two beats are of one form; 0.8 and 0.9 gave nearly the same figures (docs/models.md). */
const ONE_FORM = 0.85;
/** Forms held at most in a stretch; beats past that stand alone. Noise makes many, a heart few. */
const MOST_FORMS = 512;
/** A form follows about as many of its latest beats, since forms drift with posture and rate. */
const REMEMBERED_BEATS = 30;
/** Fewer beats than this have nothing to vote about. */
const FEWEST_VOTERS = 3;
/** Weight of the form's mean against the beat's own answer. */
const VOICE_OF_FORM = 0.5;

/**
 * Groups the beats of a stretch by form: each joins the form that it correlates with best, or begins one (leader
 * clustering, Hartigan 1975, chapter 3), over all leads at once, each lead about its own mean.
 * @returns index of the form, [beats]; -1 for a beat that stands alone because there are too many forms
 */
export function formsOf({
  timeS,
  leads,
  samples,
  windows,
}: Pick<BeatTokens, 'timeS' | 'leads' | 'samples' | 'windows'>): Int32Array {
  const size = leads * samples;
  const forms: Float32Array[] = [];
  const counts: number[] = [];
  return Int32Array.from(timeS, (_, beat) => {
    const shape = normalised(windows.subarray(beat * size, (beat + 1) * size), samples);
    let form = -1;
    let highest = ONE_FORM;
    forms.forEach((other, k) => {
      const correlation = dot(shape, other);
      if (correlation < highest) return;
      highest = correlation;
      form = k;
    });
    if (form < 0) {
      if (forms.length === MOST_FORMS) return -1;
      counts.push(1);
      return forms.push(shape) - 1;
    }
    const share = 1 / Math.min(++counts[form]!, REMEMBERED_BEATS);
    const mean = forms[form]!;
    for (let i = 0; i < size; i++) mean[i] = (1 - share) * mean[i]! + share * shape[i]!;
    scaleToUnit(mean);
    return form;
  });
}

/**
 * Beats of one form come from one place in the heart, so they speak together on whether they are ventricular: half of
 * each beat's log odds of V against N and S is its own, half the mean of its form. Other classes keep their ratios.
 * @param probabilities class probabilities, [beats, classes]; not changed
 * @param classes names of the classes
 * @param forms of `formsOf`
 * @returns class probabilities, [beats, classes]
 */
export function voteByForm(
  probabilities: Float32Array,
  classes: readonly string[],
  forms: Int32Array,
): Float32Array {
  const width = classes.length;
  const [n, s, v] = ['N', 'S', 'V'].map((name) => classes.indexOf(name)) as [
    number,
    number,
    number,
  ];
  if (n < 0 || s < 0 || v < 0) return probabilities;
  const at = (beat: number, c: number): number => Math.max(1e-9, probabilities[beat * width + c]!);
  const odds = Float64Array.from(forms, (_, beat) =>
    Math.log(at(beat, v) / (at(beat, n) + at(beat, s))),
  );
  const sums = new Float64Array(MOST_FORMS);
  const voters = new Uint32Array(MOST_FORMS);
  forms.forEach((form, beat) => {
    if (form < 0) return;
    sums[form]! += odds[beat]!;
    voters[form]!++;
  });
  const voted = probabilities.slice();
  forms.forEach((form, beat) => {
    if (form < 0 || voters[form]! < FEWEST_VOTERS) return;
    const shift = VOICE_OF_FORM * (sums[form]! / voters[form]! - odds[beat]!);
    const row = voted.subarray(beat * width, (beat + 1) * width);
    row[v] = at(beat, v) * Math.exp(shift);
    const total = row.reduce((sum, value) => sum + value, 0);
    for (let c = 0; c < width; c++) row[c]! /= total;
  });
  return voted;
}

function normalised(window: Float32Array, samples: number): Float32Array {
  const shape = window.slice();
  for (let from = 0; from < shape.length; from += samples) {
    const lead = shape.subarray(from, from + samples);
    const mean = lead.reduce((sum, value) => sum + value, 0) / samples;
    for (let i = 0; i < samples; i++) lead[i]! -= mean;
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
