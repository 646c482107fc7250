import { expect, it } from 'vitest';
import type { BlindAnswer, Segment } from '../../shared/domain';
import { segmentsCsv } from './csv';

it('says what was answered before the word of the program was shown, and by whom', () => {
  const answers: (BlindAnswer | undefined)[] = [
    { agrees: true, reader: 'A' },
    { agrees: false, reader: 'B' },
    { agrees: null, reader: 'C' },
    undefined,
  ];
  const segments = answers.map((_, index): Segment => ({
    ...{ index, startS: 10 * index, endS: 10 * index + 10, refer: false, reason: null },
    ...{ verdict: 'Normal', probability: 0.1 },
  }));
  const decisions = answers.map((blind, segment) => ({
    ...{ segment, decision: 'agree' as const, note: '', reader: 'D', atMs: 0 },
    ...(blind && { blind }),
  }));
  const [head, ...rows] = segmentsCsv(segments, decisions).trimEnd().split('\r\n');
  expect(head!.split(',').slice(-2)).toEqual(['blind_answer', 'blind_reader']);
  expect(rows.map((row) => row.split(',').slice(-2))).toEqual([
    ['agrees', 'A'],
    ['differs', 'B'],
    ['unsure', 'C'],
    ['', ''],
  ]);
});
