import type { Warning } from '../../shared/domain';
import { warningSaid } from '../../shared/domain/said';
import type { AnalysisSummary } from '../review/store/types';

type Summary = Pick<AnalysisSummary, 'analysisId' | 'modelId' | 'acts'>;

/** Analyses besides one that readers have acted on, in the order given. */
export function reviewedOthers<T extends Summary>(all: readonly T[], analysisId: string): T[] {
  return all.filter((other) => other.analysisId !== analysisId && other.acts > 0);
}

/**
 * Says that readers have acted on another reading of the same samples, by a network that was in use before or by another
 * lead: a review hangs on what was read, so that this one begins empty, and an empty review must not look like a lost one.
 * @param all analyses of the same content, this one among them
 */
export function earlierReviews(all: readonly Summary[], analysisId: string): readonly Warning[] {
  const reviewed = reviewedOthers(all, analysisId);
  if (reviewed.length === 0) return [];
  const models = [...new Set(reviewed.map(({ modelId }) => modelId))].join(', ');
  return [warningSaid('earlier-review', 'warnings.earlierReview', { models })];
}
