import { expect, it } from 'vitest';
import type { BeatTokens } from './beat-tokens';
import { BEAT_WINDOW } from './beat-window';
import { pLikeness } from './p-likeness';

const { samples } = BEAT_WINDOW;
/** A P wave of 0.1 s at a sample of the window, and an R wave. */
const beatOf = (pAt: number, pHeight = 0.1): Float32Array =>
  Float32Array.from(
    { length: samples },
    (_, i) =>
      pHeight * Math.exp(-(((i - pAt) / 4) ** 2)) +
      Math.exp(-(((i - BEAT_WINDOW.before) / 2) ** 2)),
  );

/** @param beats of each beat the leads; null where a lead does not show it */
function tokens(
  beats: readonly (readonly (Float32Array | null)[])[],
  dominant: readonly Float32Array[],
): BeatTokens {
  const none = new Float32Array(samples);
  return {
    timeS: Float64Array.from(beats, (_, i) => i),
    leads: dominant.length,
    samples,
    windows: Float32Array.from(beats.flat().flatMap((lead) => [...(lead ?? none)])),
    dominant: Float32Array.from(dominant.flatMap((lead) => [...lead])),
    present: Float32Array.from(beats.flat(), (lead) => (lead ? 1 : 0)),
  } as unknown as BeatTokens;
}

it('tells a beat with the P wave of the others from one that has none, or another', () => {
  const usual = beatOf(18);
  const [same, larger, none, inverted] = pLikeness(
    tokens([[usual], [beatOf(18, 0.2)], [beatOf(60)], [beatOf(18, -0.1)]], [usual]),
  );
  expect(same).toBeCloseTo(1, 5);
  expect(larger).toBeGreaterThan(0.95);
  expect(none).toBeLessThan(0.6);
  expect(inverted).toBeLessThan(-0.5);
});

it('reads the lead in which the beats agree, and says nothing of one that this does not show', () => {
  const usual = beatOf(18);
  const noisy = [3, 24, 11].map((at) => beatOf(at, 0.3));
  const likeness = pLikeness(
    tokens(
      noisy.map((noise, i) => [noise, i === 1 ? null : usual]),
      [usual, usual],
    ),
  );
  expect([...likeness].map((own) => Number(own.toFixed(3)))).toEqual([1, NaN, 1]);
});

/** A wide complex: a notch that begins 0.1 s before its R wave; before it the T wave's end sinks, and P is as high as told. */
const wideBeat = (p: number): Float32Array =>
  Float32Array.from(
    { length: samples },
    (_, i) =>
      (-0.3 * i) / samples +
      p * Math.exp(-(((i - 11) / 4) ** 2)) +
      0.25 * Math.exp(-(((i - BEAT_WINDOW.before + 10) / 3) ** 2)) +
      Math.exp(-(((i - BEAT_WINDOW.before) / 4) ** 2)),
  );

it('takes neither the beginning of a wide QRS complex nor the T wave before for a P wave', () => {
  const likeness = (p: readonly number[]): number[] => [
    ...pLikeness(
      tokens(
        p.map((height) => [wideBeat(height)]),
        [wideBeat(p[0]!)],
      ),
    ),
  ];
  const [, fallen] = likeness([0.01, -0.01, 0.01]);
  expect(fallen).toBeLessThan(0);
  expect(Math.min(...likeness([0.1, 0.15, 0.1]))).toBeGreaterThan(0.9);
});

it('has nothing to say of no beats', () => {
  expect(pLikeness(tokens([], [beatOf(18)]))).toHaveLength(0);
});
