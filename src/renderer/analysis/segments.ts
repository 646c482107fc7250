import type { Segment, TimeSpan } from '../../shared/domain';
import { firstWhere } from '../../shared/domain/lower-bound';

/**
 * The stretch of the recording that stands for a segment on bands and overviews. Windows of 10 s start every
 * 5 s and so overlap; each is shown by the hop that starts it, and the last one, flush with the end, by what
 * is left. The cells follow one another without gap or overlap.
 */
export interface Cell {
  readonly segment: Segment;
  readonly startS: number;
  readonly endS: number;
}

/** Hop of the segment grid, for recordings too short to show theirs. */
const DEFAULT_HOP_S = 5;

/** Seconds between the starts of two segments; the last may be nearer, so it does not count. */
function hopOf(segments: readonly Segment[]): number {
  const [a, b] = segments;
  return segments.length >= 3 && a && b && b.index === a.index + 1
    ? b.startS - a.startS
    : DEFAULT_HOP_S;
}

/** Cells of segments in order of their index. Segments that are not there yet leave a gap. */
export function cellsOf(segments: readonly Segment[], durationS: number): Cell[] {
  const hopS = hopOf(segments);
  return segments.map((segment, i): Cell => {
    const previous = segments[i - 1];
    const isLast = i === segments.length - 1 && segment.endS >= durationS - 1e-6;
    const startS =
      isLast && previous && previous.index === segment.index - 1
        ? Math.max(previous.startS, Math.min(previous.startS + hopS, segment.endS))
        : segment.startS;
    return { segment, startS, endS: isLast ? segment.endS : segment.startS + hopS };
  });
}

/** Position of the cell that holds a time, or the nearest one; -1 without cells. */
export function cellAt(cells: readonly Cell[], timeS: number): number {
  const next = firstWhere(cells, ({ startS }) => startS > timeS);
  return cells.length === 0 ? -1 : Math.max(0, next - 1);
}

/**
 * What an analysis has not come to: while it runs, and for good where it was stopped, failed or never began.
 * @param isKnown what was found is there without an analysis of this page, as of an earlier reading
 */
export function leftUnread(
  analysis: {
    readonly status: { readonly state: string } | null;
    readonly segments: readonly Segment[];
  },
  durationS: number,
  isKnown: boolean,
): TimeSpan[] {
  if (analysis.status)
    return analysis.status.state === 'done' ? [] : unreadSpans(analysis.segments, durationS);
  return isKnown ? [] : [{ startS: 0, endS: durationS }];
}

/** Spans of a recording in which there are no segments yet, in time order. */
export function unreadSpans(segments: readonly Segment[], durationS: number): TimeSpan[] {
  const spans: TimeSpan[] = [];
  let readS = 0;
  for (const { startS, endS } of segments) {
    if (startS > readS) spans.push({ startS: readS, endS: startS });
    readS = Math.max(readS, endS);
  }
  if (readS < durationS - 1) spans.push({ startS: readS, endS: durationS });
  return spans;
}

/**
 * Segments with more of them, in the order of their index; one that is there already is replaced. They come many times a
 * second while a day is read, most of them after all others: what is known is copied, and never sorted again.
 */
export function mergedSegments(known: readonly Segment[], more: readonly Segment[]): Segment[] {
  // The last of several of one index holds.
  const fresh = [...new Map(more.map((segment) => [segment.index, segment])).values()];
  fresh.sort((a, b) => a.index - b.index);
  const first = fresh[0]?.index ?? Infinity;
  let at = known.length;
  while (at > 0 && known[at - 1]!.index >= first) at--;
  const merged = known.slice(0, at);
  for (const segment of fresh) {
    for (; at < known.length && known[at]!.index < segment.index; at++) merged.push(known[at]!);
    if (known[at]?.index === segment.index) at++;
    merged.push(segment);
  }
  for (; at < known.length; at++) merged.push(known[at]!);
  return merged;
}
