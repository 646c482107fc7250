import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../base/seeded-random';
import { QUALITY, signalQuality } from './signal-quality';

const RATE_HZ = 250;
const DURATION_S = 60;

const bump = (t: number, atS: number, widthS: number): number =>
  Math.exp(-0.5 * ((t - atS) / widthS) ** 2);

/** Sinus rhythm of 70 per minute, a wide beat in place of every `ectopicEvery`-th. */
function heart(rateHz: number, ectopicEvery = Infinity): Float64Array {
  return Float64Array.from({ length: DURATION_S * rateHz }, (_, i) => {
    const beat = Math.floor(i / rateHz / 0.86);
    const t = i / rateHz - 0.86 * beat - 0.43;
    if (beat % ectopicEvery === 3) return 1.6 * bump(t, -0.1, 0.04) - 0.6 * bump(t, 0.2, 0.06);
    return (
      0.15 * bump(t, -0.16, 0.025) +
      1.1 * bump(t, 0, 0.011) -
      0.3 * bump(t, 0.03, 0.012) +
      0.3 * bump(t, 0.26, 0.05)
    );
  });
}

/** Noise between 2 and 25 Hz of the given spread, in mV: a moving electrode and muscle. */
function withNoise(mv: Float64Array, spreadMv: number, fromS: number, toS: number): Float64Array {
  const random = seededRandom(5);
  let slow = 0;
  return mv.map((value, i) => {
    slow += 0.25 * (2.4 * (random() + random() + random() - 1.5) - slow);
    return i >= fromS * RATE_HZ && i < toS * RATE_HZ ? value + 3 * spreadMv * slow : value;
  });
}

const share = (quality: Uint8Array, value: number, from = 0, to = quality.length): number =>
  quality.subarray(from, to).filter((own) => own === value).length / (to - from);

describe('signal quality', () => {
  it('calls a clean lead good, whatever its rate and gain, ectopic beats included', () => {
    for (const rateHz of [100, 128, 250, 360, 500, 1000]) {
      expect(share(signalQuality(heart(rateHz, 7), rateHz), QUALITY.good)).toBe(1);
    }
    const small = heart(RATE_HZ).map((value) => 0.2 * value);
    expect(share(signalQuality(small, RATE_HZ), QUALITY.good)).toBe(1);
  });

  it('calls noise noisy and leaves the clean stretches beside it', () => {
    const quality = signalQuality(withNoise(heart(RATE_HZ), 1, 20, 40), RATE_HZ);
    expect(share(quality, QUALITY.noisy, 21, 39)).toBeGreaterThan(0.8);
    expect(share(quality, QUALITY.good, 0, 15)).toBeGreaterThan(0.9);
    expect(share(quality, QUALITY.good, 45, 60)).toBeGreaterThan(0.9);
  });

  it('judges a strip as a whole, and a longer recording second by second', () => {
    const noisy = (noiseToS: number, durationS?: number): number => {
      const mv = withNoise(heart(RATE_HZ), 0.16, 0, noiseToS).subarray(0, 30 * RATE_HZ);
      return share(signalQuality(mv, RATE_HZ, durationS), QUALITY.noisy);
    };
    // What most of a strip is speaks for the rest of it.
    expect(noisy(6, 3600)).toBeGreaterThan(noisy(6, 30));
    expect(noisy(18, 3600)).toBeLessThan(noisy(18, 30));
    expect(noisy(6, 3600)).toBe(noisy(6));
  });

  it('calls a lead off where it is flat or missing', () => {
    const mv = heart(RATE_HZ);
    mv.fill(0.3, 10 * RATE_HZ, 20 * RATE_HZ);
    mv.fill(NaN, 40 * RATE_HZ, 50 * RATE_HZ);
    const quality = signalQuality(mv, RATE_HZ);
    expect([...quality.subarray(10, 20), ...quality.subarray(40, 50)]).toEqual(
      Array(20).fill(QUALITY.off),
    );
    expect(share(quality, QUALITY.good, 22, 38)).toBeGreaterThan(0.9);
  });

  it('answers for what is hardly there', () => {
    expect(signalQuality(new Float64Array(0), RATE_HZ)).toHaveLength(0);
    expect([...signalQuality(new Float64Array(375).fill(NaN), RATE_HZ)]).toEqual([0, 0]);
    expect(signalQuality(heart(RATE_HZ).subarray(0, 300), RATE_HZ)).toHaveLength(2);
  });
});
