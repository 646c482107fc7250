import { expect, it } from 'vitest';
import { axisLabel, axisStepS, axisTimes } from './time-axis';

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

it('writes the time of day below the recording time where the header gives one', () => {
  expect(axisLabel(65, 1, 600, null)).toBe('01:05');
  expect(axisLabel(65, 1, 600, 8 * 3600)).toBe('01:05\n08:01:05');
});
