import type { Finding, LabelScheme, Segment, Teaching } from '../../shared/domain';

/** Signal of which nothing new is learned that every recording is taken to come with: a strip does not outweigh a day. */
const KNOWN_S = 600;
/** Share of the beats of anybody whose forms the networks do not know; see `unlike-training.ts`. */
const UNLIKE_OF_ANYBODY = 0.02;

/** Segments of another reading of the same recording. */
export interface OtherReading {
  readonly modelId: string;
  readonly segments: readonly Segment[];
}

/** What a recording's worth to a network is said from. */
export interface TeachingInput {
  readonly analysableS: number;
  /** After the reader's decisions: what is settled teaches nothing that was not taught. */
  readonly findings: readonly Pick<Finding, 'kind' | 'state' | 'durationS'>[];
  readonly unlike: Teaching['unlike'];
  readonly segments: readonly Segment[];
  /** Of another model that answers the same question; null where none has read the recording. */
  readonly other: OtherReading | null;
}

/**
 * How much a network would learn from a reader's answers to a recording, by what active learning goes by (Settles, Active
 * Learning Literature Survey, 2009, sections 3.1, 3.2 and 3.6): time near the threshold, beats unlike what it has
 * learned from, and time that two models disagree about. The three shares of the time are joined as chances that do not
 * depend on each other, 1 - (1 - a)(1 - b)(1 - c).
 */
export function teachingOf({
  analysableS,
  findings,
  unlike,
  segments,
  other,
}: TeachingInput): Teaching {
  const borderline = findings.filter(
    ({ kind, state }) => kind === 'borderline' && state === 'open',
  );
  const borderlineS = borderline.reduce((sum, { durationS }) => sum + durationS, 0);
  const differing = other && { segments: differences(segments, other), modelId: other.modelId };
  const shares = [
    analysableS > 0 ? borderlineS / analysableS : 0,
    unlike && unlike.of > 0
      ? Math.max(0, unlike.beats / unlike.of - UNLIKE_OF_ANYBODY) / (1 - UNLIKE_OF_ANYBODY)
      : 0,
    differing && segments.length > 0 ? differing.segments / segments.length : 0,
  ];
  const weight = analysableS / (analysableS + KNOWN_S);
  const nothing = shares.reduce((rest, share) => rest * (1 - weight * Math.min(1, share)), 1);
  return {
    score: Math.round((1 - nothing) * 1e4) / 1e4,
    borderline: borderline.length,
    unlike,
    differing,
  };
}

/** Segments of the same stretch that both could read, and gave different verdicts. */
function differences(segments: readonly Segment[], { segments: others }: OtherReading): number {
  const at = (startS: number): number => Math.round(1000 * startS);
  const verdicts = new Map(others.map(({ startS, verdict }) => [at(startS), verdict]));
  return segments.filter(({ startS, verdict }) => {
    const other = verdicts.get(at(startS));
    if (other === undefined || other === 'Unreadable' || verdict === 'Unreadable') return false;
    return other !== verdict;
  }).length;
}

/** Whether the verdicts of two models can be held against each other: they answer the same question. */
export function answerTheSame(one: LabelScheme | null, other: LabelScheme | null): boolean {
  return one !== null && one === other;
}
