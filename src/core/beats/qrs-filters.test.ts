import { expect, it } from 'vitest';
import { seededRandom } from '../base/seeded-random';
import { butterworth2, filterInPlace, filterTwo, movingRms } from './qrs-filters';

it('filters two signals side by side as each by itself, to the last digit', () => {
  const random = seededRandom(3);
  const signal = (): Float64Array => Float64Array.from({ length: 500 }, () => 4 * random() - 1);
  const of = (low: number, high: number) =>
    [butterworth2(low, 250, 'high'), butterworth2(high, 250, 'low')] as const;
  const pair = [signal(), signal()] as const;
  const alone = pair.map((samples) => samples.slice());
  filterTwo(pair, [of(5, 20), of(2.5, 15)]);
  filterInPlace(alone[0]!, of(5, 20));
  filterInPlace(alone[1]!, of(2.5, 15));
  expect(pair).toEqual(alone);
  const nothing = new Float64Array(0);
  expect(() => filterTwo([nothing, nothing], [of(5, 20), of(2.5, 15)])).not.toThrow();
});

it('takes the root mean square around each sample, whatever the length, zeros beyond the ends', () => {
  const random = seededRandom(8);
  for (const length of [0, 1, 7, 12, 13, 25, 26, 999, 1013, 2500]) {
    const samples = Float64Array.from({ length }, () => random() - 0.4);
    const of = (i: number): number =>
      samples.subarray(Math.max(0, i - 12), i + 13).reduce((sum, own) => sum + own * own, 0);
    const rms = movingRms(samples, 25);
    expect(rms).toHaveLength(length);
    rms.forEach((own, i) => expect(own).toBeCloseTo(Math.sqrt(of(i) / 25), 12));
  }
});
