import { describe, expect, it } from 'vitest';
import { heartRate } from './heart-rate';

/** R peaks from RR intervals in seconds. */
function peaks(rrS: readonly number[]) {
  let t = 0;
  return { timeS: Float64Array.from([0, ...rrS.map((rr) => (t += rr))]) };
}

describe('heartRate', () => {
  it('is 60 / RR for a regular rhythm', () => {
    const rate = heartRate(peaks(Array(75).fill(0.8)), 60)!;
    expect(rate.meanBpm).toBeCloseTo(75, 6);
    expect(rate.minBpm).toBeCloseTo(75, 4);
    expect(rate.maxBpm).toBeCloseTo(75, 4);
  });

  it('keeps premature beats and their pauses out of the trend', () => {
    const rr = Array.from({ length: 75 }, (_, i) =>
      i % 10 === 4 ? 0.5 : i % 10 === 5 ? 1.1 : 0.8,
    );
    const rate = heartRate(peaks(rr), 60)!;
    for (const bpm of rate.trend.bpm) expect(bpm).toBeCloseTo(75, 4);
  });

  it('follows a change of rate', () => {
    const rate = heartRate(peaks([...Array(60).fill(1), ...Array(120).fill(0.5)]), 120)!;
    expect(rate.minBpm).toBeCloseTo(60, 4);
    expect(rate.maxBpm).toBeCloseTo(120, 4);
    const at = (timeS: number) => rate.trend.bpm[rate.trend.timeS.findIndex((t) => t >= timeS)];
    expect(at(30)).toBeCloseTo(60, 4);
    expect(at(90)).toBeCloseTo(120, 4);
  });

  it('says nothing where there are no beats', () => {
    expect(heartRate(peaks([0.8, 0.8]), 10)).toBeNull();
    const rate = heartRate(peaks([...Array(30).fill(1), 40, ...Array(30).fill(1)]), 100)!;
    const middle = rate.trend.bpm[rate.trend.timeS.findIndex((t) => t >= 50)];
    expect(middle).toBeNaN();
    // The 40 s without a beat are no interval of 1.5 bpm.
    expect(rate.minBpm).toBeCloseTo(60, 4);
  });
});
