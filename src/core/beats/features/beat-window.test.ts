import { describe, expect, it } from 'vitest';
import { BEAT_WINDOW, sampleBeatWindow } from './beat-window';

/** A signal band-limited to 40 Hz, known at every instant. */
const wave = (timeS: number): number =>
  Math.sin(2 * Math.PI * 7 * timeS) + 0.5 * Math.cos(2 * Math.PI * 40 * timeS + 0.3);

describe('sampleBeatWindow', () => {
  it.each([100, 128, 250, 257, 360, 1000])('gives the same window at %d Hz', (rateHz) => {
    const signal = Float64Array.from({ length: 4 * rateHz }, (_, i) => wave(i / rateHz));
    const peakS = 2.0037;
    const out = new Float32Array(BEAT_WINDOW.samples);
    expect(sampleBeatWindow(signal, rateHz, peakS * rateHz, out)).toBe(0);
    for (let i = 0; i < out.length; i++) {
      const timeS = peakS + (i - BEAT_WINDOW.before) / BEAT_WINDOW.rateHz;
      // At 100 Hz the 40 Hz part lies close to the Nyquist frequency, where a kernel of 16 taps rolls off.
      expect(Math.abs(out[i]! - wave(timeS))).toBeLessThan(rateHz <= 128 ? 0.03 : 0.003);
    }
  });

  it('puts zeros where the signal is missing or ends, and says how much', () => {
    const out = new Float32Array(BEAT_WINDOW.samples);
    expect(sampleBeatWindow(new Float64Array(256).fill(1), 128, 0, out)).toBeCloseTo(38 / 96, 6);
    expect(out[0]).toBe(0);
    expect(out[60]).toBeCloseTo(1, 6);
    expect(sampleBeatWindow(new Float64Array(256).fill(NaN), 128, 128, out)).toBe(1);
  });
});
