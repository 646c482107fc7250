import { writeFile } from 'node:fs/promises';
import type { Handlers } from '../../shared/contract';
import { applyBeatEdits, err, ok, type Result } from '../../shared/domain';
import type { Documents } from '../base/documents';
import { fileFailure } from '../base/file-failure';
import type { Store, StoredAnalysis } from './store/types';
import { beatsCsv, segmentsCsv } from './csv';
import { parseReviewFile, type ReviewFile } from './exchange';
import { beatEditsOf, decisionsOf, reviewState } from './review-state';
import type { Trail } from './trail';

export interface ExchangeDependencies {
  readonly store: Store;
  readonly trail: Trail;
  readonly documents: Documents;
  /** Name of the recording, for people. */
  nameOf(recordingId: string): string;
  changed(): void;
}

export interface ReviewExchange {
  readonly service: {
    /** The review of a finished analysis as a file's content: decisions and trail. */
    exportReview(analysisId: string): Promise<Result<ReviewFile>>;
    /** Takes over an exported review; `conflict` when the analysis has decisions of its own. */
    adoptReview(analysisId: string, file: ReviewFile): Promise<Result<void>>;
  };
  readonly handlers: Pick<Handlers, 'review.export' | 'review.import'>;
}

/** Export and import of whole reviews, and of what they are about as tables. */
export function reviewExchange({
  store,
  trail,
  documents,
  nameOf,
  changed,
}: ExchangeDependencies): ReviewExchange {
  function find(analysisId: string): Result<StoredAnalysis> {
    const analysis = store.analysis(analysisId);
    return analysis
      ? ok(analysis)
      : err('not-found', 'This analysis is not finished; there is no review of it yet.');
  }

  const exportReview: ReviewExchange['service']['exportReview'] = async (analysisId) => {
    const found = find(analysisId);
    if (!found.ok) return found;
    const analysis = found.value;
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
    } satisfies ReviewFile);
  };

  const adoptReview: ReviewExchange['service']['adoptReview'] = async (analysisId, file) => {
    const adopted = trail.adopt(analysisId, file.events);
    if (!adopted.ok) return adopted;
    changed();
    return ok(undefined);
  };

  /** Segments with their decisions, or beats as the reader left them. */
  function table(analysisId: string, form: 'segments-csv' | 'beats-csv'): Result<string> {
    const found = find(analysisId);
    if (!found.ok) return found;
    const replay = trail.replay(analysisId);
    const { segments, beats } = found.value.result;
    return ok(
      form === 'segments-csv'
        ? segmentsCsv(segments, [...decisionsOf(replay).values()])
        : beatsCsv(applyBeatEdits(beats, beatEditsOf(replay))),
    );
  }

  return {
    service: { exportReview, adoptReview },
    handlers: {
      async 'review.export'({ analysisId, form }) {
        const review = await exportReview(analysisId);
        if (!review.ok) return review;
        const content =
          form === 'review-json'
            ? ok(`${JSON.stringify(review.value, null, 2)}\n`)
            : table(analysisId, form);
        if (!content.ok) return content;
        const suggestedName = `${review.value.record}-${form.replace('-', '.')}`;
        const reserved = await documents.reserve(suggestedName);
        if (!reserved.ok) return reserved;
        const { documentId, path } = reserved.value;
        try {
          await writeFile(path, content.value);
        } catch (cause) {
          return { ok: false, error: { ...fileFailure(path, cause), code: 'not-writable' } };
        }
        const mediaType = form === 'review-json' ? 'application/json' : 'text/csv; charset=utf-8';
        return documents.publish(documentId, path, { suggestedName, mediaType });
      },
      async 'review.import'({ analysisId, name, json }) {
        const own = await exportReview(analysisId);
        if (!own.ok) return own;
        const file = parseReviewFile(json, name, own.value);
        if (!file.ok) return file;
        const adopted = await adoptReview(analysisId, file.value);
        if (!adopted.ok) return adopted;
        const after = await exportReview(analysisId);
        return after.ok ? ok(after.value.state) : after;
      },
    },
  };
}
