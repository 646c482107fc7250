import { expect, it } from 'vitest';
import { bootstrapIntervals } from './bootstrap';

/** Ten patients of ten segments; patient i scores i on every segment. */
const groups = Array.from({ length: 100 }, (_, i) => `p${Math.floor(i / 10)}`);
const mean = (weight: Float64Array): { mean: number } => {
  let total = 0;
  let sum = 0;
  weight.forEach((w, i) => {
    total += w;
    sum += w * Math.floor(i / 10);
  });
  return { mean: sum / total };
};

it('gives the figure of the data and an interval of the width that ten patients have', () => {
  const { mean: interval } = bootstrapIntervals(groups, mean, { draws: 4000, seed: 3 });
  expect(interval.value).toBe(4.5);
  // Standard error of a mean of ten from 0..9: 2.87 / sqrt(10) = 0.908; 1.96 of it each way.
  expect(interval.low).toBeCloseTo(4.5 - 1.96 * 0.908, 0);
  expect(interval.high).toBeCloseTo(4.5 + 1.96 * 0.908, 0);
});

it('draws whole patients: every segment of a patient counts alike', () => {
  bootstrapIntervals(
    groups,
    (weight) => {
      for (let i = 0; i < weight.length; i++) {
        if (weight[i] !== weight[Math.floor(i / 10) * 10]) throw new Error('a patient was split');
      }
      return { figure: 0 };
    },
    { draws: 50 },
  );
});

it('is the same for the same seed, and another for another', () => {
  const run = (seed: number) => bootstrapIntervals(groups, mean, { draws: 200, seed }).mean;
  expect(run(1)).toEqual(run(1));
  expect(run(1).low).not.toBe(run(2).low);
});

it('leaves out draws in which a figure is not defined', () => {
  const result = bootstrapIntervals(
    groups,
    (weight) => ({ sometimes: weight[0] === 0 ? NaN : 1 }),
    { draws: 100 },
  );
  expect(result.sometimes).toEqual({ value: 1, low: 1, high: 1 });
});

it('gives one patient no interval: nothing is known of others', () => {
  const result = bootstrapIntervals(['a', 'a'], () => ({ figure: 0.9 }), { draws: 10 });
  expect(result.figure).toEqual({ value: 0.9, low: NaN, high: NaN });
});
