import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { useTilesInSight } from './useTilesInSight';

// There is no component here: its size is set by hand.
beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

const SIZE = { leastPx: 74, heightPx: 68, gapPx: 5 };
const tilesOf = (count: number) =>
  useTilesInSight(
    ref(null),
    () => SIZE,
    () => count,
  );

it('fill the width and are no narrower than they may be, whatever it is', () => {
  const tiles = tilesOf(1000);
  for (let widthPx = SIZE.leastPx; widthPx < 2000; widthPx++) {
    tiles.rows.size.value = { widthPx, heightPx: 480 };
    const usedPx = tiles.leftOf(tiles.columns.value - 1) + tiles.tilePx.value;
    expect(tiles.tilePx.value).toBeGreaterThanOrEqual(SIZE.leastPx);
    expect(usedPx).toBeLessThanOrEqual(widthPx);
    expect(usedPx).toBeGreaterThan(widthPx - tiles.columns.value);
  }
});

it('take the height of all their rows, the last of which may be short, and none where there is none', () => {
  const tiles = tilesOf(21);
  tiles.rows.size.value = { widthPx: 790, heightPx: 480 };
  expect(tiles.columns.value).toBe(10);
  expect(tiles.heightPx.value).toBe(3 * 68 + 2 * 5);
  expect(tiles.topOf(2)).toBe(146);
  expect(tilesOf(0).heightPx.value).toBe(0);
});
