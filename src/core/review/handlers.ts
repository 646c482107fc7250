import type { Handlers } from '../../shared/contract';
import { err, ok, type Result, type ReviewState, type Segment } from '../../shared/domain';
import { reviewState, type Replay } from './review-state';
import type { Author, Trail } from './trail';

/** What review needs to know of an analysis, finished or still running. */
export interface ReviewedAnalysis {
  readonly segments: readonly Segment[];
  readonly modelSha256: string;
}

export interface ReviewDependencies {
  readonly trail: Trail;
  /** Null when there is no such analysis. */
  analysis(analysisId: string): ReviewedAnalysis | null;
  /** Told after a change was stored, so that the worklist's counters follow. */
  changed(): void;
}

export type ReviewHandlers = Pick<
  Handlers,
  'review.decide' | 'review.undo' | 'review.history' | 'review.summary'
>;

/** Decisions, their undo and their history. A reply with `ok` means that the change is on disk. */
export function createReviewHandlers({
  trail,
  analysis,
  changed,
}: ReviewDependencies): ReviewHandlers {
  const find = (analysisId: string): Result<ReviewedAnalysis> => {
    const found = analysis(analysisId);
    return found
      ? ok(found)
      : err(
          'not-found',
          `There is no analysis ${analysisId}; open the recording and analyse it first.`,
        );
  };
  const change = (
    analysisId: string,
    reader: string,
    apply: (found: ReviewedAnalysis, by: Author) => Result<Replay>,
  ): Result<ReviewState> => {
    const found = find(analysisId);
    if (!found.ok) return found;
    const replay = apply(found.value, { reader, modelSha256: found.value.modelSha256 });
    if (!replay.ok) return replay;
    changed();
    return ok(reviewState(analysisId, replay.value, found.value.segments));
  };
  return {
    'review.decide': async ({ analysisId, edit, reader }) =>
      change(analysisId, reader, ({ segments }, by) => {
        const unknown =
          edit.kind === 'decide-segments'
            ? edit.segments.find((index) => !segments[index])
            : undefined;
        if (unknown !== undefined) {
          return err(
            'bad-input',
            `Segment ${unknown} does not exist; this analysis has ${segments.length}.`,
          );
        }
        return trail.edit(analysisId, edit, by);
      }),
    'review.undo': async ({ analysisId, redo, reader }) =>
      change(analysisId, reader, (_found, by) =>
        redo ? trail.redo(analysisId, by) : trail.undo(analysisId, by),
      ),
    'review.history': async ({ analysisId }) => {
      const found = find(analysisId);
      return found.ok ? ok({ events: trail.events(analysisId) }) : found;
    },
    'review.summary': async ({ analysisId }) => {
      const found = find(analysisId);
      return found.ok
        ? ok(reviewState(analysisId, trail.replay(analysisId), found.value.segments))
        : found;
    },
  };
}
