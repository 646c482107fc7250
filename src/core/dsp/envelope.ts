/**
 * Lowest and highest sample of each of `columns` equal parts of a stretch of signal, for drawing one pixel
 * column each: `[min0, max0, min1, max1, ...]`, twice `columns` long. A column that contains a missing sample
 * (NaN), or no sample at all, is NaN: a gap is never drawn across.
 */
export function minMaxEnvelope(
  samples: Float64Array | Float32Array,
  columns: number,
): Float32Array {
  const out = new Float32Array(2 * columns);
  for (let c = 0; c < columns; c++) {
    const start = Math.floor((c * samples.length) / columns);
    const end = Math.floor(((c + 1) * samples.length) / columns);
    let low = end > start ? Infinity : NaN;
    let high = -low;
    for (let i = start; i < end; i++) {
      const v = samples[i]!;
      // Comparisons with NaN are false: test for it, or a gap would vanish inside its column.
      if (Number.isNaN(v)) {
        low = NaN;
        high = NaN;
        break;
      }
      if (v < low) low = v;
      if (v > high) high = v;
    }
    out[2 * c] = low;
    out[2 * c + 1] = high;
  }
  return out;
}
