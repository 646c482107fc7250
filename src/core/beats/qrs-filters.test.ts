import { expect, it } from 'vitest';
import { seededRandom } from '../base/seeded-random';
import { butterworth2, filterInPlace, filterTwo } from './qrs-filters';

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
