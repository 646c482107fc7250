/** Beats [first, end) with a time in [startS, endS). */
export function beatsIn(timeS: Float64Array, startS: number, endS: number): [number, number] {
  return [lowerBound(timeS, startS), lowerBound(timeS, endS)];
}

function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
