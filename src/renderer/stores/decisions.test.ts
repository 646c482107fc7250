import { expect, it } from 'vitest';
import type { Segment } from '../../shared/domain';
import { decisionButtons, decisionForKey } from './decisions';

const segment = (verdict: Segment['verdict']): Segment => ({
  index: 0,
  startS: 0,
  endS: 10,
  verdict,
  probability: 0.5,
  reason: null,
  refer: false,
});

it('keys mean the model is right or wrong once its verdict is shown', () => {
  expect(decisionForKey(segment('Normal'), false, 'A')).toBe('agree');
  expect(decisionForKey(segment('Abnormal'), false, 'O')).toBe('overrule');
});

it('keys mean what the reader sees while the verdict is hidden', () => {
  expect(decisionForKey(segment('Abnormal'), true, 'A')).toBe('agree');
  expect(decisionForKey(segment('Normal'), true, 'A')).toBe('overrule');
  expect(decisionForKey(segment('Normal'), true, 'O')).toBe('agree');
  expect(decisionForKey(segment('Normal'), true, 'U')).toBe('unsure');
});

it('glyphs do not tell the verdict while it is hidden', () => {
  const glyphs = (verdict: Segment['verdict']) =>
    decisionButtons(segment(verdict), true).map(({ key, state }) => [key, state]);
  expect(glyphs('Normal')).toEqual(glyphs('Abnormal'));
});
