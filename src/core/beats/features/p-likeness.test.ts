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

it('has nothing to say of no beats', () => {
  expect(pLikeness(tokens([], [beatOf(18)]))).toHaveLength(0);
});
