import type { Segment, SegmentDecision } from '../../shared/domain';
import type { ReportFinding } from './types';

export interface ChosenStrip {
  readonly segment: Segment;
  readonly title: string;
}

export interface StripChoice {
  /** In time order; no two overlap. */
  readonly chosen: readonly ChosenStrip[];
  readonly leftOut: readonly { readonly title: string; readonly segments: number }[];
}

/** Title of a flagged segment in which no named finding lies. */
const UNNAMED = 'Flagged segment';
const READER_ABNORMAL = 'Abnormal by the reader';

/**
 * Which segments get a strip. Wanted are the flagged ones that the reader has not overruled, and those that
 * the reader called Abnormal against the model. Every kind of finding gets its example first; then kinds take
 * turns, decided segments before open ones and higher probability before lower. A segment that overlaps a
 * chosen one is passed over, as most of it is on paper already.
 * @param findings in the order in which they matter: a segment goes under the first that it holds
 * @param most number of strips at the most
 * @returns with `leftOut`, so that nothing is cut in silence: segments not wholly on paper, by title
 */
export function chooseStrips(
  segments: readonly Segment[],
  decisions: readonly SegmentDecision[],
  findings: readonly ReportFinding[],
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
  const take = (strip: ChosenStrip | undefined): boolean => {
    if (!strip || chosen.size >= most || overlapsChosen(strip.segment)) return false;
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
  for (const finding of findings) {
    take(
      wanted.find(
        ({ segment }) => segment.startS <= finding.exampleS && finding.exampleS < segment.endS - 1,
      ),
    );
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
