import { describe, expect, it } from 'vitest';
import { commonFrame, fractionOf } from './common-frame';

describe('frames that leads of several rates share', () => {
  it.each([
    [[360, 360], 360, [1, 1]],
    [[100, 12.8], 0.8, [125, 16]],
    [[1000, 800, 500, 975, 999], 1, [1000, 800, 500, 975, 999]],
    [[500, 250], 250, [2, 1]],
    [[1e6 / 1667], 1e6 / 1667, [1]],
    [[2 / 0.3, 1 / 0.3], 1 / 0.3, [2, 1]],
  ])('%j Hz', (rates, frameRateHz, samplesPerFrame) => {
    const frame = commonFrame(rates)!;
    expect(frame.frameRateHz).toBeCloseTo(frameRateHz, 9);
    expect(frame.samplesPerFrame).toEqual(samplesPerFrame);
  });

  it('are not found for rates that have none', () => {
    expect(commonFrame([Math.PI * 100, 100])).toBeNull();
    expect(commonFrame([])).toBeNull();
  });
});

it('finds fractions and refuses what is none', () => {
  expect(fractionOf(0.128)).toEqual({ top: 16, bottom: 125 });
  expect(fractionOf(1)).toEqual({ top: 1, bottom: 1 });
  expect(fractionOf(3)).toEqual({ top: 3, bottom: 1 });
  expect(fractionOf(NaN)).toBeNull();
  expect(fractionOf(Math.SQRT2)).toBeNull();
});
