import type { TimeSpan } from '../../shared/domain';
import type { ReadableTime } from './readable-time';
import { spanAt, touches } from './time-spans';

/** Beats nearer than this to a stretch with every lead off are the electrode's, not the heart's. */
const EDGE_S = 1;

/** What of `BeatColumns` findings are made of. */
export interface Beats {
  /** R peaks in time order. */
  readonly timeS: Float64Array;
  /** Index into BEAT_CLASSES. */
  readonly beatClass: Uint8Array;
}

/** The beats that count, and which of them follow each other with nothing unknown between them. */
export interface BeatRows extends Beats {
  /** 1 where the interval from the beat before can be measured, [beats]; 0 for the first of a row. */
  readonly follows: Uint8Array;
}

/** What a reader's rejections do to the beats: see `rejections.ts`. */
export interface TakenOut {
  /** 1 for a beat that is in no figure, [beats]. */
  readonly out: Uint8Array;
  /** Intervals that a reader rejected: one that spans any of these is no interval. */
  readonly gaps: readonly TimeSpan[];
}

/**
 * Leaves out beats of time that cannot be read and those at the edge of a stretch with every lead off, and breaks the
 * row there: what is not seen is no pause.
 */
export function beatRows(
  { timeS, beatClass }: Beats,
  { readable, off }: ReadableTime,
  { out, gaps }: TakenOut = { out: new Uint8Array(timeS.length), gaps: [] },
): BeatRows {
  const edges = off.map(({ startS, endS }) => ({ startS: startS - EDGE_S, endS: endS + EDGE_S }));
  const kept: number[] = [];
  const follows: number[] = [];
  const gapBetween = gapFinder(gaps);
  let row = -1;
  let last = -Infinity;
  for (let i = 0; i < timeS.length; i++) {
    const at = timeS[i]!;
    if (out[i] === 1) {
      row = -1;
      continue;
    }
    const span = spanAt(readable, at);
    if (span < 0 || touches(edges, at, at)) continue;
    const unbroken = span === row && at > last && !gapBetween(last, at);
    kept.push(i);
    follows.push(unbroken ? 1 : 0);
    row = span;
    last = at;
  }
  return {
    timeS: Float64Array.from(kept, (i) => timeS[i]!),
    beatClass: Uint8Array.from(kept, (i) => beatClass[i]!),
    follows: Uint8Array.from(follows),
  };
}

/**
 * Tells whether an interval spans a gap, of intervals asked for in time order. A beat added inside a gap makes
 * intervals that no longer span it.
 */
function gapFinder(gaps: readonly TimeSpan[]): (startS: number, endS: number) => boolean {
  const sorted = [...gaps].sort((a, b) => a.startS - b.startS);
  let next = 0;
  return (startS, endS) => {
    while (next < sorted.length && sorted[next]!.endS <= startS) next++;
    for (let i = next; i < sorted.length && sorted[i]!.startS < endS; i++) {
      const gap = sorted[i]!;
      const toleranceS = 0.1 * (gap.endS - gap.startS);
      if (startS <= gap.startS + toleranceS && endS >= gap.endS - toleranceS) return true;
    }
    return false;
  };
}

/** Rows as [first, last] beat; a lone beat is a row. */
export function* rowsOf({ follows }: BeatRows): Generator<readonly [number, number]> {
  for (let first = 0; first < follows.length;) {
    let last = first;
    while (last + 1 < follows.length && follows[last + 1] === 1) last++;
    yield [first, last];
    first = last + 1;
  }
}
