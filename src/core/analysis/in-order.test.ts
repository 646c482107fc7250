import { describe, expect, it } from 'vitest';
import { inOrder } from './in-order';

describe('inOrder', () => {
  it('yields in order whatever finishes first, with no more in flight than asked', async () => {
    let flying = 0;
    let most = 0;
    const results: number[] = [];
    const work = async (index: number): Promise<number> => {
      most = Math.max(most, ++flying);
      await new Promise((resolve) => setTimeout(resolve, (7 - index) * 2));
      flying--;
      return index;
    };
    for await (const result of inOrder(7, 3, work)) results.push(result);
    expect(results).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(3);
  });

  it('starts nothing more once its consumer has left', async () => {
    const started: number[] = [];
    for await (const result of inOrder(100, 2, async (index) => started.push(index))) {
      if (result) break;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(started.length).toBeLessThanOrEqual(2);
  });
});
