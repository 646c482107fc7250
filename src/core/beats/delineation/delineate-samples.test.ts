import { describe, expect, it } from 'vitest';
import { delineateSamples } from './delineate-samples';

/** Peaks of the waves of one beat against R: where, how wide (SD of a Gaussian), how high. */
const WAVES = [
  { atS: -0.16, sdS: 0.02, mv: 0.15 },
  { atS: -0.025, sdS: 0.008, mv: -0.15 },
  { atS: 0, sdS: 0.01, mv: 1.2 },
  { atS: 0.03, sdS: 0.01, mv: -0.3 },
  { atS: 0.28, sdS: 0.045, mv: 0.35 },
];
const RR_S = 0.8;
const BEATS = 12;

interface Synthetic {
  readonly rateHz?: number;
  readonly waves?: typeof WAVES;
  readonly gain?: number;
  readonly offsetMv?: number;
}

function synthetic({ rateHz = 500, waves = WAVES, gain = 1, offsetMv = 0 }: Synthetic = {}) {
  const timeS = Float64Array.from({ length: BEATS }, (_, beat) => 0.6 + beat * RR_S);
  const lead = new Float64Array(Math.round((BEATS * RR_S + 1) * rateHz)).map((_, i) => {
    const t = i / rateHz;
    return timeS.reduce(
      (sum, r) =>
        waves.reduce(
          (all, { atS, sdS, mv }) => all + gain * mv * Math.exp(-0.5 * ((t - r - atS) / sdS) ** 2),
          sum,
        ),
      offsetMv,
    );
  });
  return { lead, timeS };
}

const MIDDLE = 5;

describe('delineateSamples', () => {
  it.each([250, 360, 500, 1000])('finds every mark at %i Hz, whatever the offset', (rateHz) => {
    const { lead, timeS } = synthetic({ rateHz, offsetMv: 3 });
    const { all } = delineateSamples([lead], rateHz, timeS);
    const after = (mark: Float64Array): number => (mark[MIDDLE]! - timeS[MIDDLE]!) * 1000;
    expect(after(all.pPeak)).toBeCloseTo(-160, -1);
    expect(Math.abs(after(all.tPeak) - 280)).toBeLessThan(6);
    // Waves are over at 2 to 2.5 standard deviations.
    expect(after(all.pOnset)).toBeGreaterThan(-220);
    expect(after(all.pOnset)).toBeLessThan(-190);
    expect(after(all.pEnd)).toBeGreaterThan(-130);
    expect(after(all.pEnd)).toBeLessThan(-95);
    expect(Math.abs(after(all.qrsOnset) + 45)).toBeLessThan(10);
    expect(Math.abs(after(all.qrsEnd) - 54)).toBeLessThan(10);
    expect(Math.abs(after(all.tEnd) - 375)).toBeLessThan(20);
  });

  it('gives the same marks upside down and at another gain', () => {
    const { lead, timeS } = synthetic();
    const upright = delineateSamples([lead], 500, timeS).all;
    const other = delineateSamples([synthetic({ gain: -0.2 }).lead], 500, timeS).all;
    expect(Math.abs(other.tEnd[MIDDLE]! - upright.tEnd[MIDDLE]!)).toBeLessThan(0.002);
    expect(Math.abs(other.pOnset[MIDDLE]! - upright.pOnset[MIDDLE]!)).toBeLessThan(0.002);
  });

  it('says nothing of waves that are not there', () => {
    const { lead, timeS } = synthetic({ waves: WAVES.slice(1, 4) });
    const { all } = delineateSamples([lead], 500, timeS);
    expect([...all.pPeak].every(Number.isNaN)).toBe(true);
    expect([...all.tEnd].every(Number.isNaN)).toBe(true);
    expect(all.qrsOnset[MIDDLE]).not.toBeNaN();
  });

  it('leaves out the beats that a gap touches, in that lead alone', () => {
    const { lead, timeS } = synthetic();
    const gappy = lead.slice();
    gappy.fill(
      NaN,
      Math.round((timeS[MIDDLE]! + 0.2) * 500),
      Math.round((timeS[MIDDLE]! + 0.4) * 500),
    );
    const { leads, all } = delineateSamples([gappy, lead], 500, timeS);
    expect(leads[0]!.qrsOnset[MIDDLE]).toBeNaN();
    expect(leads[0]!.qrsOnset[MIDDLE + 2]).not.toBeNaN();
    expect(all.qrsOnset[MIDDLE]).toBe(leads[1]!.qrsOnset[MIDDLE]);
  });

  it('begins a wave where the first leads show it and ends it where the last ones do', () => {
    const { lead, timeS } = synthetic();
    const wide = synthetic({
      waves: [...WAVES, { atS: 0.05, sdS: 0.012, mv: 0.4 }],
    }).lead;
    const { leads, all } = delineateSamples([lead, lead, wide, wide], 500, timeS);
    expect(leads[2]!.qrsEnd[MIDDLE]! - leads[0]!.qrsEnd[MIDDLE]!).toBeGreaterThan(0.008);
    expect(all.qrsEnd[MIDDLE]).toBe(leads[2]!.qrsEnd[MIDDLE]);
    expect(all.qrsOnset[MIDDLE]).toBe(Math.min(...leads.map((own) => own.qrsOnset[MIDDLE]!)));
  });
});
