import { err, ok, type Result } from '../../shared/domain';
import type { Service } from '../service-types';
import type { Store } from '../store-types';
import type { ReviewFile } from './exchange';
import { reviewState } from './review-state';
import type { Trail } from './trail';

export interface ExchangeDependencies {
  readonly store: Store;
  readonly trail: Trail;
  /** Name of the recording, for people. */
  nameOf(recordingId: string): string;
  changed(): void;
}

/** Export and import of whole reviews, for hosts. */
export function reviewExchange({
  store,
  trail,
  nameOf,
  changed,
}: ExchangeDependencies): Pick<Service, 'exportReview' | 'adoptReview'> {
  return {
    async exportReview(analysisId): Promise<Result<ReviewFile>> {
      const analysis = store.analysis(analysisId);
      if (!analysis)
        return err('not-found', 'This analysis is not finished; there is no review of it yet.');
      return ok({
        format: 'fiducial-review',
        formatVersion: 1,
        record: nameOf(analysis.status.recordingId),
        recordSha256: analysis.key.contentHash,
        modelId: analysis.modelId,
        modelSha256: analysis.key.modelSha256,
        exportedAtMs: Date.now(),
        state: reviewState(analysisId, trail.replay(analysisId), analysis.result.segments),
        events: trail.events(analysisId),
      });
    },
    async adoptReview(analysisId, file) {
      const adopted = trail.adopt(analysisId, file.events);
      if (!adopted.ok) return adopted;
      changed();
      return ok(undefined);
    },
  };
}
