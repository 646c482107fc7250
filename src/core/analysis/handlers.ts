import { ok } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { Analyses, AnalysisDependencies } from './analyses';
import { createAskAgain } from './ask-again';
import { reviewedOthers } from './earlier-reviews';
import { noSuchAnalysis } from './jobs';
import { createKnownAnalyses } from './known-analyses';
import { createPresentReadings } from './present-readings';
import { createStart } from './start-analysis';

/** What is asked of analyses: by the contract, and by the rooms that read them. */
export function createAnalyses(dependencies: AnalysisDependencies): Analyses {
  const { library, store, jobs } = dependencies;
  const known = createKnownAnalyses(library, store, jobs);
  const start = createStart(dependencies, known);
  const { withFiles, attention, explain, whatIf } = createAskAgain(dependencies, known);
  const present = createPresentReadings(
    (contentHash) => store.analysesOf(contentHash)[0]?.analysisId ?? null,
  );

  function openForReader(analysisId: string): void {
    const contentHash = known.contentHash(analysisId);
    if (contentHash !== null) present.open(contentHash, analysisId);
  }

  const handlers: Analyses['handlers'] = {
    async 'analysis.start'(asked, context) {
      const status = await start(asked, context);
      if (!status.ok) return status;
      openForReader(status.value.analysisId);
      jobs.open(status.value.analysisId);
      return status;
    },

    async 'analysis.cancel'({ analysisId }) {
      const status = jobs.cancel(analysisId) ?? known.status(analysisId);
      return status ? ok(status) : noSuchAnalysis();
    },

    async 'analysis.look'({ analysisId, view }) {
      const isKnown = jobs.look(analysisId, view) || known.status(analysisId) !== null;
      return isKnown ? ok({}) : noSuchAnalysis();
    },

    async 'analysis.status'({ analysisId }) {
      const status = known.status(analysisId);
      return status ? ok(status) : noSuchAnalysis();
    },

    async 'analysis.earlier'({ analysisId }) {
      const contentHash = known.contentHash(analysisId);
      if (contentHash === null) return noSuchAnalysis();
      const readings = reviewedOthers(store.analysesOf(contentHash), analysisId).flatMap(
        (other) => {
          const stored = known.stored(other.analysisId);
          if (!stored) return [];
          known.lieWith(stored, analysisId);
          return [{ status: stored.status, acts: other.acts }];
        },
      );
      return ok({ readings });
    },

    async 'analysis.beats'({ analysisId }) {
      const result = known.result(analysisId);
      if (!result) return noSuchAnalysis();
      return ok({ beats: result.beats, episodes: [...result.episodes] });
    },

    'analysis.explain': explain,
    'analysis.whatIf': whatIf,
  };

  return {
    handlers,
    withFiles,
    attention,
    openForReader,
    leadRead: (analysisId) => known.lead(analysisId),
    isPresent(analysisId) {
      const contentHash = known.contentHash(analysisId);
      return contentHash === null || present.isPresent(contentHash, analysisId);
    },
    async complete(recordingId, { modelId, lead, signal, onProgress }) {
      const status = await start({ recordingId, modelId, lead }, { signal });
      if (!status.ok) return status;
      const { analysisId } = status.value;
      const wait = { signal, ...(onProgress && { onProgress }) };
      const ended = (await jobs.finished(analysisId, wait)) ?? status.value;
      const failure = jobs.failure(analysisId);
      if (ended.state === 'failed' && failure) return { ok: false, error: failure };
      if (ended.state !== 'done') return errSaid('cancelled', 'failures.analysisCancelled');
      return ok(ended);
    },
    finished(analysisId) {
      const stored = known.stored(analysisId);
      const status = known.status(analysisId);
      if (stored && status) return ok({ ...stored, status });
      return status?.state === 'done' && status.message !== null
        ? {
            ok: false,
            error: {
              code: 'not-writable',
              message: status.message,
              ...(status.said && { said: status.said }),
            },
          }
        : errSaid('not-found', 'failures.needsAnalysis');
    },
    reviewed(analysisId) {
      const result = known.result(analysisId);
      const modelSha256 = known.modelSha256(analysisId);
      if (!result || modelSha256 === null) return null;
      // One that the store did not take is whole all the same.
      const isDone = (jobs.status(analysisId)?.state ?? 'done') === 'done';
      return { result, isDone, modelSha256 };
    },
  };
}
