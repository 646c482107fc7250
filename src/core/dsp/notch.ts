import type { Section } from './butterworth';

/** Width of the notch: frequency over its -3 dB bandwidth. */
const Q = 30;

/**
 * Second-order notch at a mains frequency, as SciPy's `iirnotch(hz, 30, fs=rateHz)` (Orfanidis, Introduction to Signal
 * Processing, 1996, 11.3.27).
 * @param rateHz sampling rate, above 2 * hz
 * @throws RangeError where the rate cannot carry the frequency
 */
export function designNotch(rateHz: number, hz: number): { section: Section; poleRadius: number } {
  if (!(rateHz > 2 * hz)) throw new RangeError(`a rate of ${rateHz} Hz cannot carry ${hz} Hz`);
  const w0 = (2 * Math.PI * hz) / rateHz;
  const beta = Math.tan(w0 / Q / 2);
  const gain = 1 / (1 + beta);
  const cosine = Math.cos(w0);
  return {
    section: [gain, -2 * gain * cosine, gain, -2 * gain * cosine, 2 * gain - 1],
    poleRadius: Math.sqrt(Math.abs(2 * gain - 1)),
  };
}
