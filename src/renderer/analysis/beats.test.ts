import { expect, it } from 'vitest';
import type { BeatColumns } from '../../shared/domain';
import { beatNear } from './beats';

it('finds the nearest beat within reach', () => {
  const beats = { timeS: Float64Array.of(1, 2, 3) } as BeatColumns;
  expect(beatNear(beats, 1.9, 0.2)).toBe(1);
  expect(beatNear(beats, 1.4, 0.5)).toBe(0);
  expect(beatNear(beats, 2.6, 0.2)).toBe(-1);
  expect(beatNear(beats, 99, 0.2)).toBe(-1);
});
