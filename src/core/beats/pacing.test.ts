import { describe, expect, it } from 'vitest';
import { pacedBeats, type RawLead } from './pacing';

const DURATION_S = 40;
const TIMES_S = Float64Array.from({ length: 45 }, (_, i) => 0.6 + 0.86 * i);

const bump = (t: number, atS: number, widthS: number): number =>
  Math.exp(-0.5 * ((t - atS) / widthS) ** 2);

/** Wide beats, with a spike of `spikeMv` that lasts 2 ms where each begins. */
function lead(rateHz: number, spikeMv: number, every = 1): RawLead {
  const samples = Float64Array.from({ length: DURATION_S * rateHz }, (_, i) => {
    const beat = Math.round((i / rateHz - 0.6) / 0.86);
    const t = i / rateHz - (TIMES_S[beat] ?? -9);
    const spike = beat % every === 0 && Math.abs(t + 0.06) < 0.5 / rateHz + 0.001 ? spikeMv : 0;
    return spike + bump(t, 0, 0.03) - 0.4 * bump(t, 0.07, 0.03) + 0.3 * bump(t, 0.3, 0.06);
  });
  return { samples, rateHz, startS: 0 };
}

const forms = new Int32Array(TIMES_S.length);
const seen = new Uint8Array(TIMES_S.length).fill(1);
const share = (leads: RawLead[], of = forms): number =>
  pacedBeats(leads, TIMES_S, of, seen).reduce((sum, own) => sum + own, 0) / TIMES_S.length;

describe('pacing', () => {
  it('finds the spike before wide beats, in any lead and polarity', () => {
    for (const rateHz of [360, 500, 1000]) {
      expect(share([lead(rateHz, 0.8)])).toBe(1);
      expect(share([lead(rateHz, 0), lead(rateHz, -0.8)])).toBe(1);
      expect(share([lead(rateHz, 0)])).toBe(0);
    }
  });

  it('takes no hum of the mains for a spike', () => {
    for (const [rateHz, mainsHz] of [
      [360, 50],
      [360, 60],
      [500, 50],
    ] as const) {
      const plain = lead(rateHz, 0);
      const hum = plain.samples.map((mv, i) => mv + Math.sin((2 * Math.PI * mainsHz * i) / rateHz));
      expect(share([{ ...plain, samples: hum }])).toBe(0);
    }
  });

  it('takes no narrow complex for a spike', () => {
    const narrow = Float64Array.from({ length: DURATION_S * 360 }, (_, i) => {
      const t = i / 360 - (TIMES_S[Math.round((i / 360 - 0.6) / 0.86)] ?? -9);
      return bump(t, 0, 0.0045) + 0.1 * bump(t, 0.25, 0.05);
    });
    expect(share([{ samples: narrow, rateHz: 360, startS: 0 }])).toBe(0);
  });

  it('says nothing where the rate has no room for a spike, or too few beats have one', () => {
    expect(share([lead(128, 0.8)])).toBe(0);
    const rare = Int32Array.from(forms, (_, beat) => (beat % 8 === 0 ? 1 : 0));
    expect(share([lead(360, 0.8, 8)], rare)).toBe(0);
  });

  it('marks the beats of the paced form alone', () => {
    const half = Int32Array.from(forms, (_, beat) => beat % 2);
    const paced = pacedBeats([lead(360, 0.8, 2)], TIMES_S, half, seen);
    expect([...paced.slice(0, 6)]).toEqual([1, 0, 1, 0, 1, 0]);
  });
});
