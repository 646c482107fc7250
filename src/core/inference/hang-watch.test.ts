import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHangWatch, type HangWatch } from './hang-watch';

let hangs: number[];
let watch: HangWatch;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  hangs = [];
  watch = createHangWatch({ longestMs: 120_000, onHang: (afterMs) => hangs.push(afterMs) });
});
afterEach(() => vi.useRealTimers());

/** Does the work once, and learns how long it takes. */
function learn(work: string, ms: number): void {
  watch.wait(work, 30_000, 0);
  vi.advanceTimersByTime(ms);
  watch.done(work);
}
/** Milliseconds until it gives up. */
function patience(work: string, hangsBefore = 0): number | undefined {
  watch.wait(work, 30_000, hangsBefore);
  vi.advanceTimersByTime(10_000_000);
  return hangs.pop();
}

describe('createHangWatch', () => {
  it('waits for unknown work as long as it is told, and for known work by what it took', () => {
    expect(patience('batch')).toBe(30_000);
    learn('batch', 100);
    expect(patience('batch')).toBe(10_000);
    learn('batch', 400);
    learn('batch', 50);
    expect(patience('batch')).toBe(20_000);
    learn('batch', 9000);
    expect(patience('batch')).toBe(120_000);
    expect(patience('other')).toBe(30_000);
  });

  it('waits twice as long after every time that it gave the same work up', () => {
    learn('batch', 100);
    expect([0, 1, 2, 3, 4].map((hung) => patience('batch', hung))).toEqual([
      10_000, 20_000, 40_000, 80_000, 160_000,
    ]);
  });

  it('says nothing once the work is done or nobody waits', () => {
    learn('batch', 100);
    watch.wait('batch', 30_000, 0);
    watch.stop();
    vi.advanceTimersByTime(10_000_000);
    expect(hangs).toEqual([]);
  });
});
