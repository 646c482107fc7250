/** Tiles of the beats of an open form, CSS px. */
export const TILE = { leastPx: 74, heightPx: 68, gapPx: 5 } as const;

/** Of a digit of the line under a beat, and of what stands beside the time: a likeness, its distance, the edges. */
const DIGIT_PX = 6.3;
const BESIDE_PX = 38;

/**
 * Least width of a tile, CSS px, in which the time of its beat is whole: beats of a day are not told apart by minutes.
 * @param longest the longest time that is written under one, as in `23:59:58` or `11:59:58 PM`
 */
export function leastTilePx(longest: string): number {
  return Math.max(TILE.leastPx, Math.ceil(longest.length * DIGIT_PX) + BESIDE_PX);
}
