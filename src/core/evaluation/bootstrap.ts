import { quantileOfSorted } from '../../shared/domain/order-statistics';
import { seededRandom } from '../base/seeded-random';

/** A figure with its 95 % interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Default 1000. */
  readonly draws?: number;
  /** Default 1. */
  readonly seed?: number;
}

/**
 * 95 % intervals by bootstrap over patients (Efron & Tibshirani 1993, chapter 13: percentiles). Whole patients are
 * drawn with replacement, because segments of one person are no independent observations. Draws in which a
 * figure is undefined (one class absent) do not count for that figure. One patient has no interval (NaN).
 *
 * @param groups the patient or record of each segment
 * @param figures computes the figures from a weight per segment: how often its patient was drawn
 */
export function bootstrapIntervals<K extends string>(
  groups: readonly string[],
  figures: (weight: Float64Array) => Readonly<Record<K, number>>,
  options: BootstrapOptions = {},
): Record<K, Interval> {
  const { draws = 1000, seed = 1 } = options;
  const names = [...new Set(groups)];
  const numbers = new Map(names.map((name, i) => [name, i]));
  const member = Uint32Array.from(groups, (name) => numbers.get(name)!);
  const random = seededRandom(seed);
  const weight = new Float64Array(groups.length).fill(1);
  const values = figures(weight);
  const keys = Object.keys(values) as K[];
  const samples = new Map<K, number[]>(keys.map((key) => [key, []]));
  for (let draw = 0; draw < draws; draw++) {
    const times = new Uint32Array(names.length);
    for (let i = 0; i < names.length; i++) times[Math.floor(random() * names.length)]!++;
    for (let i = 0; i < weight.length; i++) weight[i] = times[member[i]!]!;
    const drawn = figures(weight);
    for (const key of keys) if (Number.isFinite(drawn[key])) samples.get(key)!.push(drawn[key]);
  }
  return Object.fromEntries(
    keys.map((key) => {
      const sorted = Float64Array.from(names.length > 1 ? samples.get(key)! : []).sort();
      const value = values[key];
      const [low, high] = [quantileOfSorted(sorted, 0.025), quantileOfSorted(sorted, 0.975)];
      return [key, { value, low, high }];
    }),
  ) as Record<K, Interval>;
}
