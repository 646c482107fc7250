import { describe, expect, it } from 'vitest';
import { ok } from '../../../shared/domain';
import { judgeDrops, measureFaithfulness, topMask, type TokenMask } from './faithfulness';

/** A model whose margin is the sum of the weights that are not masked. */
function additive(weights: Float32Array) {
  const calls: (readonly TokenMask[])[] = [];
  return {
    calls,
    margins: async (masks: readonly TokenMask[]) => {
      calls.push(masks);
      return ok(
        masks.map((mask) => weights.reduce((sum, w, i) => sum + (mask[i] === 1 ? 0 : w), 0)),
      );
    },
  };
}

const weights = new Float32Array(100).map((_, i) => (i >= 40 && i < 50 ? 1 : 0.01));

describe('measureFaithfulness', () => {
  it('is faithful when attention lies on what the model uses', async () => {
    const result = await measureFaithfulness(weights, additive(weights).margins);
    expect(result.ok && result.value.topDropLogit).toBeCloseTo(10, 4);
    expect(result.ok && result.value.randomDropLogit).toBeLessThan(5);
    expect(result.ok && result.value.faithful).toBe(true);
  });

  it('is not when attention lies elsewhere', async () => {
    const attention = new Float32Array(100).map((_, i) => (i < 10 ? 1 : 0));
    const result = await measureFaithfulness(attention, additive(weights).margins);
    expect(result.ok && result.value.faithful).toBe(false);
  });

  it('is not when masking the top raises the margin', async () => {
    const against = weights.map((w) => -w);
    const result = await measureFaithfulness(weights, additive(against).margins);
    expect(result.ok && result.value.topDropLogit).toBeLessThan(0);
    expect(result.ok && result.value.faithful).toBe(false);
  });

  it('masks as many tokens in the controls as at the top, and the same for the same seed', async () => {
    const first = additive(weights);
    const second = additive(weights);
    await measureFaithfulness(weights, first.margins, { seed: 7 });
    await measureFaithfulness(weights, second.margins, { seed: 7 });
    expect(first.calls).toEqual(second.calls);
    const [none, top, ...controls] = first.calls[0]!;
    const count = (mask: TokenMask) => mask.reduce((sum, bit) => sum + bit, 0);
    expect(count(none!)).toBe(0);
    expect(count(top!)).toBe(10);
    expect(controls).toHaveLength(8);
    for (const control of controls) {
      expect(count(control)).toBe(10);
      // Elsewhere: two tenths of 100 tokens share one on average.
      expect(control.filter((bit, i) => bit === 1 && top![i] === 1).length).toBeLessThanOrEqual(1);
    }
  });
});

describe('judgeDrops', () => {
  const random = [0.1, 0.3, 0.2, 0.4, 0.0, 0.2, 0.1, 0.3];
  const { faithful, randomDropLogit } = judgeDrops(1, random);

  it('is faithful above the 95 % prediction limit of the random drops', () => {
    expect(faithful).toBe(true);
    expect(randomDropLogit).toBeCloseTo(0.2, 12);
    // mean 0.2, standard deviation 0.1309, limit 0.2 + 1.895 * 0.1309 * sqrt(1 + 1/8) = 0.4631
    expect(judgeDrops(0.47, random).faithful).toBe(true);
    expect(judgeDrops(0.46, random).faithful).toBe(false);
  });

  it('is not for a drop above the mean that chance gives as well', () => {
    expect(judgeDrops(0.9, [0, 2, 0, 0, 1.5, 0, 0, 0]).faithful).toBe(false);
  });

  it('is not for a drop that no reader would notice, however regular the random ones', () => {
    expect(judgeDrops(0.19, Array(8).fill(0)).faithful).toBe(false);
    expect(judgeDrops(0.21, Array(8).fill(0)).faithful).toBe(true);
  });

  it('is not for a drop that could not be computed', () => {
    expect(judgeDrops(NaN, random).faithful).toBe(false);
    expect(judgeDrops(1, [...random.slice(1), NaN]).faithful).toBe(false);
  });
});

describe('topMask', () => {
  it('marks the most attended, of equals the earlier', () => {
    expect([...topMask(Float32Array.of(1, 3, 3, 2), 2)]).toEqual([0, 1, 1, 0]);
    expect([...topMask(Float32Array.of(1, 1, 1), 1)]).toEqual([1, 0, 0]);
  });
});
