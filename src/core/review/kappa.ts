/**
 * Cohen's kappa of two readers' words on the same things, without weights: the agreement beyond that which their own
 * frequencies would bring about, (po - pe) / (1 - pe) (Cohen J. A coefficient of agreement for nominal scales.
 * Educational and Psychological Measurement 1960;20:37-46).
 * @param pairs what the first and the second said of each
 * @returns -1 to 1; null where it is not defined: nothing was said, or both said one and the same of everything
 */
export function cohenKappa(pairs: readonly (readonly [string, string])[]): number | null {
  const total = pairs.length;
  const said = [new Map<string, number>(), new Map<string, number>()] as const;
  let same = 0;
  for (const [first, second] of pairs) {
    said[0].set(first, (said[0].get(first) ?? 0) + 1);
    said[1].set(second, (said[1].get(second) ?? 0) + 1);
    if (first === second) same++;
  }
  let byChance = 0;
  for (const [word, count] of said[0]) byChance += count * (said[1].get(word) ?? 0);
  const rest = total * total - byChance;
  return rest === 0 ? null : (same * total - byChance) / rest;
}
