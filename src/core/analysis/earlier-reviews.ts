import { ok, type Warning } from '../../shared/domain';
import { warningSaid } from '../../shared/domain/said';
import { storeResult } from '../review/store/store-failure';
import type { Store } from '../review/store/types';
import type { Trail } from '../review/trail';

export interface ReviewsKept {
  readonly store: Pick<Store, 'analysesOf'>;
  readonly trail: Pick<Trail, 'standing'>;
}

/**
 * Says that readers have acted on another reading of the same samples, by a network that was in use before or by another
 * lead: a review hangs on what was read, so that this one begins empty, and an empty review must not look like a lost one.
 */
export function earlierReviews(
  { store, trail }: ReviewsKept,
  contentHash: string,
  analysisId: string,
): readonly Warning[] {
  const others = store.analysesOf(contentHash).filter((other) => other.analysisId !== analysisId);
  const reviewed = others.filter((other) => hasActs(trail, other.analysisId));
  if (reviewed.length === 0) return [];
  const models = [...new Set(reviewed.map(({ modelId }) => modelId))].join(', ');
  return [warningSaid('earlier-review', 'warnings.earlierReview', { models })];
}

/** A trail that cannot be read holds something. */
function hasActs(trail: ReviewsKept['trail'], analysisId: string): boolean {
  const standing = storeResult(() => ok(trail.standing(analysisId)));
  return !standing.ok || standing.value.sequence > 0;
}
