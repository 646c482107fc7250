import { expect, it } from 'vitest';
import { rankCorrelation } from './explain-ranks';

it('is 1 for the same order, -1 for the opposite, whatever the distances', () => {
  expect(rankCorrelation([1, 2, 3, 4], [1, 10, 11, 500])).toBeCloseTo(1, 12);
  expect(rankCorrelation([1, 2, 3, 4], [9, 3, 2, -4])).toBeCloseTo(-1, 12);
});

it('shares ranks between equals, as SciPy does', () => {
  // scipy.stats.spearmanr([1, 2, 2, 3, 0], [5, 6, 7, 8, 7]).statistic
  expect(rankCorrelation([1, 2, 2, 3, 0], [5, 6, 7, 8, 7])).toBeCloseTo(0.5, 12);
  expect(rankCorrelation([1, 2, 3], [4, 4, 4])).toBeNaN();
});
