import { expect, it } from 'vitest';
import { judgeStandstill, stillnessOf } from './standstill';

const card = { id: 'm', threshold: { value: 0.4 }, referBand: null } as never;
const window = { index: 0, startS: 0, endS: 10, unreadable: null };
const good = { startS: 0, best: new Uint8Array(10).fill(2) };

it('takes a readable segment without a beat for Abnormal, whatever the model says', () => {
  expect(
    judgeStandstill(window, { probability: null, gapS: 10, isRestless: false }, card),
  ).toMatchObject({
    verdict: 'Abnormal',
    probability: 1,
    reason: 'no heartbeat found',
    refer: true,
  });
  expect(
    judgeStandstill(window, { probability: 0.1, gapS: 3, isRestless: false }, card),
  ).toMatchObject({
    verdict: 'Abnormal',
    probability: 0.4,
    reason: 'no heartbeat for 3.0 s',
  });
  expect(
    judgeStandstill(window, { probability: 0.9, gapS: 4, isRestless: false }, card)?.probability,
  ).toBe(0.9);
});

it('says nothing of shorter gaps and of what cannot be read', () => {
  expect(
    judgeStandstill(window, { probability: 0.1, gapS: 2.9, isRestless: false }, card),
  ).toBeNull();
  const flat = { ...window, unreadable: 'flat' as const };
  expect(
    judgeStandstill(flat, { probability: null, gapS: 10, isRestless: false }, card),
  ).toBeNull();
});

it('measures gaps to the ends of the segment, and none over a second of noise', () => {
  const gapS = (timeS: number[], quality = good): number =>
    stillnessOf(Float64Array.from(timeS), window, quality, []).gapS;
  expect(gapS([1, 2, 6])).toBe(4);
  expect(gapS([-2, 1, 12])).toBe(9);
  const noisy = { startS: 0, best: Uint8Array.from(good.best, (q, s) => (s === 4 ? 1 : q)) };
  expect(gapS([1, 2, 6], noisy)).toBe(4);
  expect(gapS([1, 2, 5.5, 6], noisy)).toBe(4);
});

it('tells a gap in which beats were missed, and a segment without one', () => {
  const of = (timeS: number[], restless: { startS: number; endS: number }[]) =>
    stillnessOf(Float64Array.from(timeS), window, good, restless);
  expect(of([1, 2, 6], [{ startS: 6, endS: 15 }])).toEqual({
    gapS: 4,
    isRestless: false,
    isEmpty: false,
  });
  expect(of([1, 2, 5, 15], [{ startS: 5, endS: 15 }]).isRestless).toBe(true);
  expect(of([-3, 12], [])).toEqual({ gapS: 10, isRestless: false, isEmpty: true });
});
