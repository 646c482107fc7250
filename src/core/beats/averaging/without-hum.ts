import { createDisplayFilter } from '../../dsp';
import { displayFilter, type NotchHz } from '../../../shared/domain';
import { upperMedian } from '../../../shared/domain/order-statistics';

const MAINS_HZ: readonly NotchHz[] = [50, 60];
/** Ten periods of 50 Hz and twelve of 60: a QRS complex lies in the lesser part of such windows. */
const WINDOW_S = 0.2;
/**
 * Hum of this moves the end of QRS by 5 ms or less in 20 of 22 records of MIT-BIH; of 0.1 mV and 50 Hz it makes QRS last 200
 * to 320 ms in 13.
 */
const LEAST_MV = 0.02;

/**
 * A lead without the hum of the mains, where it has some: through the notch of the screen at 50 or 60 Hz, zero-phase. Hum
 * that is left in an averaged beat lengthens its QRS to where the hum ends.
 * @param samples mV, NaN where missing
 */
export function withoutHum(samples: Float64Array, rateHz: number): Float64Array {
  let clean = samples;
  for (const hz of MAINS_HZ) {
    if (humMv(samples, rateHz, hz) < LEAST_MV) continue;
    clean = createDisplayFilter(rateHz, displayFilter(`raw+${hz}`))?.apply(clean) ?? clean;
  }
  return clean;
}

/** Amplitude of a frequency in most of a lead, mV: the median over windows, whose trend is taken off. */
function humMv(samples: Float64Array, rateHz: number, hz: number): number {
  if (rateHz <= 2 * hz) return 0;
  const length = Math.round(WINDOW_S * rateHz);
  const amplitudes: number[] = [];
  for (let from = 0; from + length <= samples.length; from += length) {
    const amplitude = amplitudeIn(
      samples.subarray(from, from + length),
      (2 * Math.PI * hz) / rateHz,
    );
    if (!Number.isNaN(amplitude)) amplitudes.push(amplitude);
  }
  return amplitudes.length > 0 ? upperMedian(amplitudes) : 0;
}

/** Of the frequency `step` (radians a sample) in a window without the straight line through its ends. */
function amplitudeIn(window: Float64Array, step: number): number {
  const slope = (window.at(-1)! - window[0]!) / (window.length - 1);
  let [re, im] = [0, 0];
  window.forEach((value, i) => {
    const level = value - window[0]! - slope * i;
    re += level * Math.cos(step * i);
    im += level * Math.sin(step * i);
  });
  return (2 * Math.hypot(re, im)) / window.length;
}
