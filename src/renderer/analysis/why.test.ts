import { describe, expect, it } from 'vitest';
import type { BeatColumns, Overlay } from '../../shared/domain';
import { attentionOf, explainInWords, faithfulnessInWords, faithfulnessOf } from './why';

/** 10 s in 100 tokens; two heads that look at one token each. */
function overlay(peaks: [number, number]): Overlay {
  const attention = new Float32Array(200);
  attention[peaks[0]] = 1;
  attention[100 + peaks[1]] = 1;
  return {
    segmentIndex: 0,
    startS: 20,
    stepS: 0.1,
    tokens: 100,
    heads: 2,
    attention,
    evidence: new Float32Array(100).fill(-1),
    marginLogit: 0,
    biasLogit: 0,
    faithfulness: null,
  };
}
const beats = (times: number[], classes: number[]): BeatColumns => ({
  timeS: Float64Array.from(times),
  beatClass: Uint8Array.from(classes),
  confidence: new Float32Array(times.length),
  attention: new Float32Array(times.length),
});

it('averages the heads, or takes one', () => {
  const o = overlay([10, 30]);
  expect(attentionOf(o, null)[10]).toBeCloseTo(0.5);
  expect(attentionOf(o, 1)[30]).toBe(1);
  expect(attentionOf(o, 1)[10]).toBe(0);
});

it('gives each token to its nearest beat and joins a couplet', () => {
  // Beats at 20.5 N, 21 V, 21.5 V, 23 N; heads look at 21.05 and 21.45.
  const lines = explainInWords(
    overlay([10, 14]),
    30,
    beats([20.5, 21, 21.5, 23], [0, 2, 2, 0]),
    'attention',
  );
  expect(lines[0]).toMatchObject({ label: 'beats 2, 3 · V couplet', timeS: 21 });
  expect(lines[0]!.share).toBeCloseTo(1);
});

it('shares always add up to one', () => {
  const times = Array.from({ length: 12 }, (_, i) => 20 + i * 0.8);
  const lines = explainInWords(
    overlay([3, 77]),
    30,
    beats(
      times,
      times.map((_, i) => i % 3),
    ),
    'attention',
  );
  expect(lines.reduce((sum, line) => sum + line.share, 0)).toBeCloseTo(1);
  expect(lines.at(-1)!.label).toBe('other beats');
});

it('names times where no beats are known', () => {
  const lines = explainInWords(overlay([10, 10]), 30, null, 'attention');
  expect(lines[0]!.label).toBe('at 00:20.8');
  expect(lines[0]!.share).toBeCloseTo(1);
});

it('has no positive evidence to share where all of it speaks for Normal', () => {
  const lines = explainInWords(overlay([1, 1]), 30, null, 'evidence');
  expect(lines.every((line) => line.share === 0)).toBe(true);
});

describe('faithfulnessInWords', () => {
  const words = (topDropLogit: number, randomDropLogit: number, faithful = false) =>
    faithfulnessInWords({ topDropLogit, randomDropLogit, faithful });

  it('says what changed, never a signed zero', () => {
    expect(words(8.16, 0.0001, true)).toEqual({
      badge: 'overlay: shown to be reliable here',
      found: 'Without these parts −8.2 logit, without random ones 0.0.',
    });
    expect(words(0.31, -0.04, true).found).toContain('−0.3 logit, without random ones +0.04');
  });

  it('does not call an overlay wrong where the answer stands on more beats than it marks', () => {
    expect(words(0.02, 0.003)).toEqual({
      badge: 'overlay: not shown to be reliable here',
      found: 'The answer stands without these parts: −0.02 logit, random ones 0.0.',
    });
    expect(words(0.5, 0.6).found).toBe('Random parts matter as much: −0.6, these −0.5 logit.');
    expect(words(-0.4, 0).found).toBe(
      'Without these parts the score rises: +0.4 logit, random ones 0.0.',
    );
  });
});

describe('faithfulnessOf', () => {
  const tested = { topDropLogit: 1, randomDropLogit: 0, faithful: true };
  const failed = { ...tested, faithful: false };
  const given = { ...overlay([1, 2]), faithfulness: failed };
  it('is that of the overlay shown, where evidence has a test of its own', () => {
    expect(faithfulnessOf({ ...given, evidenceFaithfulness: tested }, 'evidence')).toBe(tested);
    expect(faithfulnessOf({ ...given, evidenceFaithfulness: tested }, 'attention')).toBe(failed);
    expect(faithfulnessOf(given, 'evidence')).toBe(failed);
  });
});
