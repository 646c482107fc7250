import { expect, it } from 'vitest';
import { UNDECIDED_RHYTHM } from '../recordings/decided-only';
import type { ReferenceAnnotation } from '../recordings/open-annotated';
import { fibrillationSpans, knownRhythmSpans, rhythmChanges, shareIn } from './reference-rhythms';

const mark = (sample: number, symbol: string, aux = ''): ReferenceAnnotation => ({
  sample,
  symbol,
  aux,
});
const CHANGES = [
  mark(0, '+', '(N'),
  mark(100, 'N'),
  mark(300, '+', 'paper changed'),
  mark(500, '+', '(AFIB\0'),
  mark(900, '+', UNDECIDED_RHYTHM),
  mark(1200, '+', '(AFL'),
];

it('knows of a rhythm from its change to the next, the last without an end', () => {
  expect(rhythmChanges(CHANGES).map(({ rhythm }) => rhythm)).toEqual([
    '(N',
    '(AFIB',
    UNDECIDED_RHYTHM,
    '(AFL',
  ]);
  expect(fibrillationSpans(CHANGES, 100)).toEqual([
    { startS: 5, endS: 9 },
    { startS: 12, endS: Infinity },
  ]);
});

it('knows nothing of a stretch that nobody decided', () => {
  const known = knownRhythmSpans(CHANGES, 100);
  expect(known.map(({ startS }) => startS)).toEqual([0, 5, 12]);
  expect(shareIn(known, { startS: 7, endS: 11 })).toBe(0.5);
  expect(shareIn(known, { startS: 9, endS: 12 })).toBe(0);
  expect(shareIn(known, { startS: 20, endS: 30 })).toBe(1);
});
