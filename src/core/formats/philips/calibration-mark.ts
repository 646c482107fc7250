/** Zeros before a calibration pulse that belong to the mark where the leads themselves are flat, in seconds. */
const MOST_BEFORE_S = 0.1;
/** A pulse is at least this long; the devices write 0.2 s. */
const SHORTEST_PULSE_S = 0.05;

/**
 * Where the calibration mark at the end of a strip begins: PageWriters and HeartStarts write zeros, a pulse of 1 mV
 * and zeros into every lead, which is no ECG and would be taken for a wide beat. All leads are the same there, with
 * zeros and one other value only. Not every device writes it.
 * @param leads all leads, before gain
 * @returns the first sample of the mark; the length of the strip where there is none
 */
export function calibrationMarkStart(
  leads: readonly (Int16Array | Int32Array)[],
  samplingRateHz: number,
): number {
  const [first, ...others] = leads;
  if (!first || others.length === 0) return first?.length ?? 0;
  const same = (k: number) => others.every((lead) => lead[k] === first[k]);
  const { length } = first;
  let at = length;
  const back = (wanted: number) => {
    const from = at;
    while (at > 0 && first[at - 1] === wanted && same(at - 1)) at--;
    return from - at;
  };
  back(0);
  const pulse = first[at - 1] ?? 0;
  const pulseLength = pulse === 0 ? 0 : back(pulse);
  if (pulseLength < SHORTEST_PULSE_S * samplingRateHz) return length;
  const pulseStart = at;
  if (back(0) === 0) return length;
  return at === 0 ? Math.max(0, Math.round(pulseStart - MOST_BEFORE_S * samplingRateHz)) : at;
}
