import { describe, expect, it } from 'vitest';
import { segmentGrid, segmentStartS } from './segments';
import { standardise } from './standardise';
import { unreadableReason } from './unreadable';

describe('segment grid', () => {
  it('has 360 segments in a 30-minute MIT-BIH record', () => {
    const grid = segmentGrid(650_000 / 360, 10, 5, 'plain');
    expect(grid.count).toBe(360);
    expect(segmentStartS(grid, 359)).toBe(1795);
  });

  it('ends flush with the recording for the viewer', () => {
    const grid = segmentGrid(650_000 / 360, 10, 5, 'flush');
    expect(grid.count).toBe(361);
    expect(segmentStartS(grid, 360)).toBeCloseTo(650_000 / 360 - 10, 9);
    expect(segmentGrid(600, 10, 5, 'flush').count).toBe(119);
    expect(segmentGrid(600, 10, 5, 'plain').count).toBe(119);
  });

  it('makes one segment of a recording shorter than a window, none of an empty one', () => {
    expect(segmentGrid(9, 10, 5, 'plain').count).toBe(0);
    const grid = segmentGrid(9, 10, 5, 'flush');
    expect(grid.count).toBe(1);
    expect(segmentStartS(grid, 0)).toBe(0);
    expect(segmentGrid(0, 10, 5, 'flush').count).toBe(0);
  });
});

describe('standardise', () => {
  it('has mean 0 and population deviation 1, missing samples apart', () => {
    const z = new Float64Array(5);
    standardise(Float64Array.of(1, NaN, 3, 5, 7), z);
    const unit = 1 / Math.sqrt(5);
    [-3 * unit, 0, -unit, unit, 3 * unit].forEach((v, i) => expect(z[i]).toBeCloseTo(v, 12));
  });

  it('turns a constant or an empty window into zeros', () => {
    const z = new Float32Array(3).fill(9);
    standardise(Float64Array.of(2, 2, 2), z);
    expect([...z]).toEqual([0, 0, 0]);
    standardise(Float64Array.of(NaN, NaN, NaN), z);
    expect([...z]).toEqual([0, 0, 0]);
  });
});

describe('unreadable segments', () => {
  const RATE = 360;
  /** Twelve narrow beats over a noisy baseline. */
  const ecg = (): Float64Array =>
    Float64Array.from({ length: 10 * RATE }, (_, i) => {
      const t = (i / RATE) % 0.83;
      return (
        1.5 * Math.exp(-0.5 * ((t - 0.3) / 0.012) ** 2) +
        0.05 * Math.sin(i * 0.37) +
        0.005 * ((i * 7919) % 13)
      );
    });
  const reason = (x: Float64Array): string | null => unreadableReason(x, RATE, 10 * RATE);

  it('judges an ECG, also with saturated R peaks or a pause of five seconds', () => {
    expect(reason(ecg())).toBeNull();
    expect(reason(ecg().map((v) => Math.min(v, 0.6)))).toBeNull();
    expect(reason(ecg().fill(0, 4 * RATE, 9 * RATE))).toBeNull();
  });

  it('finds missing samples only beyond a tenth', () => {
    expect(reason(ecg().fill(NaN, 0, RATE))).toBeNull();
    expect(reason(ecg().fill(NaN, 0, RATE + 1))).toBe('missing samples');
    expect(reason(ecg().subarray(0, 9 * RATE))).toBeNull();
    const short = 'recording shorter than a segment';
    expect(reason(ecg().subarray(0, 9 * RATE - 1))).toBe(short);
    expect(reason(new Float64Array(0))).toBe(short);
  });

  it('finds a flat line, with or without noise, at any offset', () => {
    expect(reason(new Float64Array(10 * RATE))).toBe('flat');
    expect(reason(ecg().map((_, i) => 5.1 + 0.02 * Math.sin(i)))).toBe('flat');
    expect(reason(ecg().fill(0, 3 * RATE, 9 * RATE))).toBe('flat');
  });

  it('finds a clipped signal', () => {
    const swinging = ecg().map((v, i) => v + 8 * Math.sin((2 * Math.PI * i) / (4 * RATE)));
    expect(reason(swinging)).toBeNull();
    expect(reason(swinging.map((v) => Math.max(-5.12, Math.min(5.115, v))))).toBe('clipped');
    expect(reason(swinging.map((v) => Math.min(5.115, v)))).toBe('clipped');
  });
});
