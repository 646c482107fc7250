import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { useRowsInSight } from './useRowsInSight';

// There is no component here: its size is set by hand.
beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

/** Rows of ten beats: a day of 100 000. */
const ROWS = 10_000;
const ROW_PX = 73;
const HEIGHT_PX = 480;
/** Those that the list has room for, one cut at either end, and two spare ones on each side. */
const MOST = Math.ceil(HEIGHT_PX / ROW_PX) + 1 + 4;

function day() {
  const element = { scrollTop: 0, clientHeight: HEIGHT_PX };
  const rows = useRowsInSight(
    ref(element as HTMLElement),
    () => ROW_PX,
    () => ROWS,
  );
  return { element, rows };
}

it('has next to nothing in the document before the list is measured, whatever its length', () => {
  expect(day().rows.inSight.value.length).toBeLessThanOrEqual(2);
});

it('holds what is seen of 100 000 beats and no more, wherever they are scrolled to', () => {
  const { element, rows } = day();
  rows.size.value = { widthPx: 800, heightPx: HEIGHT_PX };
  for (let top = 0; top <= ROWS * ROW_PX - HEIGHT_PX; top += 997) {
    element.scrollTop = top;
    rows.scrolled();
    const seen = rows.inSight.value;
    expect(seen.length).toBeLessThanOrEqual(MOST);
    expect(seen[0]! * ROW_PX).toBeLessThanOrEqual(top);
    expect((seen.at(-1)! + 1) * ROW_PX).toBeGreaterThanOrEqual(top + HEIGHT_PX);
  }
});

it('brings one row in for one that leaves, and none while a frame moves by less', () => {
  const { element, rows } = day();
  rows.size.value = { widthPx: 800, heightPx: HEIGHT_PX };
  element.scrollTop = 100 * ROW_PX;
  rows.scrolled();
  const before = new Set(rows.inSight.value);
  element.scrollTop += 1;
  rows.scrolled();
  expect(rows.inSight.value).toEqual([...before]);
  element.scrollTop += ROW_PX - 1;
  rows.scrolled();
  expect(rows.inSight.value.filter((row) => !before.has(row))).toHaveLength(1);
});
