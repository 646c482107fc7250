import { expect, it } from 'vitest';
import { leastTilePx, TILE } from './tile-size';

/** What the widest digits take at the 11 px of the line, in Inter with tabular figures. */
const WIDEST_DIGIT_PX = 6.2;
/** ` 0.97`, a space before it and the tile's edges. */
const LIKENESS_PX = 5 * WIDEST_DIGIT_PX;

it('leaves the hour of a day in sight beside the likeness, and tiles of half an hour as narrow as they were', () => {
  for (const time of ['12:34', '23:59:58', '11:59:58 PM', '11:59:58 p. m.'])
    expect(leastTilePx(time)).toBeGreaterThanOrEqual(time.length * WIDEST_DIGIT_PX + LIKENESS_PX);
  expect(leastTilePx('29:59')).toBe(TILE.leastPx);
});
