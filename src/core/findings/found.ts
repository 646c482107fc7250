import type { BeatRows, FindingKind } from '../../shared/domain';

/** What a rule found, before it is known what the reader says of it. */
export interface Found {
  readonly kind: FindingKind;
  readonly startS: number;
  readonly endS: number;
  /** Beats it consists of; 0 where it is no matter of beats. */
  readonly beats: number;
  readonly rateBpm: number | null;
  readonly couplingMs?: number | null;
  readonly probability?: number | null;
  readonly leads?: readonly number[];
  /** Median width of QRS, of what is wide. */
  readonly qrsMs?: number;
  /** What was said of its segments, of what was flagged and nothing explains. */
  readonly reason?: string;
  /** Urgent whatever its kind: beats were missed in it for long, or its segments say so (`isPressingReason`). */
  readonly isPressing?: boolean;
  /** Place in the trail at which the last of its ectopic beats was set by hand, where all were. */
  readonly seenAt?: number;
}

/** What beats `first` to `last` are: their number and rate, and the interval by which the first came early. */
export function foundBeats(
  kind: FindingKind,
  { timeS, follows }: BeatRows,
  first: number,
  last: number,
): Found {
  const [startS, endS] = [timeS[first]!, timeS[last]!];
  return {
    kind,
    startS,
    endS,
    beats: last - first + 1,
    rateBpm: last > first ? (60 * (last - first)) / (endS - startS) : null,
    couplingMs: follows[first] === 1 ? 1000 * (startS - timeS[first - 1]!) : null,
  };
}

/** Rates that differ by less than rounding are one: beats every 500 ms are not faster than 120 bpm. */
const ROUNDING = 1e-9;

export function isAbove(bpm: number, thresholdBpm: number): boolean {
  return bpm > thresholdBpm * (1 + ROUNDING);
}

export function isBelow(bpm: number, thresholdBpm: number): boolean {
  return bpm < thresholdBpm * (1 - ROUNDING);
}
