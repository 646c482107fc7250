import { METHODS, type Handlers } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { OpenRecording } from '../formats/open-recording';
import { ensureContentHash } from '../recordings/ensure-content-hash';
import { changedMeanwhile, stateOf } from '../recordings/fingerprint';
import { leadsOf } from '../recordings/recording-info';
import type { RecordingCache } from '../recordings/recording-cache';
import { retryStore } from '../review/store/retry-store';
import type { AnalyserInput } from './analyser';
import { analyserOf } from './analysers';
import { analysisIdOf, analysisKey } from './analysis-key';
import { analysisOrigin } from './collect';
import { planAnalysis } from './declared-leads';
import { earlierReviews } from './earlier-reviews';
import type { AnalysisDependencies } from './analyses';
import type { KnownAnalyses } from './known-analyses';
import { wholeRun } from './whole-run';

/**
 * Puts the analysis of a recording into the queue, or finds what is stored. It becomes nobody's reading by that: scans ask
 * for analyses as well.
 */
export function createStart(
  { library, recordings, store, models, jobs, pool, inference, kept }: AnalysisDependencies,
  known: KnownAnalyses,
): Handlers['analysis.start'] {
  return async ({ recordingId, modelId, lead, view }, { signal }) => {
    const recording = library.find(recordingId);
    if (!recording.ok) return recording;
    const model = await models.find(modelId);
    if (!model.ok) return model;
    const { card } = model.value;
    const analyser = analyserOf(card.kind);
    if (!analyser) return errSaid('unsupported', 'files.kindNotSupported', { kind: card.kind });

    const { path } = recording.value;
    const inputWith = (opened: OpenRecording, abort: AbortSignal): AnalyserInput => ({
      recording: opened,
      model: model.value,
      lead,
      pool,
      inference,
      signal: abort,
    });
    const planned = await recordings.use(path, async (opened) => {
      const plan = planAnalysis(analyser, inputWith(opened, signal));
      if (!plan.ok) return plan;
      // Before a reader whose view is read next, in the thread that reads it.
      const lane = view && analyser.glance ? 'glance' : METHODS['analysis.start'].lane;
      const { value: about } = recording;
      const hash = await ensureContentHash(library, pool, about, opened, { signal, lane });
      if (!hash.ok) return hash;
      const stamp = await stateOf(opened);
      if (!stamp.ok) return stamp;
      const { durationS, startClock } = opened;
      const origin = analysisOrigin(analyser, { durationS, startClock, leads: leadsOf(opened) });
      return ok({ plan: plan.value, contentHash: hash.value, stamp: stamp.value, origin });
    });
    if (!planned.ok) {
      // The worklist shows what is wrong with the recording; a request that was withdrawn says nothing of it.
      if (planned.error.code !== 'cancelled') jobs.noteFailure(recordingId, planned.error);
      return planned;
    }
    jobs.noteFailure(recordingId, null);
    const { plan, contentHash, stamp, origin } = planned.value;
    const key = analysisKey(contentHash, model.value, plan.lead?.index ?? null);
    const analysisId = analysisIdOf(key);
    const warnings = [
      ...plan.warnings,
      ...earlierReviews(store.analysesOf(contentHash), analysisId),
    ];
    known.note(analysisId, {
      recording: recording.value,
      contentHash,
      lead,
      modelSha256: key.modelSha256,
      warnings,
    });
    const stored = known.stored(analysisId);
    // The same content may have been analysed under another path.
    if (stored) return ok({ ...stored.status, recordingId, warnings: [...warnings] });
    const status = jobs.start({
      analysisId,
      recordingId,
      modelId: card.id,
      threshold: card.threshold.value,
      provider: () => inference.provider(model.value),
      plan: { ...plan, warnings },
      origin,
      run: (abort) =>
        runOpened(recordings, path, stamp, (opened) => {
          return wholeRun(analyser, inputWith(opened, abort));
        }),
      glance: analyser.glance
        ? (span, abort) =>
            recordings.use(path, (opened) => analyser.glance!(inputWith(opened, abort), span))
        : null,
      keep: (state, result) =>
        retryStore(() =>
          store.putAnalysis({ analysisId, key, modelId: card.id, status: state, result }),
        ),
      kept: () => kept(analysisId),
    });
    if (view) jobs.look(analysisId, view);
    return ok(status);
  };
}

/**
 * Opens the recording when its turn has come: a long queue holds no files open. The answer is of the files that were
 * hashed, or there is none: what is kept under a hash must not come from what the files became meanwhile.
 */
async function* runOpened<T>(
  recordings: RecordingCache,
  path: string,
  stamp: string,
  run: (opened: OpenRecording) => AsyncIterable<Result<T>>,
): AsyncIterable<Result<T>> {
  const acquired = await recordings.acquire(path);
  if (!acquired.ok) {
    yield acquired;
    return;
  }
  const { recording, release } = acquired.value;
  const isCurrent = async (): Promise<boolean> => {
    const now = await stateOf(recording);
    return now.ok && now.value === stamp;
  };
  try {
    if (await isCurrent()) yield* run(recording);
    if (!(await isCurrent())) yield changedMeanwhile(recording.name);
  } finally {
    await release();
  }
}
