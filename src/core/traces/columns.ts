/** Columns of pixels over time: column c covers `startS + c*stepS` up to `startS + (c+1)*stepS`. */
export interface ColumnGrid {
  readonly startS: number;
  readonly stepS: number;
}

/** First sample at or after the left edge of a column. */
export function firstSampleOf(grid: ColumnGrid, column: number, rateHz: number): number {
  // The small term keeps an edge that falls on a sample from being pushed past it by rounding.
  return Math.max(0, Math.ceil((grid.startS + column * grid.stepS) * rateHz - 1e-6));
}

/**
 * One min/max pair per column, NaN for a column without a present sample. Every sample of the range falls into
 * exactly one column, so no peak is lost between two.
 * @param samples samples from `firstSampleOf(grid, fromColumn)` on, NaN where missing
 * @returns min, max, min, max, ... of columns [fromColumn, toColumn)
 */
export function columnEnvelope(
  samples: ArrayLike<number>,
  grid: ColumnGrid,
  rateHz: number,
  fromColumn: number,
  toColumn: number,
): Float32Array {
  const out = new Float32Array(2 * (toColumn - fromColumn)).fill(NaN);
  const origin = firstSampleOf(grid, fromColumn, rateHz);
  let i = 0;
  for (let column = fromColumn; column < toColumn; column++) {
    const end = Math.min(samples.length, firstSampleOf(grid, column + 1, rateHz) - origin);
    let min = Infinity;
    let max = -Infinity;
    for (; i < end; i++) {
      const v = samples[i]!;
      if (v < min) min = v;
      if (v > max) max = v;
    }
    if (min > max) continue;
    out[2 * (column - fromColumn)] = min;
    out[2 * (column - fromColumn) + 1] = max;
  }
  return out;
}
