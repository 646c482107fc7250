import type { TileTrace } from '../../traces/tile-grid';

export const THUMB_WIDTH_PX = 90;
export const THUMB_HEIGHT_PX = 28;
const MARGIN_PX = 2;

/** Path of a trace fitted to a thumbnail of its own scale; what is missing is left out. */
export function thumbPath(trace: TileTrace): string {
  const { values, kind } = trace;
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value !== value) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (high === -Infinity) return '';
  const perUnit = (THUMB_HEIGHT_PX - 2 * MARGIN_PX) / Math.max(high - low, 1e-9);
  const y = (value: number): string =>
    (THUMB_HEIGHT_PX - MARGIN_PX - (value - low) * perUnit).toFixed(1);
  const count = kind === 'samples' ? values.length : values.length >> 1;
  let path = '';
  let down = false;
  for (let i = 0; i < count; i++) {
    const x = ((i * THUMB_WIDTH_PX) / Math.max(1, count - 1)).toFixed(1);
    const pair = kind === 'samples' ? [values[i]!] : [values[2 * i]!, values[2 * i + 1]!];
    for (const value of pair) {
      if (value !== value) {
        down = false;
        continue;
      }
      path += `${down ? 'L' : 'M'}${x},${y(value)}`;
      down = true;
    }
  }
  return path;
}
