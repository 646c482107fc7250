import { expect, it } from 'vitest';
import type { JudgedOverlay, JudgedSegment } from './explain-overlays';
import { overlayText, summarise } from './explain-report';

const overlay = (topDropLogit: number, faithful: boolean, hit: boolean | null): JudgedOverlay => ({
  faithfulness: { topDropLogit, randomDropLogit: topDropLogit / 4, faithful },
  hit,
  shuffledHit: hit === null ? null : false,
  shuffledRankCorrelation: 0.1,
});
const segment = (
  kind: { mixed: boolean; flagged: boolean },
  attention: JudgedOverlay,
  evidence: JudgedOverlay,
): JudgedSegment => ({ ...kind, chance: 0.2, attention, evidence });

const judged = [
  segment({ mixed: true, flagged: false }, overlay(2, true, true), overlay(1, true, false)),
  segment({ mixed: true, flagged: true }, overlay(1, false, true), overlay(4, true, true)),
  segment({ mixed: false, flagged: true }, overlay(0, false, null), overlay(2, false, null)),
];

it('means over the mixed segments and over the flagged ones', () => {
  const { mixed, flagged, better } = summarise(judged);
  expect(mixed).toMatchObject({ segments: 2, chance: 0.2 });
  expect(mixed.attention).toMatchObject({ pointing: 1, topDropLogit: 1.5, faithfulShare: 0.5 });
  expect(mixed.evidence).toMatchObject({ pointing: 0.5, topDropLogit: 2.5, shuffledPointing: 0 });
  expect(flagged.attention).toEqual({
    topDropLogit: 0.5,
    randomDropLogit: 0.125,
    faithfulShare: 0,
  });
  expect(flagged.evidence.faithfulShare).toBe(0.5);
  expect(better).toBe('evidence');
});

it('says which overlay is better, by the mixed segments where none is flagged', () => {
  expect(summarise(judged.slice(0, 1)).better).toBe('attention');
  const text = overlayText({ ...summarise(judged.slice(0, 1)), model: 'm', problems: [] });
  expect(text).toContain('Model m: 1 segments with both');
  expect(text).toMatch(/called faithful +100\.0 % +100\.0 %/);
  expect(text).toMatch(/called faithful +- +-\n/);
  expect(text).toContain('more faithful overlay of this model is its attention');
});
