import { expect, it } from 'vitest';
import { HALF_SAMPLE, waveletScales } from './wavelet';

/** A single sample of 1: what the cascade of Mallat & Zhong's filters makes of it, by hand. */
it('is the quadratic spline wavelet of Mallat & Zhong', () => {
  const impulse = new Float64Array(101);
  impulse[50] = 1;
  const [first] = waveletScales(impulse) as [Float64Array];
  // g (2, -2, one sample to either side) upon h (1, 3, 3, 1) / 8.
  expect([...first.subarray(46, 54)]).toEqual([0, 0.25, 0.75, 0.5, -0.5, -0.75, -0.25, 0]);
});

it('places a step in the middle of every scale', () => {
  const step = new Float64Array(401).fill(1, 200);
  for (const scale of waveletScales(step)) {
    const sum = scale.reduce((all, value) => all + value, 0);
    const centre = scale.reduce((all, value, i) => all + i * value, 0) / sum + HALF_SAMPLE;
    // The step lies between samples 199 and 200.
    expect(centre).toBeCloseTo(199.5, 6);
  }
});
