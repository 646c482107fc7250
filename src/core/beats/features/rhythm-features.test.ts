import { describe, expect, it } from 'vitest';
import { rhythmFeatures } from './rhythm-features';

const timesOf = (rr: readonly number[]): Float64Array => {
  let at = 1;
  return Float64Array.from([1, ...rr.map((value) => (at += value))]);
};
const repeat = (count: number, value: number): number[] => Array<number>(count).fill(value);
const all = (length: number, value = 1): Uint8Array => new Uint8Array(length).fill(value);

describe('the normal RR', () => {
  it('is that of the sinus beats where most beats come in runs of the same form', () => {
    // Six sinus beats of 0.9 s, then an atrial run of twenty at 0.45 s and its pause, again and again.
    const cycle = [...repeat(6, 0.9), ...repeat(20, 0.45), 1.1];
    const timeS = timesOf(Array.from({ length: 40 }, () => cycle).flat());
    const { rrNormalS, rrSlowS } = rhythmFeatures(timeS, all(timeS.length));
    for (let beat = 60; beat < timeS.length - 60; beat++)
      expect(rrNormalS[beat]).toBeCloseTo(0.9, 5);
    expect(rrSlowS).toBeCloseTo(0.9, 5);
  });

  it('follows a rate that climbs beat by beat, and breathing', () => {
    const climb = Array.from({ length: 400 }, (_, i) => 1 - 0.5 * (i / 400));
    const timeS = timesOf(climb);
    const { rrNormalS } = rhythmFeatures(timeS, all(timeS.length));
    expect(rrNormalS[380]).toBeCloseTo(climb[380]!, 1);
    const breathing = timesOf(
      Array.from({ length: 300 }, (_, i) => 0.9 + 0.18 * Math.sin(i * 1.2)),
    );
    const { rrNormalS: normal } = rhythmFeatures(breathing, all(breathing.length));
    expect(normal[150]).toBeCloseTo(0.9, 1);
  });

  it('takes nothing from beats that cannot be trusted', () => {
    const timeS = timesOf(
      Array.from({ length: 200 }, (_, i) => (i >= 80 && i < 120 ? 0.3 + 0.5 * ((i * 7) % 3) : 0.8)),
    );
    const seen = all(timeS.length);
    seen.fill(0, 80, 122);
    const { rrNormalS, rrVariability } = rhythmFeatures(timeS, all(timeS.length), seen);
    expect(rrNormalS[100]).toBeCloseTo(0.8, 5);
    expect(rrVariability[75]).toBeCloseTo(0, 5);
  });
});
