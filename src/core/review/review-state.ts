import {
  isBorderline,
  isFlagged,
  type Decision,
  type ReviewEdit,
  type ReviewState,
  type Segment,
  type SegmentDecision,
} from '../../shared/domain';
import type { Standing } from './standing';

/** Decisions on segments: those that were made, and where none was those that follow from the findings in it. */
function segmentDecisions(
  made: readonly SegmentDecision[],
  settled: readonly SegmentDecision[],
): SegmentDecision[] {
  const own = new Set(made.map(({ segment }) => segment));
  return [...made, ...settled.filter(({ segment }) => !own.has(segment))].sort(
    (a, b) => a.segment - b.segment,
  );
}

/** What is decided of the segments of a recording, whoever asks. */
export type DecidedState = Pick<ReviewState, 'decisions' | 'counts'>;

/**
 * Counts of agreement are over all decided segments, flagged or not; `decided` counts the flagged ones alone, so that
 * `decided` of `flagged` says how much is left, and so does `borderlineDecided`.
 */
export function decidedState(
  standing: Standing,
  segments: readonly Segment[],
  settled: readonly SegmentDecision[] = [],
): DecidedState {
  const decisions = segmentDecisions(standing.segmentDecisions(), settled);
  const isDecided = new Set(decisions.map(({ segment }) => segment));
  const count = (wanted: Decision): number =>
    decisions.filter(({ decision }) => decision === wanted).length;
  const decidedOf = (list: readonly Segment[]): number =>
    list.filter(({ index }) => isDecided.has(index)).length;
  const flagged = segments.filter(isFlagged);
  const borderline = segments.filter(isBorderline);
  const agreed = count('agree');
  const overruled = count('overrule');
  return {
    decisions,
    counts: {
      flagged: flagged.length,
      decided: decidedOf(flagged),
      borderline: borderline.length,
      borderlineDecided: decidedOf(borderline),
      agreed,
      overruled,
      unsure: count('unsure'),
      agreement: agreed + overruled > 0 ? agreed / (agreed + overruled) : null,
    },
  };
}

/**
 * What a reader sees of the trail.
 * @param decided what is decided by the same trail
 * @param reader whose undo and redo are meant; null for anybody's
 */
export function reviewState(
  analysisId: string,
  standing: Standing,
  decided: DecidedState,
  reader: string | null = null,
): ReviewState {
  const acts = standing.beatActs();
  return {
    analysisId,
    sequence: standing.sequence,
    ...decided,
    beatActs: acts.map(({ sequence }) => sequence),
    beatEdits: acts.map(({ edit }) => edit),
    calipers: standing.calipers(),
    canUndo: standing.next('undo', reader) !== null,
    canRedo: standing.next('redo', reader) !== null,
    readers: standing.readers(),
    secondReads: [...standing.reads.all()],
  };
}

/**
 * The same for somebody who has edits of beats at hand: an edit of a form names each of its beats, of a day a megabyte.
 * @param knowsActs place in the trail up to which; undefined where none are
 * @param own the edit that this answers
 */
export function toldTo(
  state: ReviewState,
  knowsActs: number | undefined,
  own: ReviewEdit | null = null,
): ReviewState {
  if (knowsActs === undefined) return state;
  const { beatActs, beatEdits } = state;
  const made = own === null ? -1 : beatEdits.lastIndexOf(own);
  return {
    ...state,
    beatEdits: beatEdits.filter((_, i) => i !== made && beatActs[i]! > knowsActs),
    ...(made >= 0 && { made: beatActs[made]! }),
  };
}
