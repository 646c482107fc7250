import { expect, test } from 'vitest';
import type { Segment, SegmentDecision } from '../../shared/domain';
import { chooseStrips } from './choose-strips';

const segments = (verdicts: string): Segment[] =>
  [...verdicts].map((letter, index) => ({
    index,
    startS: index * 5,
    endS: index * 5 + 10,
    verdict: letter === 'A' ? 'Abnormal' : letter === 'U' ? 'Unreadable' : 'Normal',
    probability: letter === 'U' ? null : letter === 'A' ? 0.9 : 0.1,
    reason: null,
    refer: false,
  }));
const finding = (kind: string, indices: number[]) => ({
  kind,
  neverLeftOut: false,
  segments: indices,
  exampleS: indices[0]! * 5 + 6,
  occurrences: indices.map((index) => ({
    startS: index * 5 + 6,
    endS: index * 5 + 7,
    beats: 1,
    rateBpm: null,
  })),
});
const decision = (segment: number, choice: 'agree' | 'overrule'): SegmentDecision => ({
  segment,
  decision: choice,
  note: '',
  reader: '',
  atMs: 0,
});
const indices = (choice: ReturnType<typeof chooseStrips>): number[] =>
  choice.chosen.map(({ segment }) => segment.index);

test('overlapping flags share strips, and what is wholly on paper is not counted as left out', () => {
  const choice = chooseStrips(segments('NAAAN'), [], [], 30);
  expect(indices(choice)).toEqual([1, 3]);
  expect(choice.leftOut).toEqual([]);
});

test('every kind gets a strip before any kind gets two, and the rest is counted', () => {
  const choice = chooseStrips(
    segments('ANANANANAN'),
    [],
    [finding('Runs', [8]), finding('Single', [0, 2, 4, 6])],
    3,
  );
  expect(indices(choice)).toContain(8);
  expect(choice.chosen).toHaveLength(3);
  expect(choice.leftOut).toEqual([{ title: 'Single', segments: 2 }]);
});

test('what the reader overruled is not printed as abnormal; what they called Abnormal is', () => {
  const choice = chooseStrips(
    segments('ANNNU'),
    [decision(0, 'overrule'), decision(3, 'overrule')],
    [],
    30,
  );
  expect(choice.chosen.map(({ segment, title }) => [segment.index, title])).toEqual([
    [3, 'Abnormal by the reader'],
  ]);
});

test('a kind that lies only in segments that are not flagged is shown all the same', () => {
  const choice = chooseStrips(segments('ANNNNN'), [], [finding('Runs', [4])], 30);
  expect(choice.chosen.map(({ segment, title }) => [segment.index, title])).toEqual([
    [0, 'Flagged segment'],
    [4, 'Runs'],
  ]);
});

test('the only example of a kind is shown even where it overlaps another strip', () => {
  const pause = { ...finding('Pauses', [2]), exampleS: 16 };
  const choice = chooseStrips(segments('NAAN'), [], [finding('Runs', [1]), pause], 30);
  expect(indices(choice)).toEqual([1, 2]);
});

test('no report is without a trace', () => {
  const choice = chooseStrips(segments('UNN'), [], [], 30);
  expect(choice.chosen.map(({ segment, title }) => [segment.index, title])).toEqual([
    [1, 'Nothing flagged: start of the recording'],
  ]);
  expect(chooseStrips(segments('UU'), [], [], 30).chosen).toEqual([]);
});

test('no run or pause is left out while commoner kinds are shown twice', () => {
  const everywhere = Array.from({ length: 20 }, (_, i) => i);
  const pauses = { ...finding('Pauses', [1, 5, 9, 13]), neverLeftOut: true };
  const kinds = [pauses, finding('Single', everywhere)];
  const choice = chooseStrips(segments('A'.repeat(20)), [], kinds, 6);
  for (const startS of [11, 31, 51, 71]) {
    const shown = choice.chosen.some(
      ({ segment }) => segment.startS <= startS && startS < segment.endS,
    );
    expect(shown).toBe(true);
  }
});
