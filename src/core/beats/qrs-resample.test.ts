import { expect, it } from 'vitest';
import { createRandom } from '../synthesis/random';
import { QRS_RATE_HZ } from './qrs-constants';
import { createRateConverter, type RateConverter } from './qrs-resample';

const SECONDS = 12;
const HZ = 7;
const RATES = [100, 128, 250.5, 360, 1000];

/** A sine with a gap of a second. */
function sine(rateHz: number): Float64Array {
  const samples = Float64Array.from({ length: Math.floor(SECONDS * rateHz) }, (_, i) =>
    Math.sin((2 * Math.PI * HZ * i) / rateHz),
  );
  return samples.fill(NaN, Math.round(5 * rateHz), Math.round(6 * rateHz));
}

/** All that a converter answers to samples that come in pieces. */
function converted(
  converter: RateConverter,
  samples: Float64Array,
  piece: () => number,
): Float64Array {
  const out: number[] = [];
  for (let at = 0; at < samples.length;) {
    const end = at + piece();
    out.push(...converter.push(samples.subarray(at, end)));
    at = end;
  }
  out.push(...converter.flush());
  return Float64Array.from(out);
}

it.each(RATES)('brings %d Hz to the detector’s rate', (rateHz) => {
  const samples = sine(rateHz);
  const out = converted(createRateConverter(rateHz), samples, () => samples.length);
  expect(out.length).toBe(Math.floor(((samples.length - 1) / rateHz) * QRS_RATE_HZ) + 1);
  out.forEach((value, k) => {
    const timeS = k / QRS_RATE_HZ;
    // What goes on for ever beside a gap or an end is no sine.
    if (timeS < 0.2 || (timeS > 4.8 && timeS < 6.2) || timeS > SECONDS - 0.2) return;
    expect(Math.abs(value - Math.sin(2 * Math.PI * HZ * timeS))).toBeLessThan(0.01);
  });
  const inGap = out.slice(Math.ceil(5.01 * QRS_RATE_HZ), Math.floor(5.99 * QRS_RATE_HZ));
  expect(inGap.every(Number.isNaN)).toBe(true);
});

it('keeps nothing above half its rate, also after another rate was asked for', () => {
  createRateConverter(100);
  for (const rateHz of [360, 1000]) {
    const samples = Float64Array.from({ length: 4 * rateHz }, (_, i) =>
      Math.sin((2 * Math.PI * 170 * i) / rateHz),
    );
    const out = converted(createRateConverter(rateHz), samples, () => samples.length);
    const inner = out.slice(QRS_RATE_HZ, -QRS_RATE_HZ);
    expect(Math.max(...inner.map(Math.abs))).toBeLessThan(0.05);
  }
});

it('answers the same however the samples are cut, and whatever another converter does meanwhile', () => {
  const random = createRandom(20261130);
  for (const rateHz of RATES) {
    const samples = sine(rateHz);
    const whole = converted(createRateConverter(rateHz), samples, () => samples.length);
    const converter = createRateConverter(rateHz);
    const cut = converted(converter, samples, () => {
      createRateConverter(RATES[Math.floor(random.uniform() * RATES.length)]!).push(samples);
      return 1 + Math.floor(random.uniform() * rateHz);
    });
    expect(cut).toEqual(whole);
  }
});
