/** Calls `visit(start, end)` for each longest stretch of `x` without a missing sample (NaN), in order. */
export function forEachFiniteRun(
  x: Float64Array,
  visit: (start: number, end: number) => void,
): void {
  for (let i = 0; i < x.length;) {
    while (i < x.length && Number.isNaN(x[i]!)) i++;
    const start = i;
    while (i < x.length && !Number.isNaN(x[i]!)) i++;
    if (i > start) visit(start, i);
  }
}
