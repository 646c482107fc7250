import type { MethodOutput } from '../../shared/contract';

export type TileTrace = MethodOutput<'traces.tile'>['leads'][number];

/**
 * The grid that tiles are asked on. Columns are anchored to recording time, not to the window, so that a
 * peak keeps its shape while it scrolls.
 */
export interface TileLevel {
  /** Names the level in the cache. */
  readonly key: string;
  readonly tileS: number;
  readonly columns: number;
}

/** Columns per tile stay near this whatever the scale, so that one request costs about the same. */
const COLUMNS_PER_TILE = 768;

/**
 * Level for a drawing scale. `density` is the number of columns per CSS px: two keep every sample of a
 * 360 Hz lead at 25 mm/s, one is enough for many leads.
 */
export function tileLevel(pxPerS: number, density: number): TileLevel {
  const columnsPerS = Math.max(0.01, pxPerS * density);
  // A power of two in seconds, so that tile edges are exact binary fractions.
  const tileS = 2 ** Math.max(0, Math.round(Math.log2(COLUMNS_PER_TILE / columnsPerS)));
  const columns = Math.min(16_384, Math.ceil(tileS * columnsPerS));
  return { key: `${tileS}/${columns}`, tileS, columns };
}

/** Indices of the tiles that touch [startS, endS), inside a recording of `durationS`. */
export function tilesBetween(
  level: TileLevel,
  startS: number,
  endS: number,
  durationS: number,
): { first: number; last: number } {
  const lastTile = Math.max(0, Math.ceil(durationS / level.tileS) - 1);
  const clamp = (i: number): number => Math.min(lastTile, Math.max(0, i));
  return {
    first: clamp(Math.floor(startS / level.tileS)),
    last: clamp(Math.ceil(endS / level.tileS) - 1),
  };
}

/**
 * Value drawn at a time: the nearest sample, or for an envelope the mean of its column's pair. NaN where
 * there is none.
 */
export function valueAt(trace: TileTrace, timeS: number): number {
  const position = (timeS - trace.t0S) / trace.stepS;
  if (trace.kind === 'samples') return trace.values[Math.round(position)] ?? NaN;
  const column = Math.floor(position);
  const low = trace.values[2 * column];
  const high = trace.values[2 * column + 1];
  return low === undefined || high === undefined ? NaN : (low + high) / 2;
}
