export { seededRandom } from '../../../base/seeded-random';

/** An integer from `from` to `to`, both included. */
export function integer(random: () => number, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}
