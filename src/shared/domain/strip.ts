/** A recording up to this long is a strip, in s: it has no resting rhythm to compare with, and one rhythm throughout. */
const STRIP_S = 61;

/** Whether a recording is one that somebody took for a moment, as handheld devices do. */
export function isStrip(durationS: number): boolean {
  return durationS <= STRIP_S;
}
