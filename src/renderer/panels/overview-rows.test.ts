import { expect, it } from 'vitest';
import type { Segment } from '../../shared/domain';
import { cellsOf } from '../segments';
import { rowCount, rowLengthS, rowParts, squaresOf } from './overview-rows';

const segments = (count: number, abnormal: readonly number[]): Segment[] =>
  Array.from({ length: count }, (_, index) => ({
    index,
    startS: index * 5,
    endS: index * 5 + 10,
    verdict: abnormal.includes(index) ? 'Abnormal' : 'Normal',
    probability: abnormal.includes(index) ? 0.9 : 0.1,
    reason: null,
    refer: false,
  }));

it('half an hour is six rows of five minutes, a day six of four hours', () => {
  expect(rowLengthS(1805.6, 6)).toBe(300);
  expect(rowLengthS(86_400, 6)).toBe(14_400);
  expect(rowLengthS(30, 6)).toBe(30);
  expect(rowLengthS(7 * 86_400, 6)).toBe(115_200);
});

it('a square that stands for several hops shows the most serious', () => {
  const cells = cellsOf(segments(60, [31]), 305);
  const squares = squaresOf(cells, 300, 12);
  expect(squares).toHaveLength(5);
  expect(squares.map((s) => s.segment.verdict)).toEqual([
    'Normal',
    'Normal',
    'Abnormal',
    'Normal',
    'Normal',
  ]);
  expect(squares[2]).toMatchObject({ startS: 120, endS: 180, position: 31 });
});

it('a new row starts a new square', () => {
  const cells = cellsOf(segments(30, []), 155);
  expect(squaresOf(cells, 60, 1).filter((s) => s.row === 1)[0]!.startS).toBe(60);
});

it('a viewport that crosses the end of a row is drawn in two parts', () => {
  expect(rowParts(295, 305, 300, 6)).toEqual([
    { row: 0, from: 295 / 300, to: 1 },
    { row: 1, from: 0, to: 305 / 300 - 1 },
  ]);
  expect(rowParts(1795, 1805, 300, 6)).toHaveLength(1);
  // A segment that is shown whole begins a moment before its row.
  expect(rowParts(299.95, 310, 300, 6).map(({ row }) => row)).toEqual([1]);
});

it('a few seconds over are drawn at the end of the last row, not in a row of their own', () => {
  expect(rowCount(1805.6, 300)).toBe(6);
  expect(rowCount(1860, 300)).toBe(7);
  const cells = cellsOf(segments(360, []), 1805.6);
  expect(squaresOf(cells, 300, 1, 6).at(-1)!.row).toBe(5);
  expect(rowParts(1796, 1805.6, 300, 6)).toHaveLength(1);
  expect(rowParts(1801, 1805.6, 300, 6)[0]!.row).toBe(5);
});
