import { expect, it } from 'vitest';
import { axisStepS, axisTimes } from './time-axis';

it('labels whole steps that have room, and leaves out what the edge would cut', () => {
  // 94.5 px per second is 25 mm/s at 96 dpi.
  expect(axisStepS(94.5)).toBe(1);
  expect(axisTimes(0, 5, 1, 94.5)).toEqual([1, 2, 3, 4]);
  expect(axisTimes(10.5, 13.4, 1, 94.5)).toEqual([11, 12, 13]);
  // Times after many steps are still whole.
  expect(
    axisTimes(3599.6, 3601.2, 0.2, 400).every((t) => Math.abs(t * 5 - Math.round(t * 5)) < 1e-6),
  ).toBe(true);
});

it('labels stand at whole times of day where the recording begins between two', () => {
  // From 09:04:00.4: the first whole second is 0.6 s into the recording.
  const times = axisTimes(0, 4, 1, 94.5, { offsetS: 9 * 3600 + 240.4 });
  expect(times.map((t) => Number(t.toFixed(6)))).toEqual([0.6, 1.6, 2.6, 3.6]);
});

it('no time is told beyond the end of a recording, and the end itself is', () => {
  expect(axisTimes(7, 15, 1, 94.5, { durationS: 10 })).toEqual([8, 9, 10]);
});
