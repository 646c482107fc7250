import { expect, it } from 'vitest';
import { judgeStandstill, longestGapS } from './standstill';

const card = { id: 'm', threshold: { value: 0.4 }, referBand: null } as never;
const window = { index: 0, startS: 0, endS: 10, unreadable: null };
const good = { startS: 0, best: new Uint8Array(10).fill(2) };

it('takes a readable segment without a beat for Abnormal, whatever the model says', () => {
  expect(judgeStandstill(window, { probability: null, gapS: 10 }, card)).toMatchObject({
    verdict: 'Abnormal',
    probability: 1,
    reason: 'no heartbeat found',
    refer: true,
  });
  expect(judgeStandstill(window, { probability: 0.1, gapS: 3 }, card)).toMatchObject({
    verdict: 'Abnormal',
    probability: 0.4,
    reason: 'no heartbeat for 3.0 s',
  });
  expect(judgeStandstill(window, { probability: 0.9, gapS: 4 }, card)?.probability).toBe(0.9);
});

it('says nothing of shorter gaps and of what cannot be read', () => {
  expect(judgeStandstill(window, { probability: 0.1, gapS: 2.9 }, card)).toBeNull();
  const flat = { ...window, unreadable: 'flat' as const };
  expect(judgeStandstill(flat, { probability: null, gapS: 10 }, card)).toBeNull();
});

it('measures gaps to the ends of the segment, and none over a second of noise', () => {
  expect(longestGapS(Float64Array.of(1, 2, 6), window, good)).toBe(4);
  expect(longestGapS(Float64Array.of(1), window, good)).toBe(9);
  const noisy = { startS: 0, best: Uint8Array.from(good.best, (q, s) => (s === 4 ? 1 : q)) };
  expect(longestGapS(Float64Array.of(1, 2, 6), window, noisy)).toBe(4);
  expect(longestGapS(Float64Array.of(1, 2, 5.5, 6), window, noisy)).toBe(4);
});
