/** A place in one lead or beat, with how much its word counts. */
export interface Placed {
  readonly at: number;
  readonly weight: number;
}

/** Where they together have something: the weighted median; null where none has it. */
export function consensus(places: readonly (Placed | null)[]): number | null {
  const known = places.filter((place) => place !== null).sort((a, b) => a.at - b.at);
  const half = known.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  for (const { at, weight } of known) {
    sum += weight;
    if (sum >= half) return at;
  }
  return null;
}

/**
 * How steadily each lead has it at its own place, from beat to beat: the share of the weight within a distance of the
 * lead's median, 0 to 1.
 */
export function steadiness(leads: readonly (readonly Placed[])[], distance: number): number {
  let near = 0;
  let sum = 0;
  for (const places of leads) {
    const middle = consensus(places);
    if (middle === null) continue;
    for (const { at, weight } of places) {
      sum += weight;
      if (Math.abs(at - middle) <= distance) near += weight;
    }
  }
  return sum > 0 ? near / sum : 0;
}
