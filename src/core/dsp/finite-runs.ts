/** True when a sample is missing (NaN). A loop: `some` takes ten times as long on a long recording. */
export function hasGap(x: Float64Array): boolean {
  for (let i = 0; i < x.length; i++) if (Number.isNaN(x[i]!)) return true;
  return false;
}

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
