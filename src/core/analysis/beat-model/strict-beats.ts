/** Classes that are ectopic beats. */
const ECTOPIC = new Set(['S', 'V', 'F']);

/**
 * Asks more of ectopic beats, as a strip's segments do (`strip.shiftLogit` of the card): most that looks like one in a
 * strip that somebody held for half a minute is a movement. Classes that are no ectopic beats keep their ratios.
 * @param probabilities class probabilities, [beats, classes]; not changed
 * @param shiftLogit added to the log odds of each ectopic class against the others
 * @returns class probabilities, [beats, classes]
 */
export function strictBeats(
  probabilities: Float32Array,
  classes: readonly string[],
  shiftLogit: number,
): Float32Array {
  const width = classes.length;
  const share = Math.exp(shiftLogit);
  const strict = probabilities.map((value, i) =>
    ECTOPIC.has(classes[i % width]!) ? share * value : value,
  );
  for (let from = 0; from < strict.length; from += width) {
    const row = strict.subarray(from, from + width);
    const total = row.reduce((sum, value) => sum + value, 0);
    for (let c = 0; c < width; c++) row[c]! /= total;
  }
  return strict;
}
