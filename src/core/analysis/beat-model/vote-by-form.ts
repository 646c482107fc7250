import { FEWEST_OF_FORM } from '../../beats/features';

/** Weight of the form's mean against the beat's own answer. */
const VOICE_OF_FORM = 0.5;

/**
 * Beats of one form come from one place in the heart, so they speak together on whether they are ventricular: half of
 * each beat's log odds of V against N and S is its own, half the mean of its form. Other classes keep their ratios.
 * @param probabilities class probabilities, [beats, classes]; not changed
 * @param classes names of the classes
 * @param forms form of each beat (`BeatTokens.forms`), [beats]
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
  const count = forms.reduce((most, form) => Math.max(most, form + 1), 0);
  const sums = new Float64Array(count);
  const voters = new Uint32Array(count);
  forms.forEach((form, beat) => {
    if (form < 0) return;
    sums[form]! += odds[beat]!;
    voters[form]!++;
  });
  const voted = probabilities.slice();
  forms.forEach((form, beat) => {
    if (form < 0 || voters[form]! < FEWEST_OF_FORM) return;
    const shift = VOICE_OF_FORM * (sums[form]! / voters[form]! - odds[beat]!);
    const row = voted.subarray(beat * width, (beat + 1) * width);
    row[v] = at(beat, v) * Math.exp(shift);
    const total = row.reduce((sum, value) => sum + value, 0);
    for (let c = 0; c < width; c++) row[c]! /= total;
  });
  return voted;
}
