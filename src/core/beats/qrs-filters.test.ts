import { expect, it } from 'vitest';
import { seededRandom } from '../base/seeded-random';
import { butterworth2, zeroPhase, zeroPhaseOfTwo } from './qrs-filters';

it('filters two signals side by side as each by itself, to the last digit', () => {
  const random = seededRandom(3);
  const signal = (): Float64Array => Float64Array.from({ length: 500 }, () => 4 * random() - 1);
  const of = (low: number, high: number) =>
    [butterworth2(low, 250, 'high'), butterworth2(high, 250, 'low')] as const;
  const [a, b] = [signal(), signal()];
  const [first, second] = zeroPhaseOfTwo([a, b], [of(5, 20), of(2.5, 15)]);
  expect(first).toEqual(zeroPhase(a, of(5, 20)));
  expect(second).toEqual(zeroPhase(b, of(2.5, 15)));
  const nothing = new Float64Array(0);
  expect(zeroPhaseOfTwo([nothing, nothing], [of(5, 20), of(2.5, 15)])).toEqual([nothing, nothing]);
});
