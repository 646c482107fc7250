import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPressingReason, type Segment } from '../../shared/domain';
import { COMPLEXES } from '../beats/quality';
import {
  fastRate,
  hasFibrillatingWaves,
  hasSlowComplexes,
  neverNormal,
  signsIn,
} from './never-normal';

const card = { threshold: { value: 0.4 } } as never;
const window = { index: 0, startS: 0, endS: 10, unreadable: null, mayFibrillate: true };
const normal: Segment = {
  index: 0,
  startS: 0,
  endS: 10,
  verdict: 'Normal',
  probability: 0.1,
  reason: null,
  refer: false,
};

it('lets no segment be Normal that may hold fibrillation, whatever the network says', () => {
  expect(neverNormal(window, normal, card)).toEqual({
    ...normal,
    verdict: 'Abnormal',
    probability: 0.4,
    reason: 'may be ventricular fibrillation',
    refer: true,
  });
});

it('leaves every other verdict as it is', () => {
  const flagged: Segment = { ...normal, verdict: 'Abnormal', probability: 0.9 };
  const unreadable: Segment = { ...normal, verdict: 'Unreadable', probability: null };
  const calm = { ...window, mayFibrillate: false, isSlow: true, fastBpm: 200 };
  expect(neverNormal(calm, flagged, card)).toBe(flagged);
  expect(neverNormal(window, unreadable, card)).toBe(unreadable);
  expect(neverNormal({ ...window, mayFibrillate: false }, normal, card)).toBe(normal);
});

it('says of what the network flags that it may hold fibrillation, where no rule has said why', () => {
  const flagged: Segment = { ...normal, verdict: 'Abnormal', probability: 0.9 };
  expect(neverNormal(window, flagged, card)).toEqual({
    ...flagged,
    reason: 'may be ventricular fibrillation',
  });
  const paused = { ...flagged, reason: 'pause of 3.4 s' };
  expect(neverNormal(window, paused, card)).toBe(paused);
});

it('asks for two windows of 3 s, and counts those that lie in the segment as a whole', () => {
  const at = (seconds: readonly number[], startS = 20, fromS = 0): boolean => {
    const waves = new Uint8Array(60);
    for (const s of seconds) waves[s] = 1;
    return hasFibrillatingWaves(waves, fromS, { startS, endS: startS + 10 });
  };
  expect(at([22, 24])).toBe(true);
  expect(at([20, 27])).toBe(true);
  expect(at([22])).toBe(false);
  expect(at([19, 28, 29])).toBe(false);
  expect(at([12, 14], 20, 10)).toBe(true);
  expect(at([], 55)).toBe(false);
});

it('asks of a strip that a fifth of it looks like fibrillation, however long it is', () => {
  const may = (durationS: number, windows: number): boolean => {
    const waves = new Uint8Array(durationS).fill(1, 2, 2 + windows);
    const quality = { startS: 0, best: new Uint8Array(durationS).fill(2) };
    const slow = new Uint8Array(durationS);
    const shown = { waves, slow, fromS: 0, timeS: new Float64Array(), quality, durationS };
    return signsIn(shown, { startS: 0, endS: 10 }).mayFibrillate ?? false;
  };
  expect([may(30, 5), may(30, 6)]).toEqual([false, true]);
  expect([may(10, 1), may(10, 2)]).toEqual([false, true]);
  expect([may(60, 6), may(70, 2)]).toEqual([false, true]);
});

it('asks that complexes are slow in three of four windows that can be read, and in two at least', () => {
  const { unseen, quick, slow } = COMPLEXES;
  const is = (windows: readonly number[], startS = 20, fromS = 0): boolean => {
    const said = new Uint8Array(60).fill(quick);
    said.set(windows, startS - fromS);
    return hasSlowComplexes(said, fromS, { startS, endS: startS + 10 });
  };
  expect(is([slow, slow, slow, slow, slow, slow, quick, quick])).toBe(true);
  expect(is([slow, slow, slow, slow, slow, quick, quick, quick])).toBe(false);
  expect(is([unseen, unseen, unseen, unseen, slow, slow, slow, quick])).toBe(true);
  expect(is([slow, slow, unseen, unseen, unseen, unseen, unseen, unseen])).toBe(true);
  expect(is([slow, unseen, unseen, unseen, unseen, unseen, unseen, unseen])).toBe(false);
  expect(is(new Array(8).fill(unseen))).toBe(false);
  expect(is(new Array(8).fill(slow), 20, 10)).toBe(true);
  // What lies in the next segment has no part in it.
  expect(is([...new Array(8).fill(quick), slow, slow, slow])).toBe(false);
});

it('lets no segment be Normal whose complexes are too slow, after what is more pressing', () => {
  const wide = { ...window, mayFibrillate: false, isSlow: true };
  const flagged = { verdict: 'Abnormal', probability: 0.4, refer: true };
  expect(neverNormal(wide, normal, card)).toMatchObject({
    ...flagged,
    reason: 'very wide complexes',
  });
  expect(neverNormal({ ...wide, isSlow: false }, normal, card)).toBe(normal);
  expect(neverNormal({ ...wide, fastBpm: 190 }, normal, card).reason).toMatch(/tachycardia/);
  expect(neverNormal({ ...wide, mayFibrillate: true }, normal, card).reason).toMatch(/fibrillat/);
});

const good = { startS: 0, best: new Uint8Array(30).fill(2) };
/** Beats every `rrS` seconds from `fromS` on. */
const every = (rrS: number, count: number, fromS: number): number[] =>
  Array.from({ length: count }, (_, i) => fromS + i * rrS);
const rate = (timeS: number[], quality = good): number =>
  fastRate(Float64Array.from(timeS), quality, { startS: 10, endS: 20 });

it('lets no segment be Normal whose rate no heart at rest has, whatever the network says', () => {
  const fast = { ...window, mayFibrillate: false, fastBpm: 239.6 };
  expect(neverNormal(fast, normal, card)).toMatchObject({
    ...{ verdict: 'Abnormal', probability: 0.4, reason: 'tachycardia of 240 bpm', refer: true },
  });
  expect(neverNormal({ ...fast, fastBpm: 0 }, normal, card)).toBe(normal);
  expect(neverNormal({ ...fast, mayFibrillate: true }, normal, card).reason).toMatch(/fibrillat/);
});

it('takes the mean of eight intervals that lie in the segment, or the slowest of four, from 180 on', () => {
  expect(rate([...every(0.8, 4, 10.1), ...every(0.25, 9, 13.5), ...every(0.8, 4, 16.4)])).toBe(240);
  expect(rate(every(1 / 3, 9, 12))).toBeCloseTo(180);
  expect(rate(every(0.34, 20, 12))).toBe(0);
  // A beat of nine was missed; then only four of five lie in the segment, and a triplet is no rate.
  expect(rate([...every(0.25, 4, 12), ...every(0.25, 4, 13.25), 14.5, 16, 17])).toBe(192);
  expect(rate([...every(0.8, 4, 10.1), ...every(0.25, 5, 13.5), ...every(0.8, 6, 15.4)])).toBe(240);
  expect(rate([...every(0.25, 5, 9.9), ...every(0.8, 8, 12.5)])).toBe(0);
  expect(rate([...every(0.8, 5, 10.1), ...every(0.25, 3, 14), ...every(0.8, 5, 15.4)])).toBe(0);
});

it('leaves out what noise may have made of beats', () => {
  const best = new Uint8Array(30).fill(2);
  best[13] = 1;
  expect(rate(every(0.25, 9, 12.2), { startS: 0, best })).toBe(0);
  expect(rate([...every(0.25, 9, 12.2), ...every(0.25, 9, 15)], { startS: 0, best })).toBe(240);
});

it('holds for random segments of any kind of sign: none is Normal, and no other verdict changes', () => {
  const segment = fc.record({
    verdict: fc.constantFrom('Normal', 'Abnormal', 'Unreadable'),
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    refer: fc.boolean(),
  });
  const signs = fc.record({
    mayFibrillate: fc.boolean(),
    fastBpm: fc.constantFrom(0, 180, 240.4),
    isSlow: fc.boolean(),
  });
  fc.assert(
    fc.property(
      segment,
      signs,
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (judged, sign, value) => {
        const before = { ...normal, ...judged } as Segment;
        const after = neverNormal({ ...window, ...sign }, before, {
          threshold: { value },
        } as never);
        const isSaid = sign.mayFibrillate || sign.fastBpm > 0 || sign.isSlow;
        if (before.verdict === 'Abnormal' && sign.mayFibrillate)
          expect(after).toEqual({ ...before, reason: 'may be ventricular fibrillation' });
        else if (before.verdict !== 'Normal' || !isSaid) expect(after).toBe(before);
        else {
          expect(after).toMatchObject({ verdict: 'Abnormal', refer: true });
          expect(after.probability).toBeGreaterThanOrEqual(value);
          expect(isPressingReason(after.reason)).toBe(true);
        }
      },
    ),
  );
});
