import { expect, it } from 'vitest';
import { fibrillationTime, totalFibrillation } from './ec57-fibrillation';
import { offsetsOf, placementOf } from './ec57-placement';

const beats = (...timeS: number[]) => ({ timeS, beatClass: timeS.map(() => 0) });

it('says how far R peaks lie from the reference, of beats that were found alone', () => {
  // 20 beats, found 4 ms late but for one that lies 30 ms early; the last one is missed and another is extra.
  const reference = Array.from({ length: 20 }, (_, i) => i + 1);
  const found = [...reference.slice(0, 19).map((at, i) => at + (i === 7 ? -0.03 : 0.004)), 30.5];
  const placement = placementOf([offsetsOf(beats(...reference), beats(...found), 0)])!;
  expect(placement.beats).toBe(19);
  expect(placement.meanMs).toBeCloseTo((18 * 4 - 30) / 19, 6);
  expect(placement.medianMs).toBeCloseTo(4, 6);
  expect(placement.p95Ms).toBeCloseTo(30, 6);
  expect(placement.steadyP95Ms).toBeCloseTo(34, 6);
  // Another wave marked throughout a record is far from the reference, and steady.
  const late = Float64Array.from({ length: 40 }, (_, i) => 0.04 + 0.001 * (i % 2));
  const both = placementOf([late, new Float64Array(40)])!;
  expect(both.p95Ms).toBeCloseTo(41, 6);
  expect(both.steadyP95Ms).toBeCloseTo(1, 6);
  expect(offsetsOf(beats(1, 2, 3), beats(1.01, 2.01, 3.01), 2)).toHaveLength(2);
  expect(placementOf([offsetsOf(beats(1), beats(5), 0)])).toBeNull();
});

it('compares fibrillation by its length, a second counted once', () => {
  const annotated = [
    { startS: 100, endS: 200 },
    { startS: 400, endS: 500 },
  ];
  const reported = [
    { startS: 450, endS: 560 },
    { startS: 110, endS: 150 },
    { startS: 140, endS: 190 },
  ];
  const time = fibrillationTime(annotated, reported);
  expect(time).toEqual({ referenceS: 200, foundS: 190, sharedS: 130 });
  expect(totalFibrillation([time, null, time])).toEqual({
    referenceS: 400,
    foundS: 380,
    sharedS: 260,
  });
  expect(totalFibrillation([null])).toBeNull();
});
