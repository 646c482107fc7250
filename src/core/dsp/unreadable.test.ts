import { expect, it } from 'vitest';
import { unreadableReason } from './unreadable';

const RATE = 360;
/** Ten seconds of pulses over a rounded baseline, as a coarse converter gives them. */
const ecg = (stepMv: number): Float64Array =>
  Float64Array.from({ length: 10 * RATE }, (_, i) => {
    const phase = (i / RATE) % 0.8;
    const mv =
      1.2 * Math.exp(-0.5 * ((phase - 0.4) / 0.012) ** 2) +
      0.3 * Math.exp(-0.5 * ((phase - 0.65) / 0.05) ** 2) +
      0.1 * Math.sin(i / RATE);
    return stepMv * Math.round(mv / stepMv);
  });
const held = (samples: number): Float64Array =>
  ecg(0.005).map((_, i, all) => all[i - (i % samples)]!);
const reason = (x: Float64Array): string | null => unreadableReason(x, RATE, 10 * RATE);

it.each([15, 36, 90, 200])(
  'cannot judge a signal of which each value is held for %i samples',
  (n) => {
    expect(reason(held(n))).toBe('held samples');
  },
);

it.each([0.001, 0.005, 0.02])('judges a still baseline in steps of %f mV', (stepMv) => {
  expect(reason(ecg(stepMv))).toBeNull();
});

it('judges a signal whose samples are doubled or tripled by a slow converter', () => {
  expect(reason(held(3))).toBeNull();
});
