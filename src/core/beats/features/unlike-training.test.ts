import { expect, it } from 'vitest';
import { BEAT_WINDOW } from './beat-window';
import { TRAINING_FORMS } from './training-forms';
import { COMPARED_SAMPLES, unlikeTraining } from './unlike-training';

const { samples } = BEAT_WINDOW;
/** One lead of a form that the networks know, each of its samples twice. */
const knownForm = (at: number, sign = 1): Float32Array => {
  const steps = new Int8Array(Buffer.from(TRAINING_FORMS.steps, 'base64'));
  return Float32Array.from(
    { length: samples },
    (_, i) => sign * steps[at * COMPARED_SAMPLES + (i >> 1)]! + 5,
  );
};
const square = Float32Array.from({ length: samples }, (_, i) => (i % 32 < 16 ? 1 : -1));

/** @param means of each form, lead by lead */
function unlike(means: readonly (readonly Float32Array[])[], formBeats: readonly number[]) {
  const leads = means[0]!.length;
  const formMeans = Float32Array.from(means.flat().flatMap((lead) => [...lead]));
  const forms = Int32Array.from([-1, ...formBeats.keys()]);
  return [
    ...unlikeTraining({ forms, formMeans, formBeats: Uint32Array.from(formBeats) }, leads, samples),
  ];
}

it('tells a form that no heart of the training had from those that it had, either way up', () => {
  expect(unlike([[knownForm(3)], [knownForm(40, -1)], [square]], [50, 50, 50])).toEqual([
    0, 0, 0, 1,
  ]);
});

it('finds nothing unlike where one lead is known, nor in forms of too few beats', () => {
  const none = new Float32Array(samples);
  expect(
    unlike(
      [
        [square, knownForm(7)],
        [square, none],
        [none, none],
      ],
      [50, 50, 50],
    ),
  ).toEqual([0, 0, 1, 0]);
  expect(unlike([[square]], [9])).toEqual([0, 0]);
});
