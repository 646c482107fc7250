import { qualityFeatures, SECOND_FEATURES } from './quality-features';
import { QUALITY_WEIGHTS } from './quality-weights';

/** What a second of a lead is worth; the numbers are those of `signalQuality`. */
export const QUALITY = { off: 0, noisy: 1, good: 2 } as const;

/** The network's inputs were clipped to this many standard deviations. */
const CLIP = 4;

/**
 * Quality of one lead, second by second: 0 off (flat below 0.02 mV, or mostly missing), 1 noisy (its beats cannot be
 * trusted), 2 good. Learned from real electrode motion, muscle noise and wander added to Holter leads, from strips that
 * cardiologists called too noisy, and from ventricular fibrillation, which is no noise (training/quality/fit.py). Of
 * records held out, 81 % of the seconds with noise at 0 dB are noisy, 62 % at 3 dB, 3 % at 12 dB and 0.1 % without.
 *
 * @param rawMv samples in mV as recorded, NaN where missing; half a minute or more is best, since beats are compared
 * @param rateHz 100 Hz or more
 * @returns one value per second from the first sample on, [ceil(length / rateHz)]; the last may be of a shorter one
 */
export function signalQuality(rawMv: Float64Array, rateHz: number): Uint8Array {
  const { seconds, rows, off } = qualityFeatures(rawMv, rateHz);
  const width = SECOND_FEATURES.length;
  const { reachesS, mean, scale, hidden, hiddenBias, out, outBias, threshold } = QUALITY_WEIGHTS;
  for (let s = 0; s < seconds; s++) if (off[s]) rows.set(mean.slice(0, width), s * width);
  const sums = runningSums(rows, seconds, width);
  const inputs = new Float64Array(reachesS.length * width);
  return off.map((isOff, s) => {
    if (isOff) return QUALITY.off;
    reachesS.forEach((reach, r) => {
      const low = Math.max(0, s - reach);
      const high = Math.min(seconds, s + reach + 1);
      for (let f = 0; f < width; f++) {
        const i = r * width + f;
        const average = (sums[high * width + f]! - sums[low * width + f]!) / (high - low);
        inputs[i] = Math.max(-CLIP, Math.min(CLIP, (average - mean[i]!) / scale[i]!));
      }
    });
    let logit = outBias[0]!;
    hiddenBias.forEach((bias, h) => {
      let sum = bias;
      for (let i = 0; i < inputs.length; i++) sum += hidden[h * inputs.length + i]! * inputs[i]!;
      if (sum > 0) logit += out[h]! * sum;
    });
    return logit > threshold ? QUALITY.noisy : QUALITY.good;
  });
}

/** Sums of the rows before each, [seconds + 1, width]. */
function runningSums(rows: Float32Array, seconds: number, width: number): Float64Array {
  const sums = new Float64Array((seconds + 1) * width);
  for (let i = 0; i < seconds * width; i++) sums[i + width] = sums[i]! + rows[i]!;
  return sums;
}
