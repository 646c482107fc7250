import { describe, expect, it } from 'vitest';
import { rationalRatio } from './rational';
import { createResampler } from './resample';

const sine = (hz: number, rateHz: number, seconds: number): Float64Array =>
  Float64Array.from({ length: Math.round(rateHz * seconds) }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / rateHz),
  );

describe('ratio of two rates', () => {
  it('is exact for whole rates', () => {
    expect(rationalRatio(128, 360)).toEqual({ up: 45, down: 16 });
    expect(rationalRatio(1000, 360)).toEqual({ up: 9, down: 25 });
    expect(rationalRatio(15.5, 360)).toEqual({ up: 720, down: 31 });
    expect(rationalRatio(360, 360)).toEqual({ up: 1, down: 1 });
  });

  it('is close for any other', () => {
    for (let fromHz = 50; fromHz < 2000; fromHz += 0.137) {
      const { up, down } = rationalRatio(fromHz, 360);
      expect(Math.max(up, down)).toBeLessThanOrEqual(20_000);
      expect(Math.abs(up / down / (360 / fromHz) - 1)).toBeLessThan(2.6e-5);
    }
    expect(() => rationalRatio(0, 360)).toThrow(RangeError);
    expect(() => rationalRatio(NaN, 360)).toThrow(RangeError);
  });
});

describe('resampling', () => {
  it.each([62.4725, 128, 250, 499.907, 1000])('keeps a 5 Hz tone from %f to 360 Hz', (rateHz) => {
    const y = createResampler(rateHz, 360).whole(sine(5, rateHz, 10));
    const wanted = sine(5, 360, 10);
    for (let i = 360; i < 3240; i++) expect(Math.abs(y[i]! - wanted[i]!)).toBeLessThan(2e-3);
  });

  it('gives the same samples from a part as from the whole', () => {
    const resampler = createResampler(128, 360);
    const x = sine(7, 128, 60);
    const whole = resampler.whole(x);
    const position = resampler.positionAt(20);
    const { start, end } = resampler.inputRange(position, 3600);
    const part = resampler.at(x.slice(start, end), start, position, 3600);
    expect(part).toEqual(whole.slice(7200, 10_800));
  });

  it('marks what lies past the end as missing', () => {
    const resampler = createResampler(128, 360);
    const y = resampler.at(sine(7, 128, 9), 0, 0, 3600);
    expect(y.subarray(0, 3240).every(Number.isFinite)).toBe(true);
    expect(y.subarray(3240).every(Number.isNaN)).toBe(true);
  });

  it('takes nothing from beyond a gap', () => {
    const resampler = createResampler(128, 360);
    const x = sine(7, 128, 10);
    x.fill(NaN, 640, 644);
    const y = resampler.whole(x);
    x.fill(1e6, 644);
    const z = resampler.whole(x);
    const gapStart = Math.ceil((639.5 * 45) / 16);
    const gapEnd = Math.ceil((643.5 * 45) / 16);
    expect(z.subarray(0, gapStart)).toEqual(y.subarray(0, gapStart));
    expect(y.subarray(0, gapStart).every(Number.isFinite)).toBe(true);
    expect(y.subarray(gapStart, gapEnd).every(Number.isNaN)).toBe(true);
    expect(y.subarray(gapEnd).every(Number.isFinite)).toBe(true);
  });
});
