import { expect, it } from 'vitest';
import { withRows, type BeatRows } from '../../shared/domain/beat-rows';
import { episodeCue, rhythmBetween, rrAt } from './rhythm';

/** Beats at these times, every fourth ventricular; a row ends where two are more than 10 s apart. */
const rows = (timesS: readonly number[]): BeatRows =>
  withRows({
    timeS: Float64Array.from(timesS),
    beatClass: Uint8Array.from(timesS, (_, i) => (i % 4 === 3 ? 2 : 0)),
    follows: Uint8Array.from(timesS, (at, i) => (i > 0 && at - timesS[i - 1]! <= 10 ? 1 : 0)),
  });
const regular = (rrS: number, count: number): BeatRows =>
  rows(Array.from({ length: count }, (_, i) => i * rrS));

it('rate and RR of a regular rhythm', () => {
  const facts = rhythmBetween(regular(0.75, 40), 3, 13);
  expect(facts.rate?.meanBpm).toBeCloseTo(80);
  expect(facts.rr?.shortestMs).toBeCloseTo(750);
  expect(facts.rr?.longestMs).toBeCloseTo(750);
  expect(facts.counts.map((c) => c.symbol)).toEqual(['N', 'V']);
});

it('says of a segment the pause that begins or ends outside it', () => {
  const paused = rows([0, 1, 2, 3, 4, 7.7, 8.7, 9.7, 10.7]);
  for (const [startS, endS] of [
    [0, 5],
    [5, 10],
    [5, 7],
  ] as const) {
    expect(rhythmBetween(paused, startS, endS).rr?.longestMs).toBeCloseTo(3700);
    expect(rhythmBetween(paused, startS, endS).rate?.longestRr.ms).toBeCloseTo(3700);
  }
  expect(rhythmBetween(paused, 5, 7).counts).toEqual([]);
});

it('claims no rate and no interval across what is not known', () => {
  expect(rhythmBetween(regular(20, 3), 0, 10)).toMatchObject({ rate: null, rr: null });
  expect(rrAt(rows([0, 1, 21, 22]), 5)).toBeNull();
  expect(rrAt(rows([0, 1, 21, 22]), 21.5)).toBe(1000);
  expect(rrAt(rows([0, 1]), 1.5)).toBeNull();
});

it('takes the strongest overlapping episode', () => {
  const episodes = [
    { startS: 0, endS: 10, rhythm: '(AFIB', probability: 0.6 },
    { startS: 8, endS: 30, rhythm: '(AFIB', probability: 0.9 },
  ];
  expect(episodeCue(episodes, 'AFIB', 9, 12)).toBe(0.9);
  expect(episodeCue(episodes, 'AFIB', 40, 50)).toBeNull();
});
