import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withRows, type BeatRows } from './beat-rows';
import { wordsIn } from '../words';
import { heartRate, heartRateTrend, RATE_INTERVALS, rateIntervals, rrRange } from './heart-rate';
import { overBeats } from './rate-words';

/** Rows of beats, broken by the given spans; what lies inside one is no beat. */
function rows(timeS: readonly number[], unreadable: readonly [number, number][] = []): BeatRows {
  const seen = timeS.filter((at) => !unreadable.some(([from, to]) => from < at && at < to));
  const isBroken = (from: number, to: number): boolean =>
    unreadable.some(([startS, endS]) => startS < to && endS > from);
  return withRows({
    timeS: Float64Array.from(seen),
    beatClass: new Uint8Array(seen.length),
    follows: Uint8Array.from(seen, (at, i) => (i > 0 && !isBroken(seen[i - 1]!, at) ? 1 : 0)),
  });
}

const after = (startS: number, rrS: readonly number[]): number[] => {
  const times = [startS];
  for (const rr of rrS) times.push(times.at(-1)! + rr);
  return times;
};

/** Seconds in whole 1/256, which stay exact wherever in a recording they lie: an edge on a beat is so everywhere. */
const seconds = (min: number, max: number) =>
  fc.integer({ min: Math.round(256 * min), max: Math.round(256 * max) }).map((n) => n / 256);

const intervals = fc.array(seconds(0.25, 4), { minLength: 1, maxLength: 120 });
const holes = fc
  .array(fc.tuple(seconds(0, 200), fc.integer({ min: 1, max: 9 })), { maxLength: 4 })
  .map((list) => {
    const out: [number, number][] = [];
    for (const [startS, lengthS] of list.sort((a, b) => a[0] - b[0])) {
      if (startS > (out.at(-1)?.[1] ?? 0)) out.push([startS, startS + lengthS]);
    }
    return out;
  });

/** A part of the recording, seconds; an edge may fall on a beat. */
const windows = fc
  .tuple(fc.oneof(seconds(0, 120), fc.constant(1)), seconds(1 / 256, 60))
  .map(([startS, lengthS]): [number, number] => [startS, startS + lengthS]);

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
      fc.property(intervals, holes, windows, (rrS, unreadable, [startS, endS]) => {
        const rate = heartRate(rows(after(1, rrS), unreadable), startS, endS);
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

  it('says over how many intervals lowest and highest are, where these are not 8', () => {
    // Ten seconds at 36 bpm.
    const strip = heartRate(rows(after(0.5, [1.6, 1.7, 1.7, 1.6, 1.7])))!;
    expect([strip.lowest, strip.highest].map(rateIntervals)).toEqual([5, 5]);
    expect(strip.lowest.intervals).toBe(5);
    const long = heartRate(rows(after(1, Array(20).fill(1))))!;
    expect([long.lowest, long.highest].map(rateIntervals)).toEqual([8, 8]);
    expect(overBeats(strip)).toBe('5 beats');
    expect(overBeats([strip, null, long])).toBe('5 to 8 beats');
    expect(overBeats(null, wordsIn('es'))).toBe('8 latidos');
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

  it('does not change when what cannot be read stands between it and the beats around it', () => {
    const part = fc.tuple(intervals, holes);
    fc.assert(
      fc.property(part, intervals, intervals, ([rrS, unreadable], before, behind) => {
        const own = after(1, rrS);
        const endS = own.at(-1)! + 1;
        const alone = heartRate(rows(own, unreadable), 0, endS);
        const atS = after(1, before).at(-1)! + 100;
        const moved = (timeS: number): number => timeS + atS;
        const longer = rows(
          [...after(1, before), ...own.map(moved), ...after(moved(endS) + 50, behind)],
          [
            [atS - 50, atS - 1],
            ...unreadable.map(([from, to]): [number, number] => [moved(from), moved(to)]),
            [moved(endS) + 1, moved(endS) + 40],
          ],
        );
        const rate = heartRate(longer, atS, moved(endS));
        expect(rate === null).toBe(alone === null);
        if (!rate || !alone) return;
        expect(rate.meanBpm).toBeCloseTo(alone.meanBpm, 6);
        expect(rate.lowest.bpm).toBeCloseTo(alone.lowest.bpm, 6);
        expect(rate.highest.bpm).toBeCloseTo(alone.highest.bpm, 6);
        expect(rate.longestRr.ms).toBeCloseTo(alone.longestRr.ms, 4);
      }),
      { numRuns: 300 },
    );
  });

  it('counts in any part just the intervals that share more than an instant with it', () => {
    fc.assert(
      fc.property(intervals, holes, windows, (rrS, unreadable, [startS, endS]) => {
        const beats = rows(after(1, rrS), unreadable);
        const own: number[] = [];
        beats.timeS.forEach((to, i) => {
          const from = beats.timeS[i - 1]!;
          if (beats.follows[i] === 1 && from < endS && to > startS) own.push(1000 * (to - from));
        });
        const rate = heartRate(beats, startS, endS);
        if (own.length === 0) {
          expect(rate).toBeNull();
          expect(rrRange(beats, startS, endS)).toBeNull();
          return;
        }
        const sumMs = own.reduce((sum, ms) => sum + ms, 0);
        expect(rate!.meanBpm).toBeCloseTo((60_000 * own.length) / sumMs, 6);
        expect(rate!.longestRr.ms).toBe(Math.max(...own));
        expect(rrRange(beats, startS, endS)).toEqual({
          shortestMs: Math.min(...own),
          longestMs: Math.max(...own),
        });
      }),
      { numRuns: 500 },
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
