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

/** A signal that starts at 0, as what lies before it counts as 0, and in which a gap goes on as it began. */
export function withoutGaps(x: Float64Array): Float64Array {
  const first = x.find((value) => !Number.isNaN(value)) ?? 0;
  let last = 0;
  return x.map((value) => {
    if (!Number.isNaN(value)) last = value - first;
    return last;
  });
}
