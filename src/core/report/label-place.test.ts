import { expect, it } from 'vitest';
import { freeTopMm, traceHeight } from './label-place';

const paper = { topMm: 0, bottomMm: 100 };

it('leaves a name where names stand when no trace is there', () => {
  expect(freeTopMm(20, 3, [{ topMm: 24, bottomMm: 40 }], paper)).toBe(20);
});

it('moves a name off the trace that it would stand on, by as little as can be', () => {
  expect(freeTopMm(20, 3, [{ topMm: 22, bottomMm: 40 }], paper)).toBe(18.5);
  expect(freeTopMm(20, 3, [{ topMm: 10, bottomMm: 20.5 }], paper)).toBe(21);
});

it('looks below where the row above is in the way, and gives up where there is no room at all', () => {
  const between = [
    { topMm: 0, bottomMm: 17 },
    { topMm: 19, bottomMm: 30 },
  ];
  expect(freeTopMm(20, 3, between, paper)).toBe(30.5);
  expect(freeTopMm(20, 3, [{ topMm: 0, bottomMm: 100 }], paper)).toBe(20);
});

it('knows what a trace takes up beside samples that are missing, and that missing ones alone draw nothing', () => {
  const height = traceHeight(Float32Array.of(NaN, 0.5, NaN, -0.25), 30);
  expect(height).toEqual({ topMm: 25, bottomMm: 32.5 });
  expect(traceHeight(Float32Array.of(NaN, NaN), 30)).toBeNull();
  expect(traceHeight(Float32Array.of(), 30)).toBeNull();
  // A name would else stand on the trace, as nothing is free beside a height that is no number.
  expect(freeTopMm(24, 3, [height!], paper)).toBe(21.5);
});
