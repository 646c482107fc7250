/** The median of the numbers among some values, the upper of two in the middle; NaN where there is none. */
export function upperMedian(values: Iterable<number>): number {
  const known = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  return known[known.length >> 1] ?? NaN;
}

/** The median of ascending values, the mean of two in the middle; NaN of none. */
export function medianOfSorted(sorted: ArrayLike<number>): number {
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return sorted.length === 0 ? NaN : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Linear interpolation between order statistics, as NumPy's `quantile` (Hyndman & Fan 1996, type 7); NaN of none. */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return NaN;
  const at = q * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return low + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - low);
}
