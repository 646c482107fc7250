import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { columnEnvelope, firstSampleOf } from './columns';

describe('columnEnvelope', () => {
  it('gives each column its own extremes, and NaN where nothing is present', () => {
    const samples = Float64Array.of(1, 5, 2, NaN, 7, 3, NaN, NaN, NaN, -4);
    const out = columnEnvelope(samples, { startS: 0, stepS: 0.3 }, 10, 0, 4);
    expect([...out]).toEqual([1, 5, 3, 7, NaN, NaN, -4, -4]);
  });

  it('puts every sample into exactly one column, however the range is cut into tasks', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0.02, max: 5, noNaN: true }),
        fc.constantFrom(100, 128, 250, 360, 499.9, 1000),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        (startS, stepS, rateHz, columns, cut) => {
          const grid = { startS, stepS };
          const first = firstSampleOf(grid, 0, rateHz);
          const end = firstSampleOf(grid, columns, rateHz);
          const signal = (i: number) => Math.sin(i * 12.9898) * 43758.5453;
          const cutAt = Math.min(cut, columns);
          const part = (from: number, to: number) => {
            const a = firstSampleOf(grid, from, rateHz);
            const b = firstSampleOf(grid, to, rateHz);
            const samples = Float64Array.from({ length: b - a }, (_, i) => signal(a + i));
            return columnEnvelope(samples, grid, rateHz, from, to);
          };
          const whole = part(0, columns);
          expect([...part(0, cutAt), ...part(cutAt, columns)]).toEqual([...whole]);
          let max = -Infinity;
          for (let i = first; i < end; i++) max = Math.max(max, Math.fround(signal(i)));
          let found = -Infinity;
          for (let i = 1; i < whole.length; i += 2) if (whole[i]! > found) found = whole[i]!;
          expect(found).toBe(max);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });
});
