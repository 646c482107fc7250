import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Segment } from '../../shared/domain';
import { cellAt, cellsOf, leftUnread, mergedSegments, unreadSpans } from './segments';

const segment = (index: number, startS: number): Segment => ({
  index,
  startS,
  endS: startS + 10,
  verdict: 'Normal',
  probability: 0.1,
  reason: null,
  refer: false,
});

describe('cells', () => {
  it('give each hop to the segment that starts there, and the rest to the last', () => {
    const cells = cellsOf(
      [0, 5, 10, 15.6].map((s, i) => segment(i, s)),
      25.6,
    );
    expect(cells.map((c) => [c.startS, c.endS])).toEqual([
      [0, 5],
      [5, 10],
      [10, 15],
      [15, 25.6],
    ]);
  });

  it('cover the recording without a gap or overlap, whatever its length', () => {
    for (let durationS = 10; durationS < 60; durationS += 0.7) {
      const starts: number[] = [];
      for (let s = 0; s + 10 <= durationS; s += 5) starts.push(s);
      if (starts.at(-1)! + 10 < durationS) starts.push(durationS - 10);
      const cells = cellsOf(
        starts.map((s, i) => segment(i, s)),
        durationS,
      );
      expect(cells[0]!.startS).toBe(0);
      expect(cells.at(-1)!.endS).toBeCloseTo(durationS, 9);
      for (let i = 1; i < cells.length; i++)
        expect(cells[i]!.startS).toBeCloseTo(cells[i - 1]!.endS, 9);
    }
  });

  it('leave a gap where a segment has not been analysed yet', () => {
    const cells = cellsOf([segment(0, 0), segment(1, 5), segment(4, 20)], 60);
    expect(cells.map((c) => c.endS)).toEqual([5, 10, 25]);
  });

  it('are found by time', () => {
    const cells = cellsOf(
      [0, 5, 10].map((s, i) => segment(i, s)),
      20,
    );
    expect(cellAt(cells, 4.99)).toBe(0);
    expect(cellAt(cells, 5)).toBe(1);
    expect(cellAt(cells, 19)).toBe(2);
    expect(cellAt([], 3)).toBe(-1);
  });
});

describe('unreadSpans', () => {
  it('are what no segment covers, before, between and after', () => {
    const read = [0, 5, 60, 65].map((startS) => segment(startS / 5, startS));
    expect(unreadSpans(read, 200)).toEqual([
      { startS: 15, endS: 60 },
      { startS: 75, endS: 200 },
    ]);
    expect(unreadSpans([], 30)).toEqual([{ startS: 0, endS: 30 }]);
    expect(unreadSpans([segment(0, 0)], 10.4)).toEqual([]);
  });
});

describe('mergedSegments', () => {
  const indices = fc.array(fc.nat(40), { maxLength: 30 });

  it('are what a table by index holds, in its order, whatever comes when', () => {
    fc.assert(
      fc.property(fc.array(indices, { maxLength: 5 }), (batches) => {
        const table = new Map<number, Segment>();
        let merged: Segment[] = [];
        for (const batch of batches) {
          const more = batch.map((index) => segment(index, 5 * index));
          for (const one of more) table.set(one.index, one);
          merged = mergedSegments(merged, more);
        }
        const wanted = [...table.values()].sort((a, b) => a.index - b.index);
        expect(merged).toHaveLength(wanted.length);
        merged.forEach((one, i) => expect(one).toBe(wanted[i]));
      }),
    );
  });

  it('look at what is known no more than once where all that comes is new', () => {
    let looks = 0;
    const known = Array.from({ length: 17_000 }, (_, index) => {
      const one = segment(index, 5 * index);
      return Object.defineProperty(one, 'index', { get: () => (looks++, index) });
    });
    expect(mergedSegments(known, [segment(17_000, 85_000)])).toHaveLength(17_001);
    expect(looks).toBeLessThan(10);
  });
});

it('what a stopped analysis left out, and all of it where there is none, looks unread and not empty', () => {
  const stopped = { status: { state: 'cancelled' }, segments: [segment(0, 0), segment(1, 5)] };
  expect(leftUnread(stopped, 600, true)).toEqual([{ startS: 15, endS: 600 }]);
  expect(leftUnread({ ...stopped, status: { state: 'done' } }, 600, true)).toEqual([]);
  const none = { status: null, segments: [] };
  expect(leftUnread(none, 600, false)).toEqual([{ startS: 0, endS: 600 }]);
  expect(leftUnread(none, 600, true)).toEqual([]);
});
