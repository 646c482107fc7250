import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beatRows, type BeatRows } from './beat-rows';
import { heartRate, heartRateTrend, RATE_INTERVALS } from './heart-rate';

/** Rows of beats from intervals, all of it readable but for the given spans. */
function rows(timeS: readonly number[], unreadable: readonly [number, number][] = []): BeatRows {
  let fromS = 0;
  const readable = unreadable.map(([startS, endS]) => {
    const span = { startS: fromS, endS: startS };
    fromS = endS;
    return span;
  });
  readable.push({ startS: fromS, endS: 1e6 });
  const times = Float64Array.from(timeS);
  return beatRows({ timeS: times, beatClass: new Uint8Array(times.length) }, { readable, off: [] });
}

const after = (startS: number, rrS: readonly number[]): number[] => {
  const times = [startS];
  for (const rr of rrS) times.push(times.at(-1)! + rr);
  return times;
};

const intervals = fc.array(fc.double({ min: 0.25, max: 4, noNaN: true }), {
  minLength: 1,
  maxLength: 120,
});
const holes = fc
  .array(fc.tuple(fc.double({ min: 0, max: 200, noNaN: true }), fc.integer({ min: 1, max: 9 })), {
    maxLength: 4,
  })
  .map((list) => {
    const out: [number, number][] = [];
    for (const [startS, lengthS] of list.sort((a, b) => a[0] - b[0])) {
      if (startS > (out.at(-1)?.[1] ?? 0)) out.push([startS, startS + lengthS]);
    }
    return out;
  });

describe('heart rate', () => {
  it('lies between its lowest and highest, whatever the beats and whatever cannot be read', () => {
    fc.assert(
      fc.property(intervals, holes, (rrS, unreadable) => {
        const rate = heartRate(rows(after(1, rrS), unreadable));
        if (!rate) return;
        expect(rate.lowest.bpm).toBeLessThanOrEqual(rate.meanBpm);
        expect(rate.meanBpm).toBeLessThanOrEqual(rate.highest.bpm);
        expect(60_000 / rate.longestRr.ms).toBeLessThanOrEqual(rate.lowest.bpm * (1 + 1e-9));
      }),
      { numRuns: 500 },
    );
  });

  it('is so of any part of a recording', () => {
    fc.assert(
      fc.property(intervals, fc.double({ min: 0, max: 60, noNaN: true }), (rrS, startS) => {
        const rate = heartRate(rows(after(1, rrS)), startS, startS + 20);
        if (!rate) return;
        expect(rate.lowest.bpm).toBeLessThanOrEqual(rate.meanBpm);
        expect(rate.meanBpm).toBeLessThanOrEqual(rate.highest.bpm);
      }),
      { numRuns: 500 },
    );
  });

  it('counts every interval in the mean, pauses too, and 8 in lowest and highest', () => {
    const beats = rows(after(10, [...Array(20).fill(1), 5, ...Array(20).fill(0.5)]));
    expect(heartRate(beats)).toEqual({
      meanBpm: (60 * 41) / 35,
      lowest: { bpm: (60 * RATE_INTERVALS) / 12, atS: 23 },
      highest: { bpm: 120, atS: 35 },
      longestRr: { ms: 5000, atS: 30 },
    });
  });

  it('does not change when the recording is part of a longer one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.4, max: 3, noNaN: true }), { minLength: 8, maxLength: 90 }),
        (rrS) => {
          const alone = heartRate(rows(after(1, rrS)))!;
          // Faster beats around it, as many as make it a long recording.
          const around = Array<number>(12_000).fill(0.35);
          const longer = heartRate(rows(after(1, [...around, ...rrS, ...around])))!;
          expect(longer.longestRr.ms).toBeCloseTo(alone.longestRr.ms, 6);
          expect(longer.lowest.bpm).toBeCloseTo(eightsOf(rrS), 6);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('gives an interval that crosses an edge to both sides', () => {
    const beats = rows(after(0, [1, 1, 1, 1, 3.7, 1, 1, 1, 1]));
    expect(heartRate(beats, 0, 5)?.longestRr).toEqual({ ms: 3700, atS: 4 });
    expect(heartRate(beats, 5, 15)?.longestRr).toEqual({ ms: 3700, atS: 4 });
    expect(heartRate(beats, 4.5, 7)?.longestRr).toEqual({ ms: 3700, atS: 4 });
    expect(heartRate(beats, 9, 15)?.longestRr.ms).toBeCloseTo(1000);
  });

  it('makes no interval across what cannot be read', () => {
    const beats = rows([1, 2, 3, 12, 13, 14], [[5, 9]]);
    expect(heartRate(beats)?.longestRr.ms).toBe(1000);
    expect(heartRate(rows([1]))).toBeNull();
    expect(heartRate(rows([]))).toBeNull();
  });
});

/** The slowest of any 8 consecutive intervals, counted anew. */
function eightsOf(rrS: readonly number[]): number {
  let slowest = Infinity;
  for (let i = 0; i + 8 <= rrS.length; i++) {
    slowest = Math.min(slowest, 480 / rrS.slice(i, i + 8).reduce((sum, rr) => sum + rr, 0));
  }
  return slowest;
}

describe('the trend', () => {
  it('lies inside the recording, and its extremes are the rate of it', () => {
    fc.assert(
      fc.property(intervals, fc.constantFrom(0, 7000, 20_000, 86_400), (rrS, startS) => {
        const timeS = after(startS, rrS);
        const durationS = timeS.at(-1)! + 0.5;
        const beats = rows(timeS);
        const trend = heartRateTrend(beats, durationS);
        const cells = trend.medianBpm.length;
        expect((cells - 1) * trend.stepS).toBeLessThan(durationS);
        expect(cells * trend.stepS).toBeGreaterThanOrEqual(durationS);
        const known = [...trend.lowestBpm].filter((bpm) => !Number.isNaN(bpm));
        if (rrS.length < RATE_INTERVALS) expect(known).toEqual([]);
        else expect(Math.min(...known)).toBeCloseTo(eightsOf(rrS), 3);
        trend.medianBpm.forEach((bpm, i) => {
          if (Number.isNaN(bpm)) return;
          expect(bpm).toBeGreaterThanOrEqual(trend.lowestBpm[i]!);
          expect(bpm).toBeLessThanOrEqual(trend.highestBpm[i]!);
        });
      }),
    );
  });
});
