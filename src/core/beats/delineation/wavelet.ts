/** Rate that delineation works at: 2 ms between samples, and the scales of the paper lie on whole dilations. */
export const DELINEATION_RATE_HZ = 500;

/** Marks read off a transform lie this many samples later: its first smoothing is centred between two samples. */
export const HALF_SAMPLE = 0.5;

/**
 * Dyadic wavelet transform of a signal at 500 Hz with the quadratic spline of Mallat & Zhong ("Characterization of
 * signals from multiscale edges", IEEE Trans Pattern Anal Mach Intell 1992; 14:710-732, table 1: h = 1/8, 3/8, 3/8,
 * 1/8; g = 2, -2), by the algorithme a trous without decimation. It is proportional to the derivative of the smoothed
 * signal: positive where the signal rises, 0 at its peaks.
 *
 * Martinez et al. 2004 (see `thresholds.ts`), section II, work at 250 Hz; the same bands at 500 Hz are one dilation up.
 * @param signal samples at 500 Hz, finite
 * @returns their scales 2^1 to 2^5, [5], each as long as the signal; sample i stands for i + `HALF_SAMPLE`
 */
export function waveletScales(signal: Float64Array): Float64Array[] {
  let smooth = smoothed(signal, 1);
  const scales: Float64Array[] = [];
  for (let dilation = 2; dilation <= 32; dilation *= 2) {
    scales.push(difference(smooth, dilation));
    if (dilation < 32) smooth = smoothed(smooth, dilation);
  }
  return scales;
}

/** The low-pass h, its taps `dilation` apart; the first and last sample go on beyond the ends. */
function smoothed(x: Float64Array, dilation: number): Float64Array {
  const out = new Float64Array(x.length);
  const last = x.length - 1;
  const first = dilation === 1 ? -1 : -1.5 * dilation;
  const at = (i: number): number => x[i < 0 ? 0 : i > last ? last : i]!;
  for (let i = 0; i < x.length; i++) {
    const a = i + first;
    out[i] = (at(a) + 3 * at(a + dilation) + 3 * at(a + 2 * dilation) + at(a + 3 * dilation)) / 8;
  }
  return out;
}

/** The high-pass g, its taps `dilation` apart, about the middle. */
function difference(x: Float64Array, dilation: number): Float64Array {
  const out = new Float64Array(x.length);
  const last = x.length - 1;
  const half = dilation / 2;
  for (let i = 0; i < x.length; i++) {
    out[i] = 2 * (x[Math.min(last, i + half)]! - x[Math.max(0, i - half)]!);
  }
  return out;
}

/** Samples of the transform in a number of milliseconds. */
export function samplesOf(ms: number): number {
  return Math.round((ms * DELINEATION_RATE_HZ) / 1000);
}
