import { expect, it } from 'vitest';
import type { BeatAnswers } from './beat-answers';
import type { BeatPlan } from './beat-plan';
import { withoutLoneV } from './lone-beats';

const N = 0;
const V = 2;
const Q = 4;
/** A beat a second; segments of ten. */
const BEATS = 30;
const windows = [0, 5, 10, 15, 20].map((startS) => ({ startS, endS: startS + 10 }));
const timeS = Float64Array.from({ length: BEATS }, (_, beat) => beat + 0.5);

/** Classes of the beats of a strip in which some beats are called V and some speak for Abnormal. */
function called(ventricular: readonly number[], speaking: readonly number[], durationS = 30) {
  const of = (value: (beat: number) => number): Float32Array =>
    Float32Array.from(timeS, (_, beat) => value(beat));
  const answers = {
    attention: of(() => 0),
    score: of((beat) => (speaking.includes(beat) ? 80 : 0)),
  };
  const beatClass = Uint8Array.from(timeS, (_, beat) => (ventricular.includes(beat) ? V : N));
  const plan = {
    parameters: {
      classes: ['N', 'S', 'V', 'F', 'Q'],
      strip: { shiftLogit: 0, fibrillationMean: 1 },
    },
    task: { members: 1, biasLogit: -3 },
    durationS,
  };
  const strip = {
    tokens: { timeS, seen: new Uint8Array(BEATS).fill(1) },
    answers: answers as unknown as BeatAnswers,
    called: { beatClass, confidence: new Float32Array(BEATS).fill(0.6) },
    windows,
  };
  return withoutLoneV(strip, plan as unknown as BeatPlan, 0.5).beatClass;
}

it('takes back a single V of a strip in which the network flags no segment', () => {
  expect(called([12], [])[12]).toBe(Q);
  expect(called([3, 12], [])).not.toContain(V);
});

it('lets it stand where a segment that holds it is flagged, in couplets and runs, and in longer recordings', () => {
  expect(called([12], [12])[12]).toBe(V);
  expect(called([12], [7])[12]).toBe(V);
  expect(called([12], [25])[12]).toBe(Q);
  expect([...called([12, 13], []).subarray(12, 14)]).toEqual([V, V]);
  expect(called([12], [], 90)[12]).toBe(V);
});
