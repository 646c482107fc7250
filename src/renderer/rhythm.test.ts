import { expect, it } from 'vitest';
import type { BeatColumns } from '../shared/domain';
import { episodeCue, heartRateTrend, rhythmBetween } from './rhythm';

const regular = (rrS: number, count: number): BeatColumns => ({
  timeS: Float64Array.from({ length: count }, (_, i) => i * rrS),
  beatClass: Uint8Array.from({ length: count }, (_, i) => (i % 4 === 3 ? 2 : 0)),
  confidence: new Float32Array(count),
  attention: new Float32Array(count),
});

it('rate and RR of a regular rhythm', () => {
  const facts = rhythmBetween(regular(0.75, 40), 3, 13);
  expect(facts.heartRateBpm).toBeCloseTo(80);
  expect(facts.rrMinMs).toBeCloseTo(750);
  expect(facts.rrMaxMs).toBeCloseTo(750);
  expect(facts.counts.map((c) => c.symbol)).toEqual(['N', 'V']);
});

it('claims no rate from fewer than two beats', () => {
  expect(rhythmBetween(regular(20, 3), 0, 10)).toMatchObject({ heartRateBpm: null, rrMinMs: null });
});

it('takes the strongest overlapping episode', () => {
  const episodes = [
    { startS: 0, endS: 10, rhythm: '(AFIB', probability: 0.6 },
    { startS: 8, endS: 30, rhythm: '(AFIB', probability: 0.9 },
  ];
  expect(episodeCue(episodes, 'AFIB', 9, 12)).toBe(0.9);
  expect(episodeCue(episodes, 'AFIB', 40, 50)).toBeNull();
});

it('a trend follows the rate and leaves silence empty', () => {
  const trend = heartRateTrend(regular(0.5, 60), 60, 12);
  expect(trend[1]).toBeCloseTo(120);
  expect(trend[11]).toBeNaN();
});
