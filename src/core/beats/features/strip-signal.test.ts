import { expect, it } from 'vitest';
import { STRIP_RATE_HZ, stripSignal } from './strip-signal';

/** Spikes of 40 ms, one a second, of a height in mV, on a baseline. */
function beats(rateHz: number, seconds: number, heightMv: number, offsetMv = 0): Float64Array {
  return Float64Array.from({ length: rateHz * seconds }, (_, i) => {
    const away = ((i / rateHz) % 1) - 0.5;
    return offsetMv + heightMv * Math.exp(-((away / 0.02) ** 2));
  });
}

const largest = (values: Float32Array): number => values.reduce((a, b) => Math.max(a, b), 0);

it('gives 100 samples a second in heights of QRS, whatever gain, offset and rate', () => {
  const one = stripSignal(beats(300, 12, 1), 300);
  expect(one).toHaveLength(12 * STRIP_RATE_HZ);
  expect(largest(one)).toBeCloseTo(1, 1);
  const other = stripSignal(beats(500, 12, 0.2, 3), 500);
  expect(other).toHaveLength(one.length);
  for (let i = 200; i < 1000; i++) expect(Math.abs(one[i]! - other[i]!)).toBeLessThan(0.05);
});

it('cuts a spike of motion off, and leaves the height of the complexes', () => {
  const raw = beats(300, 12, 1);
  raw.fill(40, 1500, 1530);
  const signal = stripSignal(raw, 300);
  expect(largest(signal)).toBe(4);
  expect(largest(signal.subarray(0, 300))).toBeCloseTo(1, 1);
});

it('has zeros where samples are missing, and of a lead without any signal', () => {
  const raw = beats(300, 12, 1);
  raw.fill(NaN, 900, 1500);
  const signal = stripSignal(raw, 300);
  expect(signal.subarray(310, 490).every((value) => value === 0)).toBe(true);
  expect(largest(signal.subarray(600, 1000))).toBeCloseTo(1, 1);
  expect(stripSignal(new Float64Array(3600).fill(NaN), 300).every((value) => value === 0)).toBe(
    true,
  );
  expect(stripSignal(new Float64Array(3600), 300).every((value) => value === 0)).toBe(true);
});
