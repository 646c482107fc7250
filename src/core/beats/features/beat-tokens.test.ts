import { describe, expect, it } from 'vitest';
import { BEAT_WINDOW } from './beat-window';
import { beatTokens, RHYTHM_VALUES, type FilteredLead } from './beat-tokens';

const RATE_HZ = 250;

/** A bump of `height` mV and `widthS` seconds at each time. */
function leadOf(beats: readonly { timeS: number; height: number; widthS: number }[]): FilteredLead {
  const samples = new Float64Array(60 * RATE_HZ);
  for (const { timeS, height, widthS } of beats) {
    for (let i = 0; i < samples.length; i++) {
      samples[i]! += height * Math.exp(-(((i / RATE_HZ - timeS) / widthS) ** 2));
    }
  }
  return { samples, rateHz: RATE_HZ, startS: 0 };
}

/** Bigeminy: every second beat early and wide, the next one after a pause. */
function bigeminy(): { timeS: Float64Array; lead: FilteredLead } {
  const times: number[] = [];
  for (let t = 1; t < 57; t += 1.8) times.push(t, t + 0.55);
  const beats = times.map((timeS, i) => ({
    timeS,
    height: i % 2 ? -1.6 : 1,
    widthS: i % 2 ? 0.06 : 0.02,
  }));
  return { timeS: Float64Array.from(times), lead: leadOf(beats) };
}

describe('beatTokens', () => {
  it('takes the beats after the long intervals of bigeminy for the dominant ones', () => {
    const { timeS, lead } = bigeminy();
    const tokens = beatTokens([lead], timeS);
    expect(tokens.amplitudeMv[0]).toBeCloseTo(1, 1);
    expect(tokens.dominant[BEAT_WINDOW.before]).toBeGreaterThan(0.8);
    expect(tokens.similarity[2]).toBeGreaterThan(0.95);
    expect(tokens.similarity[3]).toBeLessThan(0.3);
  });

  it('measures RR in seconds and gives the edges the normal RR', () => {
    const timeS = Float64Array.from({ length: 60 }, (_, i) => 1 + i * 0.9);
    const lead = leadOf([...timeS].map((t) => ({ timeS: t, height: 1, widthS: 0.02 })));
    const { rhythm } = beatTokens([lead], timeS);
    const row = (beat: number) => [...rhythm.subarray(beat * RHYTHM_VALUES, (beat + 1) * 5)];
    for (const beat of [0, 30, 59]) {
      const [before, after, normal, slow, variability] = row(beat) as [
        number,
        number,
        number,
        number,
        number,
      ];
      for (const rr of [before, after, normal, slow]) expect(rr).toBeCloseTo(0.9, 5);
      expect(variability).toBeCloseTo(0, 5);
    }
  });

  it('marks beats as not seen in a lead that is off, and keeps the other lead', () => {
    const timeS = Float64Array.from({ length: 60 }, (_, i) => 1 + i * 0.9);
    const lead = leadOf([...timeS].map((t) => ({ timeS: t, height: 1, widthS: 0.02 })));
    const off = { ...lead, samples: lead.samples.map((v, i) => (i > 30 * RATE_HZ ? 0 : v)) };
    const gone = { ...lead, samples: lead.samples.map((v, i) => (i > 30 * RATE_HZ ? NaN : v)) };
    for (const second of [off, gone]) {
      const { present } = beatTokens([lead, second], timeS);
      expect([present[2 * 10], present[2 * 10 + 1]]).toEqual([1, 1]);
      expect([present[2 * 50], present[2 * 50 + 1]]).toEqual([1, 0]);
    }
  });

  it('does not depend on gain, and copes with no beat at all', () => {
    const { timeS, lead } = bigeminy();
    const louder = { ...lead, samples: lead.samples.map((v) => 3 * v) };
    const [a, b] = [beatTokens([lead], timeS), beatTokens([louder], timeS)];
    a.windows.forEach((value, i) => expect(b.windows[i]).toBeCloseTo(value, 4));
    expect(beatTokens([lead], new Float64Array(0)).windows.length).toBe(0);
  });

  it('does not see a beat that the recording cuts, nor one in noise', () => {
    const timeS = Float64Array.from([0.05, ...Array.from({ length: 58 }, (_, i) => 1 + i), 59.9]);
    const lead = leadOf([...timeS].map((t) => ({ timeS: t, height: 1, widthS: 0.02 })));
    const quality = new Uint8Array(60).fill(2);
    quality[20] = 1;
    const { seen } = beatTokens([{ ...lead, quality }], timeS);
    expect([...seen].flatMap((own, beat) => (own ? [] : [timeS[beat]!]))).toEqual([0.05, 20, 59.9]);
    const both = beatTokens([{ ...lead, quality }, lead], timeS);
    expect(both.seen[20]).toBe(1);
    expect([...both.present.slice(40, 42)]).toEqual([0, 1]);
  });
});
