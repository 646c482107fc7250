import { expect, test } from 'vitest';
import type { Overlay } from '../../shared/domain';
import { onTimeGrid } from './overlay-grid';

const beats: Overlay = {
  segmentIndex: 0,
  startS: 20,
  stepS: 10 / 3,
  tokens: 3,
  tokenTimesS: Float64Array.of(20.02, 25, 29.5),
  heads: 1,
  attention: Float32Array.of(0.1, 0.7, 0.2),
  evidence: Float32Array.of(-1, 3, 0.5),
  marginLogit: 2.5,
  biasLogit: 0,
  faithfulness: null,
};
const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);

test('a beat is marked where its R peak is, and sums stay what they were', () => {
  const grid = onTimeGrid(beats);
  const strongest = grid.attention.indexOf(Math.max(...grid.attention));
  expect(grid.startS + (strongest + 0.5) * grid.stepS).toBeCloseTo(25, 1);
  expect(sum(grid.attention)).toBeCloseTo(1, 5);
  expect(sum(grid.evidence)).toBeCloseTo(2.5, 4);
  expect(grid.tokens * grid.stepS).toBeCloseTo(10, 6);
});

test('an overlay on a grid of its own is left alone', () => {
  const grid = { ...beats, tokenTimesS: undefined };
  expect(onTimeGrid(grid)).toBe(grid);
});
