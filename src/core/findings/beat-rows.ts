import { withRows, type BeatRows, type TimeSpan } from '../../shared/domain';
import type { ReadableTime } from './readable-time';
import { joined, without } from './time-spans';

/** Beats nearer than this to a stretch with every lead off are the electrode's, not the heart's. */
const EDGE_S = 1;

/** What of `BeatColumns` findings are made of. */
export interface Beats {
  /** R peaks in time order. */
  readonly timeS: Float64Array;
  /** Index into BEAT_CLASSES. */
  readonly beatClass: Uint8Array;
  /** Place in the trail at which each was last set by hand, 0 where never, [beats]; absent where none was. */
  readonly handAt?: Uint32Array | undefined;
}

/** The beats that count, each with which of the given beats it is. */
export interface PlacedRows extends BeatRows {
  /** [beats] */
  readonly index: Uint32Array;
  /** As in `Beats`. */
  readonly handAt?: Uint32Array | undefined;
  /** Instants of the beats that a reader's rejections took out, in time order. */
  readonly takenOutS: Float64Array;
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
  { timeS, beatClass, handAt }: Beats,
  { readable, off }: ReadableTime,
  { out, gaps }: TakenOut = { out: new Uint8Array(timeS.length), gaps: [] },
): PlacedRows {
  const electrode = off.map(({ startS, endS }) => ({
    startS: startS - EDGE_S,
    endS: endS + EDGE_S,
  }));
  const spanOf = finder(without(readable, joined(electrode)));
  const gapBetween = gapFinder(gaps);
  const times = new Float64Array(timeS.length);
  const classes = new Uint8Array(timeS.length);
  const follows = new Uint8Array(timeS.length);
  const index = new Uint32Array(timeS.length);
  const takenOutS: number[] = [];
  let kept = 0;
  let row = -1;
  for (let i = 0; i < timeS.length; i++) {
    if (out[i] === 1) {
      takenOutS.push(timeS[i]!);
      row = -1;
      continue;
    }
    const at = timeS[i]!;
    const span = spanOf(at);
    if (span < 0) continue;
    const last = times[kept - 1]!;
    if (span === row && at > last && !gapBetween(last, at)) follows[kept] = 1;
    times[kept] = at;
    classes[kept] = beatClass[i]!;
    index[kept] = i;
    row = span;
    kept++;
  }
  return withRows({
    timeS: times.slice(0, kept),
    beatClass: classes.slice(0, kept),
    follows: follows.slice(0, kept),
    index: index.slice(0, kept),
    takenOutS: Float64Array.from(takenOutS),
    handAt: handAt && Uint32Array.from(index.subarray(0, kept), (i) => handAt[i]!),
  });
}

/** Index of the span that holds an instant, its end included, or -1; of instants asked for in time order. */
function finder(spans: readonly TimeSpan[]): (timeS: number) => number {
  let next = 0;
  return (timeS) => {
    while (next < spans.length && spans[next]!.endS < timeS) next++;
    return next < spans.length && spans[next]!.startS <= timeS ? next : -1;
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
      if (spansGap(sorted[i]!, { startS, endS })) return true;
    }
    return false;
  };
}

/** Whether an interval is the one that was rejected: it reaches over it, but for a tenth at either end. */
export function spansGap(gap: TimeSpan, { startS, endS }: TimeSpan): boolean {
  const toleranceS = 0.1 * (gap.endS - gap.startS);
  return startS <= gap.startS + toleranceS && endS >= gap.endS - toleranceS;
}
