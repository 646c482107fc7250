/**
 * Subtracts the mean and divides by the population standard deviation, in place of a model's own input
 * normalisation. Missing samples (NaN) do not count and become 0, the mean; a constant window becomes 0.
 *
 * @param x one window
 * @param out receives the result; a Float32Array for a model, a Float64Array to keep full precision
 */
export function standardise(x: Float64Array, out: Float32Array | Float64Array): void {
  let sum = 0;
  let present = 0;
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]!)) continue;
    sum += x[i]!;
    present++;
  }
  const mean = sum / present;
  let squares = 0;
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]!)) continue;
    const d = x[i]! - mean;
    squares += d * d;
  }
  const deviation = Math.sqrt(squares / present);
  for (let i = 0; i < x.length; i++) {
    out[i] = Number.isNaN(x[i]!) || !(deviation > 0) ? 0 : (x[i]! - mean) / deviation;
  }
}
