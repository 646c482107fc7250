import { crossing, edgeOf, slopesBetween, steepest, type Slope } from './slopes';

/** A wave of one beat in one lead, places in samples. */
export interface Wave {
  readonly onset: number;
  readonly peak: number;
  readonly end: number;
  /** Steepest slope, of the transform. */
  readonly size: number;
}

export interface WaveRules {
  /** Least modulus of both slopes of the wave. */
  readonly least: number;
  /** Slopes that belong to it, against its largest. */
  readonly slope: number;
  readonly onset: number;
  readonly end: number;
  readonly after: number;
}

/**
 * A P or T wave in [from, to) of one scale: two slopes of opposite sign with its peak between them, more where it is
 * biphasic (Martinez et al. 2004, section III-C).
 * @param w scale on which slopes are sought
 * @param finer scale on which the peak is placed
 */
export function findWave(
  w: Float64Array,
  finer: Float64Array,
  from: number,
  to: number,
  rules: WaveRules,
): Wave | null {
  const slopes = slopesBetween(w, from, to);
  const main = steepest(slopes);
  if (!main || Math.abs(main.value) < rules.least) return null;
  const size = Math.abs(main.value);
  const least = Math.max(rules.least, rules.slope * size);
  const own = slopes.filter((slope) => Math.abs(slope.value) >= least);
  const k = own.indexOf(main);
  const partner = (other: Slope | undefined): number =>
    other && other.value * main.value < 0 ? Math.abs(other.value) : 0;
  const before = partner(own[k - 1]);
  const after = partner(own[k + 1]);
  if (before === 0 && after === 0) return null;
  const [first, last] = after >= rules.after * before ? [main, own[k + 1]!] : [own[k - 1]!, main];
  const onset = edgeOf(w, first, rules.onset, -1, from - 1) ?? from;
  const end = edgeOf(w, last, rules.end, 1, to) ?? to;
  return { onset, peak: crossing(finer, first.at, last.at), end, size };
}
