import { LRUCache } from 'lru-cache';
import { METHODS, type Handlers } from '../../shared/contract';
import {
  ok,
  type AnalysisStatus,
  type Overlay,
  type Result,
  type Segment,
  type Warning,
} from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { changedMeanwhile, stateOf } from '../recordings/fingerprint';
import { ensureContentHash } from '../recordings/ensure-content-hash';
import type { Library } from '../recordings/library';
import type { RecordingCache } from '../recordings/recording-cache';
import type { ReviewedAnalysis } from '../review/readings';
import { retryStore } from '../review/store/retry-store';
import type { AnalysisKey, Store, StoredAnalysis, StoredRecording } from '../review/store/types';
import type { OpenRecording } from '../formats/open-recording';
import type { Analyser, AnalyserInput, ExplainInput } from './analyser';
import { analyserOf } from './analysers';
import { analysisIdOf, analysisKey } from './analysis-key';
import { createBeatReads } from './beat-model/beat-reads';
import { analysisOrigin } from './collect';
import { planAnalysis } from './declared-leads';
import { earlierReviews, reviewedOthers } from './earlier-reviews';
import { noSuchAnalysis, type Jobs } from './jobs';
import { knownAttention, type SegmentAttention } from './overlays/known-attention';
import type { Models } from './models';
import { createPresentReadings } from './present-readings';
import { wholeRun } from './whole-run';
import { leadsOf } from '../recordings/recording-info';
import { modelSha256 } from '../inference/model-hash';
import type { Inference } from '../inference/types';
import type { Pool } from '../workers/types';

export interface AnalysisDependencies {
  readonly pool: Pool;
  readonly inference: Inference;
  readonly library: Library;
  readonly recordings: RecordingCache;
  readonly store: Store;
  readonly models: Models;
  readonly jobs: Jobs;
  /** Told when a finished analysis is in the store. */
  readonly kept: (analysisId: string) => void;
}

/** What depends on the reader's decisions is the review's. */
type Names = Exclude<
  Extract<keyof Handlers, `analysis.${string}`>,
  'analysis.findings' | 'analysis.findingsSince' | 'analysis.segments' | 'analysis.measurements'
>;

/** What an analysis was of, so that `explain` looks at the same. */
interface Started {
  readonly recording: StoredRecording;
  readonly contentHash: string;
  readonly lead: number | null;
  readonly modelSha256: string;
  /** Of the plan, which hangs on who chose the lead, and of other readings: the key of an analysis says neither. */
  readonly warnings: readonly Warning[];
}

/** Where the samples of an analysis lie, what they are called on the worklist, and the lead that was chosen. */
export interface AnalysisSource {
  readonly path: string;
  readonly name: string;
  readonly lead: number | null;
}

export interface Analyses {
  readonly handlers: Pick<Handlers, Names>;
  /**
   * Reads files on behalf of an analysis: the one way to samples that are shown or printed beside its verdicts.
   * @returns the work's answer; `conflict` where the files are not what the analysis was of, or change meanwhile
   */
  withFiles<T>(analysisId: string, signal: AbortSignal, work: FilesWork<T>): Promise<Result<T>>;
  /**
   * A finished analysis as the store has it, and what a reader must know of it before believing it.
   * @returns `not-found` for one that is unknown or still runs, `not-writable` for one that the store did not take
   */
  finished(analysisId: string): Result<StoredAnalysis>;
  /** What there is to decide on, and the hash of the model that found it; null for an unknown analysis. */
  reviewed(analysisId: string): ReviewedAnalysis | null;
  /** Index of the lead that it read, where that is one alone: a network's own choice, or the reader's; else null. */
  leadRead(analysisId: string): number | null;
  /** A reader has it before them: from now on it is the present reading of its recording. */
  openForReader(analysisId: string): void;
  /** Whether it is the present reading of its recording; true for an unknown one. */
  isPresent(analysisId: string): boolean;
  /**
   * Attention of several segments by index, for paper: what the analysis kept, or one run each. Segments in which
   * the model did not look are left out.
   * @param measure also measures the faithfulness of each, where nobody has looked yet: a second for three segments
   */
  attention(
    analysisId: string,
    segments: readonly Segment[],
    measure: boolean,
    signal: AbortSignal,
  ): Promise<Result<ReadonlyMap<number, SegmentAttention>>>;
  /**
   * Analyses a recording, or finds what is stored, and waits for the end: the one wait of whoever has no use for a
   * part of an analysis. Whoever stops it ends what they began, and not what a reader or somebody else wants as well.
   * @returns the status of a finished analysis; else why it failed, `cancelled` among it
   */
  complete(recordingId: string, options: CompleteOptions): Promise<Result<AnalysisStatus>>;
}

export type FilesWork<T> = (opened: OpenRecording, source: AnalysisSource) => Promise<Result<T>>;

export interface CompleteOptions {
  /** Null for the default model. */
  readonly modelId: string | null;
  /** Index of the lead to read; null lets the model choose. */
  readonly lead: number | null;
  readonly signal: AbortSignal;
  onProgress?(status: AnalysisStatus): void;
}

export function createAnalyses(dependencies: AnalysisDependencies): Analyses {
  const { library, recordings, store, models, jobs, pool, inference, kept } = dependencies;
  /** Analyses that were asked for in this run, by id. */
  const started = new Map<string, Started>();

  /** A day's analysis takes a while to decode, and the viewer asks for its parts one by one. */
  const decoded = new LRUCache<string, StoredAnalysis>({ max: 3 });
  const overlays = new LRUCache<string, Overlay>({ max: 64 });
  const reads = createBeatReads();
  const present = createPresentReadings(
    (contentHash) => store.analysesOf(contentHash)[0]?.analysisId ?? null,
  );

  function storedOf(analysisId: string): StoredAnalysis | null {
    const known = decoded.get(analysisId);
    if (known) return known;
    const stored = store.analysis(analysisId);
    if (stored) decoded.set(analysisId, stored);
    return stored;
  }

  function statusOf(analysisId: string): AnalysisStatus | null {
    const running = jobs.status(analysisId);
    if (running) return running;
    const stored = storedOf(analysisId)?.status;
    if (!stored) return null;
    const asked = started.get(analysisId);
    return asked ? { ...stored, warnings: [...asked.warnings] } : stored;
  }

  function resultOf(analysisId: string): ReturnType<Jobs['result']> {
    return jobs.result(analysisId) ?? storedOf(analysisId)?.result ?? null;
  }

  const start: Handlers['analysis.start'] = async (
    { recordingId, modelId, lead, view },
    { signal },
  ) => {
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
    const { modelSha256 } = key;
    const warnings = [
      ...plan.warnings,
      ...earlierReviews(store.analysesOf(contentHash), analysisId),
    ];
    started.set(analysisId, {
      recording: recording.value,
      contentHash,
      lead,
      modelSha256,
      warnings,
    });
    const stored = storedOf(analysisId);
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
      keep: (status, result) =>
        retryStore(() => store.putAnalysis({ analysisId, key, modelId: card.id, status, result })),
      kept: () => kept(analysisId),
    });
    if (view) jobs.look(analysisId, view);
    return ok(status);
  };

  const handlers: Analyses['handlers'] = {
    async 'analysis.start'(asked, context) {
      const status = await start(asked, context);
      if (!status.ok) return status;
      openForReader(status.value.analysisId);
      jobs.open(status.value.analysisId);
      return status;
    },

    async 'analysis.cancel'({ analysisId }) {
      const status = jobs.cancel(analysisId) ?? statusOf(analysisId);
      return status ? ok(status) : noSuchAnalysis();
    },

    async 'analysis.look'({ analysisId, view }) {
      const isKnown = jobs.look(analysisId, view) || statusOf(analysisId) !== null;
      return isKnown ? ok({}) : noSuchAnalysis();
    },

    async 'analysis.status'({ analysisId }) {
      const status = statusOf(analysisId);
      return status ? ok(status) : noSuchAnalysis();
    },

    async 'analysis.earlier'({ analysisId }) {
      const contentHash = contentOf(analysisId);
      if (contentHash === null) return noSuchAnalysis();
      const readings = reviewedOthers(store.analysesOf(contentHash), analysisId).flatMap(
        (other) => {
          const stored = storedOf(other.analysisId);
          if (!stored) return [];
          lieWith(stored, started.get(analysisId));
          return [{ status: stored.status, acts: other.acts }];
        },
      );
      return ok({ readings });
    },

    async 'analysis.beats'({ analysisId }) {
      const result = resultOf(analysisId);
      if (!result) return noSuchAnalysis();
      return ok({ beats: result.beats, episodes: [...result.episodes] });
    },

    async 'analysis.explain'({ analysisId, segment }, { signal }) {
      const overlayKey = `${analysisId}/${segment}`;
      const known = overlays.get(overlayKey);
      if (known) return ok(known);
      const result = resultOf(analysisId);
      if (!result) return noSuchAnalysis();
      const found = result.segments.find(({ index }) => index === segment);
      if (!found) return errSaid('not-found', 'failures.segmentNotYet', { n: segment + 1 });
      const overlay = await withAnalyser(analysisId, signal, (analyser, input) =>
        analyser.explain(input, found, result),
      );
      if (overlay.ok) overlays.set(overlayKey, overlay.value);
      return overlay;
    },

    async 'analysis.whatIf'({ analysisId, segment }, { signal }) {
      const result = resultOf(analysisId);
      if (!result) return noSuchAnalysis();
      const found = result.segments.find(({ index }) => index === segment);
      if (!found) return errSaid('not-found', 'failures.segmentNotYet', { n: segment + 1 });
      return withAnalyser(analysisId, signal, async (analyser, input) => {
        const answers = await analyser.whatIf(input, found);
        if (!answers.ok) return answers;
        return ok({ segment, replacesLead: analyser.replacesLead, answers: answers.value });
      });
    },
  };

  return {
    handlers,
    withFiles,
    openForReader,
    leadRead(analysisId) {
      const key = storedOf(analysisId)?.key;
      return key ? leadOf(key) : (started.get(analysisId)?.lead ?? null);
    },
    isPresent(analysisId) {
      const contentHash = contentOf(analysisId);
      return contentHash === null || present.isPresent(contentHash, analysisId);
    },
    async attention(analysisId, segments, measure, signal) {
      const result = resultOf(analysisId);
      if (!result) return noSuchAnalysis();
      if (measure) {
        for (const { index } of segments) {
          const overlay = await handlers['analysis.explain'](
            { analysisId, segment: index },
            { signal },
          );
          if (!overlay.ok && overlay.error.code === 'cancelled') return overlay;
        }
      }
      return knownAttention(
        result,
        segments,
        ({ index }) => overlays.get(`${analysisId}/${index}`),
        (asked) =>
          withAnalyser(analysisId, signal, (analyser, input) => analyser.attend(input, asked)),
      );
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
      const stored = storedOf(analysisId);
      const status = statusOf(analysisId);
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
      const result = resultOf(analysisId);
      const sha256 = started.get(analysisId)?.modelSha256 ?? storedOf(analysisId)?.key.modelSha256;
      if (!result || sha256 === undefined) return null;
      // One that the store did not take is whole all the same.
      const isDone = (jobs.status(analysisId)?.state ?? 'done') === 'done';
      return { result, isDone, modelSha256: sha256 };
    },
  };

  async function withFiles<T>(
    analysisId: string,
    signal: AbortSignal,
    work: FilesWork<T>,
  ): Promise<Result<T>> {
    const status = statusOf(analysisId);
    if (!status) return noSuchAnalysis();
    const origin = originOf(analysisId, status);
    if (!origin.ok) return origin;
    const { recording, lead, contentHash } = origin.value;
    const { path, name } = recording;
    return recordings.use(path, async (opened) => {
      const hash = await ensureContentHash(library, pool, recording, opened, { signal });
      if (!hash.ok) return hash;
      if (hash.value !== contentHash) {
        return errSaid('conflict', 'failures.otherFiles', { name });
      }
      return work(opened, { path, name, lead });
    });
  }

  /** Asks the model that gave an analysis its verdicts, about the recording and lead that it read. */
  async function withAnalyser<T>(
    analysisId: string,
    signal: AbortSignal,
    ask: (analyser: Analyser, input: ExplainInput) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const status = statusOf(analysisId);
    if (!status) return noSuchAnalysis();
    const origin = originOf(analysisId, status);
    if (!origin.ok) return origin;
    const model = await models.that(status.modelId, origin.value.modelSha256);
    if (!model.ok) return model;
    const { card } = model.value;
    if (modelSha256(model.value) !== origin.value.modelSha256) {
      return errSaid('conflict', 'failures.otherModelVersion', { model: card.id });
    }
    const analyser = analyserOf(card.kind);
    if (!analyser) return errSaid('unsupported', 'files.noOverlay', { id: card.id });
    return withFiles(analysisId, signal, (opened, { lead }) =>
      ask(analyser, {
        recording: opened,
        model: model.value,
        lead,
        pool,
        inference,
        reads,
        signal,
      }),
    );
  }

  function openForReader(analysisId: string): void {
    const contentHash = contentOf(analysisId);
    if (contentHash !== null) present.open(contentHash, analysisId);
  }

  function contentOf(analysisId: string): string | null {
    return started.get(analysisId)?.contentHash ?? storedOf(analysisId)?.key.contentHash ?? null;
  }

  /** The samples of a stored reading are read where those of another of the same content lie. */
  function lieWith({ analysisId, key, status }: StoredAnalysis, other: Started | undefined): void {
    if (!other || started.has(analysisId)) return;
    const { contentHash, modelSha256 } = key;
    const { recording } = other;
    const { warnings = [] } = status;
    started.set(analysisId, { recording, contentHash, modelSha256, lead: leadOf(key), warnings });
  }

  /** Where the samples of an analysis lie. One that was stored in an earlier run names its lead. */
  function originOf(analysisId: string, status: AnalysisStatus): Result<Started> {
    const known = started.get(analysisId);
    if (known) return ok(known);
    const recording = library.find(status.recordingId);
    if (!recording.ok) return recording;
    const key = storedOf(analysisId)?.key;
    if (!key) return noSuchAnalysis();
    const { contentHash, modelSha256 } = key;
    const { warnings = [] } = status;
    return ok({
      ...{ recording: recording.value, contentHash, modelSha256, warnings },
      lead: leadOf(key),
    });
  }
}

/** The one lead that was read, of which a stored analysis knows nothing but its key. */
function leadOf({ parameters }: AnalysisKey): number | null {
  const { lead = null } = JSON.parse(parameters) as { lead?: number | null };
  return lead;
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
