import { expect, it } from 'vitest';
import type { Lead } from '../../shared/domain';
import type { Lane } from './lanes';
import { laneOf, placeCalipers } from './place-calipers';

const lane = (index: number, topPx: number, column?: Lane['column']): Lane => ({
  lead: { index, name: `lead ${index}` } as Lead,
  topPx,
  heightPx: 100,
  baselinePx: topPx + 50,
  gainFactor: 1,
  ...(column ? { column } : {}),
});
const mark = (id: string, startS: number, endS: number, lead: number | null = 0) => ({
  id,
  startS,
  endS,
  lead,
});
const place = (marks: ReturnType<typeof mark>[], lanes = [lane(0, 0)]) =>
  placeCalipers(marks, lanes, 100, 10, () => 60);

it('marks that would run into each other stand in rows of their own', () => {
  const heights = place([mark('a', 1, 1.2), mark('b', 1.3, 1.4), mark('c', 4, 5)]).map(
    ({ barPx }) => barPx,
  );
  expect(heights[0]).toBeLessThan(heights[1]!);
  expect(heights[2]).toBe(heights[0]);
});

it('a mark at the end of the recording has its label before it', () => {
  const [early, late] = place([mark('a', 1, 2), mark('b', 9, 9.9)]);
  expect([early!.before, late!.before]).toEqual([false, true]);
});

it('the rhythm strip shows a lead before its column does, and a column only its own time', () => {
  const first = { index: 0, of: 4, widthS: 2.5 };
  const lanes = [lane(1, 0, first), lane(1, 300), lane(2, 100, first)];
  expect(laneOf(lanes, 1, 1)?.topPx).toBe(300);
  expect(laneOf(lanes, 2, 1)?.topPx).toBe(100);
  expect(laneOf(lanes, 2, 3)).toBeNull();
});

it('a mark of a lead that is not shown has no place', () => {
  expect(place([mark('a', 1, 2, 7)])).toEqual([]);
  expect(place([mark('a', 1, 2, null)])).toHaveLength(1);
});
