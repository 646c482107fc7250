/** A modulus maximum of the transform: the steepest place of one slope of the signal. */
export interface Slope {
  readonly at: number;
  /** Of the transform there: above 0 where the signal rises. */
  readonly value: number;
}

/** Modulus maxima of a scale in [from, to), in time order; both ends are clipped to the signal. */
export function slopesBetween(w: Float64Array, from: number, to: number): Slope[] {
  const found: Slope[] = [];
  const last = Math.min(to, w.length - 1);
  for (let i = Math.max(1, from); i < last; i++) {
    const value = w[i]!;
    const here = Math.abs(value);
    // A neighbour of the other sign is no slope of this wave.
    const before = value * w[i - 1]! > 0 ? Math.abs(w[i - 1]!) : 0;
    const after = value * w[i + 1]! > 0 ? Math.abs(w[i + 1]!) : 0;
    if (here > 0 && here > before && here >= after) found.push({ at: i, value });
  }
  return found;
}

export function steepest(slopes: readonly Slope[]): Slope | null {
  let best: Slope | null = null;
  for (const slope of slopes) {
    if (!best || Math.abs(slope.value) > Math.abs(best.value)) best = slope;
  }
  return best;
}

/** Root mean square of a scale over [from, to). */
export function rmsBetween(w: Float64Array, from: number, to: number): number {
  const start = Math.max(0, from);
  const end = Math.min(w.length, to);
  let sum = 0;
  for (let i = start; i < end; i++) sum += w[i]! * w[i]!;
  return end > start ? Math.sqrt(sum / (end - start)) : 0;
}

/**
 * Where a slope begins (step -1) or ends (step 1): the transform falls below a part of it, or has a minimum of its
 * modulus, whichever is nearer to the slope (Martinez et al. 2004, section III-B). A place between two samples
 * where it crosses the threshold.
 * @returns null where neither comes before `limit`
 */
export function edgeOf(
  w: Float64Array,
  slope: Slope,
  share: number,
  step: 1 | -1,
  limit: number,
): number | null {
  const sign = Math.sign(slope.value);
  const threshold = share * Math.abs(slope.value);
  let before = Math.abs(slope.value);
  for (let i = slope.at + step; i !== limit && i >= 0 && i < w.length; i += step) {
    const here = sign * w[i]!;
    if (here < threshold) {
      return i - step * ((threshold - here) / Math.max(1e-30, before - here));
    }
    if (here > before) return i - step;
    before = here;
  }
  return null;
}

/** Where the transform crosses 0 between two slopes of opposite sign: the peak of the wave. */
export function crossing(w: Float64Array, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const a = w[i]!;
    const b = w[i + 1]!;
    if (a === 0) return i;
    if (a * b < 0) return i + a / (a - b);
  }
  return (from + to) / 2;
}
