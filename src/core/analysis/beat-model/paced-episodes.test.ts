import { describe, expect, it } from 'vitest';
import { createPacedFinder } from './paced-episodes';

describe('createPacedFinder', () => {
  it('joins paced beats into stretches, however they come, and leaves out a few', () => {
    const times = Float64Array.from({ length: 120 }, (_, i) => i);
    const paced = Uint8Array.from(times, (t) =>
      (t >= 10 && t < 40) || (t >= 60 && t < 63) || t >= 90 ? 1 : 0,
    );
    for (const piece of [1, 7, 120]) {
      const finder = createPacedFinder();
      const found = [];
      for (let i = 0; i < 120; i += piece)
        found.push(...finder.push(times.subarray(i, i + piece), paced.subarray(i, i + piece)));
      found.push(...finder.finish());
      expect(found.map(({ startS, endS, rhythm }) => [startS, endS, rhythm])).toEqual([
        [10, 39, '(P'],
        [90, 119, '(P'],
      ]);
    }
  });
});
