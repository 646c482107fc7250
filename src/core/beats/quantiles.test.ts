import { expect, it } from 'vitest';
import { seededRandom } from '../base/seeded-random';
import { lowerQuantile, lowerQuantiles, quantilesAround } from './quantiles';

const random = seededRandom(9);
/** Of few values, so that many are equal, and some missing. */
const values = Float64Array.from({ length: 300 }, () =>
  random() < 0.1 ? NaN : Math.floor(40 * random()),
);

it('is the lower of two order statistics of the finite entries', () => {
  const sorted = values.filter(Number.isFinite).sort();
  for (const q of [0, 0.35, 0.5, 1])
    expect(lowerQuantile(values, q)).toBe(sorted[Math.floor(q * (sorted.length - 1))]);
  expect(lowerQuantile(Float64Array.of(NaN, Infinity), 0.5, 7)).toBe(7);
  expect(lowerQuantile(values, 0.5, 0, { from: -4, end: 9, step: 2 })).toBe(
    lowerQuantile(Float64Array.of(values[0]!, values[2]!, values[4]!, values[6]!, values[8]!), 0.5),
  );
});

it('takes two at once as each by itself', () => {
  const out = new Float64Array(3);
  for (const span of [
    { from: 3, end: 90, step: 4 },
    { from: 280, end: 400 },
    { from: 300, end: 310 },
  ]) {
    lowerQuantiles(values, [0.4, 0.85], span, out, 1);
    expect([...out]).toEqual([
      0,
      lowerQuantile(values, 0.4, 0, span),
      lowerQuantile(values, 0.85, 0, span),
    ]);
  }
});

it('slides a window as it takes each anew, wherever the ends lie', () => {
  for (const around of [
    { before: 8, after: 8, step: 1 },
    { before: 22, after: 22, step: 2 },
    { before: 6, after: 3, step: 3 },
  ])
    for (const length of [0, 1, 5, 30, 300]) {
      const part = values.subarray(0, length);
      const each = Array.from(part, (_, i) =>
        lowerQuantile(part, 0.5, 0, {
          from: i - around.before,
          end: i + around.after + 1,
          step: around.step,
        }),
      );
      expect([...quantilesAround(part, 0.5, around)]).toEqual(each);
    }
});
