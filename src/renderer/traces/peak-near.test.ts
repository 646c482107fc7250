import { expect, it } from 'vitest';
import { peakNear } from './peak-near';

/** A beat at 1 s: up or down by `height`, 40 ms wide, on a level. */
const beat =
  (height: number, level = 0.3) =>
  (timeS: number) =>
    level + height * Math.max(0, 1 - Math.abs(timeS - 1) / 0.02);

it('finds the peak beside where a reader points, whichever way it goes', () => {
  expect(peakNear(1.07, 1 / 360, beat(1))).toBeCloseTo(1, 2);
  expect(peakNear(0.93, 1 / 360, beat(-1))).toBeCloseTo(1, 2);
});

it('stays where it is where nothing can be read', () => {
  expect(peakNear(2, 1 / 360, () => NaN)).toBe(2);
});
