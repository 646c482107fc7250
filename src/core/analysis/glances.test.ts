import { describe, expect, it } from 'vitest';
import { ok, type Segment, type TimeSpan } from '../../shared/domain';
import type { AnalyserUpdate } from './analyser';
import { createCollector } from './collect';
import { createGlances, type GlancesOptions } from './glances';

const origin = {
  durationS: 3600,
  startClock: null,
  findsBeats: true,
  leads: [{ index: 0, name: 'II', isEcg: true }],
};

/** A beat a second, V in what was only looked at, and a segment every ten. */
function readSpan({ startS, endS }: TimeSpan, beatClass: number): AnalyserUpdate[] {
  const seconds = Array.from({ length: Math.ceil(endS - startS) }, (_, i) => startS + i);
  const segments = seconds
    .filter((second) => second % 10 === 0)
    .map((second): Segment => ({
      index: second / 10,
      startS: second,
      endS: second + 10,
      verdict: 'Normal',
      probability: 0.1,
      reason: null,
      refer: false,
    }));
  return [
    {
      kind: 'beats',
      beats: {
        timeS: Float64Array.from(seconds),
        beatClass: new Uint8Array(seconds.length).fill(beatClass),
        confidence: new Float32Array(seconds.length).fill(1),
        attention: new Float32Array(seconds.length),
      },
    },
    { kind: 'segments', segments },
    { kind: 'quality', lead: 0, fromS: startS, level: new Uint8Array(seconds.length).fill(1) },
  ];
}

function lookedAt(options: Partial<GlancesOptions> = {}) {
  const read: number[] = [];
  const run = createCollector(origin);
  let reachedS = 0;
  const glances = createGlances({
    origin,
    glance: async (span) => {
      read.push(span.startS);
      return ok(readSpan(span, 2));
    },
    reachedS: () => reachedS,
    found: () => undefined,
    ...options,
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    read,
    glances,
    settled,
    now: () => glances.beyond(run.result()),
    reach(endS: number) {
      for (const update of readSpan({ startS: reachedS, endS }, 0)) run.add(update);
      reachedS = endS - 1;
    },
  };
}

describe('createGlances', () => {
  it('puts the minutes that were looked at after what the analysis has found, and says which they are', async () => {
    const { glances, settled, now, reach } = lookedAt();
    reach(120);
    glances.look({ startS: 1810, endS: 1830 });
    await settled();
    const { beats, segments, analysed, quality } = now();
    expect(beats.timeS.length).toBe(120 + 60);
    expect([...beats.timeS]).toEqual([...beats.timeS].sort((a, b) => a - b));
    expect(segments.map(({ index }) => index).slice(11)).toEqual([
      11, 180, 181, 182, 183, 184, 185,
    ]);
    expect(analysed).toEqual([
      { startS: 0, endS: 119 },
      { startS: 1800, endS: 1860 },
    ]);
    expect([...quality!.level.subarray(1799, 1801)]).toEqual([2, 1]);
  });

  it('forgets them where the analysis has come, whose word counts', async () => {
    const { glances, settled, now, reach } = lookedAt();
    glances.look({ startS: 0, endS: 10 });
    await settled();
    expect([...now().beats.beatClass.slice(0, 2)]).toEqual([2, 2]);
    reach(600);
    const { beats, analysed } = now();
    expect(beats.timeS.length).toBe(600);
    expect([...beats.beatClass]).not.toContain(2);
    expect(analysed).toBeUndefined();
  });

  it('reads a minute once, and first the view that was asked for last', async () => {
    const { glances, settled, read, reach } = lookedAt();
    reach(120);
    glances.look({ startS: 600, endS: 700 });
    glances.look({ startS: 60, endS: 70 });
    glances.look({ startS: 3000, endS: 3010 });
    await settled();
    glances.look({ startS: 3050, endS: 3055 });
    await settled();
    expect(read).toEqual([600, 3000, 660]);
  });

  it('says when its first minute has been read, whatever is asked for meanwhile, and at once where none was', async () => {
    const ends: (() => void)[] = [];
    const glance: GlancesOptions['glance'] = (span) =>
      new Promise((resolve) => ends.push(() => resolve(ok(readSpan(span, 2)))));
    const { glances, settled } = lookedAt({ glance });
    await glances.firstLook();
    glances.look({ startS: 600, endS: 700 });
    let isRead = false;
    void glances.firstLook().then(() => (isRead = true));
    glances.look({ startS: 1200, endS: 1300 });
    await settled();
    expect(isRead).toBe(false);
    ends[0]!();
    await settled();
    expect(isRead).toBe(true);
    expect(ends.length).toBe(2);
  });

  it('reads nothing of a recording that is analysed as soon, and nothing once closed', async () => {
    const short = lookedAt({ origin: { ...origin, durationS: 180 } });
    short.glances.look({ startS: 0, endS: 10 });
    const closed = lookedAt();
    closed.glances.close();
    closed.glances.look({ startS: 0, endS: 10 });
    await short.settled();
    expect([...short.read, ...closed.read]).toEqual([]);
  });
});
