import { describe, expect, it } from 'vitest';
import type { Client, MethodInput } from '../../shared/contract';
import { err, ok } from '../../shared/domain';
import { createTileCache, type TileWish } from './tile-cache';
import { tileLevel, tilesBetween, valueAt } from './tile-grid';

type TileInput = MethodInput<'traces.tile'>;

function harness(durationS = 100, maxValues = 1e6) {
  const requests: {
    input: TileInput;
    signal: AbortSignal | undefined;
    answer: (failed?: boolean) => void;
  }[] = [];
  let arrivals = 0;
  let failures = 0;
  const call = ((_: string, input: TileInput, options?: { signal?: AbortSignal }) =>
    new Promise((resolve) => {
      const answer = (failed = false): void => {
        const value = {
          leads: input.leads.map((lead) => ({
            lead,
            kind: 'samples' as const,
            t0S: input.startS,
            stepS: (input.endS - input.startS) / input.widthPx,
            values: new Float32Array(input.widthPx).fill(lead),
          })),
        };
        resolve(failed ? err('bad-signal', 'x.dat: truncated') : ok(value));
      };
      requests.push({ input, signal: options?.signal, answer });
      options?.signal?.addEventListener('abort', () => resolve(err('cancelled', 'stopped')));
    })) as unknown as Client['call'];
  const cache = createTileCache({
    call,
    recordingId: 'r',
    durationS,
    onArrival: () => arrivals++,
    onFailure: () => failures++,
    maxValues,
  });
  const level = { key: '4/8', tileS: 4, columns: 8 };
  const wish = (startS: number, endS: number, extra: Partial<TileWish> = {}): TileWish => ({
    leads: [0, 1],
    filter: 'raw',
    level,
    startS,
    endS,
    direction: 0,
    ...extra,
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return { cache, requests, level, wish, settle, counts: () => ({ arrivals, failures }) };
}

describe('tile cache', () => {
  it('asks for the drawn tiles first, then one on each side, both leads in one request', () => {
    const t = harness();
    t.cache.want(t.wish(8, 16));
    expect(t.requests.map((r) => r.input.startS)).toEqual([8, 12, 16, 4]);
    expect(t.requests[0]!.input.leads).toEqual([0, 1]);
  });

  it('reads further ahead in the direction of travel', () => {
    const t = harness();
    t.cache.want(t.wish(40, 44, { direction: 1 }));
    expect(t.requests.map((r) => r.input.startS)).toEqual([40, 44, 36, 48]);
  });

  it('asks once, keeps what came, and tells that it came', async () => {
    const t = harness();
    t.cache.want(t.wish(0, 4));
    t.cache.want(t.wish(0, 4));
    expect(t.requests).toHaveLength(2);
    t.requests.forEach((r) => r.answer());
    await t.settle();
    expect(t.counts().arrivals).toBe(2);
    expect(t.cache.get(1, 'raw', t.level, 0)?.values[0]).toBe(1);
    t.cache.want(t.wish(0, 4));
    expect(t.requests).toHaveLength(2);
  });

  it('stops requests that have scrolled out of reach', () => {
    const t = harness(1000);
    t.cache.want(t.wish(0, 4));
    t.cache.want(t.wish(800, 804));
    expect(t.requests[0]!.signal?.aborted).toBe(true);
    expect(t.requests[2]!.signal?.aborted).toBe(false);
  });

  it('does not grow: the least recently used tiles go first', async () => {
    const t = harness(100, 64);
    for (const startS of [0, 20, 40, 60]) {
      t.cache.want(t.wish(startS, startS + 4));
      t.requests.forEach((r) => r.answer());
      await t.settle();
    }
    expect(t.cache.valueCount).toBeLessThanOrEqual(64);
    expect(t.cache.get(0, 'raw', t.level, 0)).toBeUndefined();
    expect(t.cache.get(0, 'raw', t.level, 16)).toBeDefined();
  });

  it('cuts the last tile at the end of the recording', () => {
    const t = harness(10);
    t.cache.want(t.wish(8, 10));
    expect(t.requests[0]!.input).toMatchObject({ startS: 8, endS: 10, widthPx: 4 });
  });

  it('reports a failed tile once and does not ask for it in a loop', async () => {
    const t = harness(4);
    t.cache.want(t.wish(0, 4));
    t.requests[0]!.answer(true);
    await t.settle();
    t.cache.want(t.wish(0, 4));
    expect(t.counts().failures).toBe(1);
    expect(t.requests).toHaveLength(1);
  });
});

describe('tile grid', () => {
  it('has at least `density` columns per px and edges on whole seconds', () => {
    for (const pxPerS of [0.02, 1, 47.2, 94.5, 189, 400]) {
      const level = tileLevel(pxPerS, 2);
      expect(Number.isInteger(level.tileS)).toBe(true);
      expect(level.columns).toBeGreaterThanOrEqual(Math.min(16_384, level.tileS * pxPerS * 2));
      expect(level.columns).toBeLessThanOrEqual(16_384);
    }
  });

  it('stays inside the recording', () => {
    const level = { key: 'k', tileS: 4, columns: 8 };
    expect(tilesBetween(level, -9, 200, 30)).toEqual({ first: 0, last: 7 });
    expect(tilesBetween(level, 4, 8, 30)).toEqual({ first: 1, last: 1 });
  });

  it('reads the value under the cursor', () => {
    const samples = {
      lead: 0,
      kind: 'samples' as const,
      t0S: 2,
      stepS: 0.5,
      values: Float32Array.of(1, 2, 3),
    };
    expect(valueAt(samples, 2.6)).toBe(2);
    expect(valueAt(samples, 9)).toBeNaN();
    const envelope = {
      lead: 0,
      kind: 'envelope' as const,
      t0S: 0,
      stepS: 1,
      values: Float32Array.of(0, 1, 2, 4),
    };
    expect(valueAt(envelope, 1.5)).toBe(3);
  });
});
