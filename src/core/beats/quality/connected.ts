import { QUALITY } from './signal-quality';

/** A quiet lead that is whole for less than this is taken for a heart that pauses; for longer it is off. */
const LONGEST_PAUSE_S = 5;

/**
 * Tells a pause from a lead that is off: both are quiet. A lead that is quiet for less than 5 s, with no sample missing
 * and something on it before and after, is connected and shows a pause, as does a segment of which half is quiet
 * (`unreadableReason`).
 * @param quality of each second from the first sample on (`signalQuality`)
 * @returns the same, with such seconds good
 */
export function connectedSeconds(
  quality: Uint8Array,
  rawMv: Float64Array,
  rateHz: number,
): Uint8Array {
  const out = quality.slice();
  for (let first = 0; first < quality.length; first++) {
    if (quality[first] !== QUALITY.off) continue;
    let end = first;
    while (end < quality.length && quality[end] === QUALITY.off) end++;
    const isInside = first > 0 && end < quality.length;
    const samples = rawMv.subarray(Math.floor(first * rateHz), Math.ceil(end * rateHz));
    if (isInside && end - first < LONGEST_PAUSE_S && !samples.some(Number.isNaN)) {
      out.fill(QUALITY.good, first, end);
    }
    first = end;
  }
  return out;
}
