import type { Finding, Segment, SegmentDecision } from '../../shared/domain';
import type { FoundKind } from './report-findings';

export interface ChosenStrip {
  readonly segment: Segment;
  readonly title: string;
}

export interface StripChoice {
  /** In time order. */
  readonly chosen: readonly ChosenStrip[];
  readonly leftOut: readonly { readonly title: string; readonly segments: number }[];
}

/** Title of a flagged segment in which no named finding lies. */
const UNNAMED = 'Flagged segment';
/** Title of the one strip of a recording in which there is nothing else to show. */
const NOTHING = 'Nothing flagged: start of the recording';
const READER_ABNORMAL = 'Abnormal by the reader';

/**
 * Which segments get a strip. Wanted are the flagged ones that the reader has not overruled, and those that
 * the reader called Abnormal against the model. Every kind of finding gets its example first, then every run and pause; then kinds take
 * turns, decided segments before open ones and higher probability before lower. A segment that overlaps a
 * chosen one is passed over, as part of it is on paper already, unless it is a kind's only example. A recording
 * without any of this gets its first readable segment, so that no report is without a trace.
 * @param findings in the order in which they matter: a segment goes under the first that it holds
 * @param most number of strips at the most
 * @returns with `leftOut`, so that nothing is cut in silence: segments not wholly on paper, by title
 */
export function chooseStrips(
  segments: readonly Segment[],
  decisions: readonly SegmentDecision[],
  findings: readonly (Pick<FoundKind, 'kind' | 'neverLeftOut' | 'segments' | 'exampleS'> & {
    readonly occurrences: readonly Pick<Finding, 'startS'>[];
  })[],
  most: number,
): StripChoice {
  const decisionOf = new Map(decisions.map(({ segment, decision }) => [segment, decision]));
  const titleOf = new Map<number, string>();
  for (const finding of [...findings].reverse()) {
    for (const segment of finding.segments) titleOf.set(segment, finding.kind);
  }
  const wanted = segments
    .filter(
      (segment) =>
        (segment.verdict === 'Abnormal') !== (decisionOf.get(segment.index) === 'overrule'),
    )
    .filter((segment) => segment.verdict !== 'Unreadable')
    .map((segment) => ({
      segment,
      title:
        segment.verdict === 'Normal' ? READER_ABNORMAL : (titleOf.get(segment.index) ?? UNNAMED),
    }));

  const chosen = new Map<number, ChosenStrip>();
  const overlapsChosen = (segment: Segment): boolean =>
    [...chosen.values()].some(
      ({ segment: other }) => other.startS < segment.endS && segment.startS < other.endS,
    );
  const take = (strip: ChosenStrip | undefined, mayOverlap = false): boolean => {
    if (!strip || chosen.size >= most || chosen.has(strip.segment.index)) return false;
    if (!mayOverlap && overlapsChosen(strip.segment)) return false;
    chosen.set(strip.segment.index, strip);
    return true;
  };

  const queues = new Map<string, ChosenStrip[]>();
  for (const strip of wanted) {
    const queue = queues.get(strip.title) ?? [];
    queue.push(strip);
    queues.set(strip.title, queue);
  }
  const rank = ({ segment }: ChosenStrip): number =>
    (decisionOf.has(segment.index) ? 0 : 2) - (segment.probability ?? 0);
  for (const queue of queues.values()) queue.sort((a, b) => rank(a) - rank(b));
  const isOnStrip = (timeS: number): boolean =>
    [...chosen.values()].some(({ segment }) => segment.startS <= timeS && timeS < segment.endS);
  const apart = (strip: ChosenStrip): boolean => !overlapsChosen(strip.segment);
  for (const { kind, exampleS, segments: held } of findings) {
    if (isOnStrip(exampleS)) continue;
    const at = ({ segment }: ChosenStrip): boolean =>
      segment.startS <= exampleS && exampleS < segment.endS - 1;
    const example = wanted.filter(at);
    const holds = new Set(held);
    const others = wanted.filter(({ segment }) => holds.has(segment.index));
    // A kind that lies nowhere in a flagged segment is shown all the same.
    const unflagged = segments
      .filter(({ index, verdict }) => verdict === 'Normal' && !decisionOf.has(index))
      .map((segment) => ({ segment, title: kind }))
      .filter(at);
    take(example.find(apart) ?? example[0] ?? others.find(apart) ?? unflagged[0], true);
  }
  // Then every place of the kinds that nobody forgives a report for leaving out, in up to two thirds of the strips.
  for (const { neverLeftOut, occurrences } of findings) {
    if (!neverLeftOut) continue;
    for (const { startS } of occurrences) {
      if (chosen.size >= (2 / 3) * most) break;
      if (isOnStrip(startS)) continue;
      const around = wanted.filter(
        ({ segment }) => segment.startS <= startS && startS < segment.endS - 1,
      );
      take(around.find(apart) ?? around[0], true);
    }
  }
  let left = true;
  while (left && chosen.size < most) {
    left = false;
    for (const queue of queues.values()) {
      while (queue.length > 0) {
        left = true;
        if (take(queue.shift())) break;
      }
    }
  }
  if (chosen.size === 0) {
    const readable = segments.find(({ verdict }) => verdict !== 'Unreadable');
    take(readable && { segment: readable, title: NOTHING });
  }

  const onPaper = (segment: Segment): boolean => {
    if (chosen.has(segment.index)) return true;
    let uncovered = segment.endS - segment.startS;
    for (const { segment: other } of chosen.values()) {
      uncovered -= Math.max(
        0,
        Math.min(segment.endS, other.endS) - Math.max(segment.startS, other.startS),
      );
    }
    return uncovered <= 1e-6;
  };
  const leftOut = new Map<string, number>();
  for (const { segment, title } of wanted) {
    if (!onPaper(segment)) leftOut.set(title, (leftOut.get(title) ?? 0) + 1);
  }
  return {
    chosen: [...chosen.values()].sort((a, b) => a.segment.startS - b.segment.startS),
    leftOut: [...leftOut].map(([title, count]) => ({ title, segments: count })),
  };
}
