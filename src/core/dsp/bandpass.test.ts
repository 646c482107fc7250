import { describe, expect, it } from 'vitest';
import { DISPLAY_BANDS, ok } from '../../shared/domain';
import { createBandpass, filterWindow } from './bandpass';

/** Repeatable noise in [-1, 1): a linear congruential generator (Numerical Recipes). */
function noise(length: number): Float64Array {
  let state = 1;
  return Float64Array.from({ length }, () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 2_147_483_648 - 1;
  });
}

const largest = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0);

describe('band-pass', () => {
  it('keeps what lies in the band and removes the rest, without delay', () => {
    const rateHz = 360;
    const tone = (hz: number): Float64Array =>
      Float64Array.from({ length: 20 * rateHz }, (_, i) =>
        Math.sin((2 * Math.PI * hz * i) / rateHz),
      );
    const bandpass = createBandpass(rateHz, DISPLAY_BANDS.model.band);
    const middle = (x: Float64Array): Float64Array => x.slice(7 * rateHz, 13 * rateHz);
    expect(largest(middle(bandpass.apply(tone(10))), middle(tone(10)))).toBeLessThan(1e-3);
    for (const hz of [0.1, 120]) {
      const left = middle(bandpass.apply(tone(hz)));
      expect(Math.max(...left.map(Math.abs))).toBeLessThan(1e-3);
    }
    const offset = new Float64Array(3600).fill(160);
    expect(Math.max(...bandpass.apply(offset).map(Math.abs))).toBeLessThan(1e-9);
  });

  it('filters each stretch between gaps by itself', () => {
    const bandpass = createBandpass(250, DISPLAY_BANDS.model.band);
    const x = noise(3000);
    x.fill(NaN, 1000, 1010);
    x.fill(NaN, 1030, 1100); // leaves 20 samples, too few to pad
    const y = bandpass.apply(x);
    expect(y.subarray(0, 1000)).toEqual(bandpass.apply(x.slice(0, 1000)));
    expect(y.subarray(1100)).toEqual(bandpass.apply(x.slice(1100)));
    expect(y.subarray(1000, 1100).every(Number.isNaN)).toBe(true);
    expect(bandpass.apply(new Float64Array(5)).every(Number.isNaN)).toBe(true);
    expect(bandpass.apply(new Float64Array(0)).length).toBe(0);
  });

  it.each([100, 128, 250, 360, 500, 1000])(
    'reads a margin at %i Hz after which no wrong start is left',
    async (rateHz) => {
      const bandpass = createBandpass(rateHz, DISPLAY_BANDS.model.band);
      const { marginSamples } = bandpass;
      const start = 2 * marginSamples;
      const end = start + 10 * rateHz;
      const x = noise(end + 2 * marginSamples);
      // Just outside what a block may read the signal jumps by 20 mV, and a gap ends exactly there on one side.
      x.fill(20, 0, start - marginSamples);
      x.fill(-20, end + marginSamples);
      const whole = bandpass.apply(x);
      const reads: [number, number][] = [];
      const block = await filterWindow(
        bandpass,
        async (from, to) => {
          reads.push([from, to]);
          return ok(x.slice(from, to));
        },
        x.length,
        start,
        end,
      );
      if (!block.ok) throw new Error(block.error.message);
      expect(reads).toEqual([[start - marginSamples, end + marginSamples]]);
      expect(largest(block.value, whole.slice(start, end))).toBeLessThan(1e-7);
    },
  );

  it('handles the true ends of the signal exactly', async () => {
    const bandpass = createBandpass(360, DISPLAY_BANDS.model.band);
    const x = noise(30_000);
    const whole = bandpass.apply(x);
    for (const [start, end] of [
      [0, 3600],
      [26_400, 30_000],
      [0, 30_000],
    ] as const) {
      const block = await filterWindow(
        bandpass,
        async (from, to) => ok(x.slice(from, to)),
        x.length,
        start,
        end,
      );
      if (!block.ok) throw new Error(block.error.message);
      expect(block.value.length).toBe(end - start);
      expect(largest(block.value, whole.slice(start, end))).toBeLessThan(1e-7);
    }
  });

  it('refuses rates that cannot carry the band', () => {
    expect(() => createBandpass(1, DISPLAY_BANDS.model.band)).toThrow(RangeError);
    expect(() => createBandpass(NaN, DISPLAY_BANDS.model.band)).toThrow(RangeError);
    expect(() => createBandpass(360, { lowHz: 50, highHz: 0.5, order: 5 })).toThrow(RangeError);
  });
});
