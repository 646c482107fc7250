import type { Finding, Segment, TimeSpan } from '../../shared/domain';
import { isBorderline } from '../../shared/domain/segment-standing';

/** What a reader who decides first is shown of an event, or of a stretch in which nothing was found. */
export const STRETCH_S = 10;

/** A stretch to say something of before it is told what was found in it. Times are seconds from the start. */
export interface BlindStretch extends TimeSpan {
  readonly id: string;
  /** The event in it; null where nothing was found. */
  readonly event: Finding | null;
  /** The segment that it is, where nothing was found. */
  readonly segment: Segment | null;
}

/** One stretch in which nothing was found for so many events, and never fewer than so many. */
const EVENTS_A_QUIET_ONE = 2;
const FEWEST_QUIET = 2;

/**
 * Events among stretches in which nothing was found, in the order of time: that a stretch is shown says nothing. An event
 * lies anywhere in its stretch, of a longer one any part is shown: the middle of the paper says nothing either. The same
 * events give the same stretches.
 */
export function blindStretches(
  events: readonly Finding[],
  found: readonly Finding[],
  segments: readonly Segment[],
  durationS: number,
): BlindStretch[] {
  const ofEvents = events.map((event): BlindStretch => {
    return { id: event.id, ...stretchOf(event, durationS), event, segment: null };
  });
  const wanted = Math.max(FEWEST_QUIET, Math.ceil(events.length / EVENTS_A_QUIET_ONE));
  const quiet = quietSegments(segments, found)
    .map((segment) => ({ segment, rank: shareOf(`quiet ${segment.index}`) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, wanted)
    .map(({ segment }): BlindStretch => {
      const { index, startS, endS } = segment;
      return { id: `segment ${index}`, startS, endS, event: null, segment };
    });
  return [...ofEvents, ...quiet].sort((a, b) => a.startS - b.startS || (a.id < b.id ? -1 : 1));
}

/** What of a stretch is shown on paper on which not all of it fits: a part with the event in it. */
export function shownOf(stretch: BlindStretch, spanS: number, durationS: number): TimeSpan {
  if (spanS >= STRETCH_S) return stretch;
  if (stretch.event) return stretchOf(stretch.event, durationS, spanS);
  const { id, startS, endS } = stretch;
  const from = startS + shareOf(id) * Math.max(0, endS - startS - spanS);
  return { startS: from, endS: Math.min(endS, from + spanS) };
}

function stretchOf(
  { id, startS, endS }: Finding,
  durationS: number,
  lengthS = STRETCH_S,
): TimeSpan {
  const share = shareOf(id);
  // Of a longer event the room is less than none: then the stretch begins within the event.
  const roomS = lengthS - (endS - startS);
  const from = Math.min(Math.max(0, startS - share * roomS), Math.max(0, durationS - lengthS));
  return { startS: from, endS: Math.min(durationS, from + lengthS) };
}

/** Segments that are read, in which nothing at all was found. */
function quietSegments(segments: readonly Segment[], found: readonly Finding[]): Segment[] {
  const spans: { startS: number; endS: number }[] = [];
  for (const { startS, endS } of [...found].sort((a, b) => a.startS - b.startS)) {
    const last = spans.at(-1);
    if (last && startS <= last.endS) last.endS = Math.max(last.endS, endS);
    else spans.push({ startS, endS });
  }
  let at = 0;
  return [...segments]
    .sort((a, b) => a.startS - b.startS)
    .filter((segment) => {
      while (at < spans.length && spans[at]!.endS < segment.startS) at++;
      const meets = at < spans.length && spans[at]!.startS <= segment.endS;
      return segment.verdict === 'Normal' && !isBorderline(segment) && !meets;
    });
}

/** A share from 0 to 1 that a text always has: FNV-1a with the finish of MurmurHash3. */
function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
