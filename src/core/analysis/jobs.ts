import type { Emit } from '../../shared/contract';
import type { ActivityOf } from '../recordings/library';
import type { AnalysisStatus, Failure, Result, TimeSpan } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { AnalysisOrigin, AnalysisResult } from '../review/store/types';
import type { AnalyserUpdate } from './analyser';
import { createCollector } from './collect';
import type { CheckedPlan } from './declared-leads';
import { createGlances, type Glances, type GlancesOptions } from './glances';
import { createUpdateGate } from './update-gate';

/** What a job needs to know to run; the registry knows nothing of records or models. */
export interface JobSpec {
  readonly analysisId: string;
  readonly recordingId: string;
  readonly modelId: string;
  readonly threshold: number;
  /** Execution provider that the model runs on. */
  provider(): string;
  readonly plan: CheckedPlan;
  readonly origin: AnalysisOrigin;
  run(signal: AbortSignal): AsyncIterable<Result<AnalyserUpdate>>;
  readonly glance: GlancesOptions['glance'];
  /** Called with a complete result before the job is shown as done. */
  keep(status: AnalysisStatus, result: AnalysisResult): Promise<void> | void;
  /** Called once the store answers for the analysis, and no job does any more. */
  kept(): void;
}

/** Analyses of this run: queued, running, and those that ended without a stored result. */
export interface Jobs {
  /** Queues a job, unless one with its id is at work already. */
  start(spec: JobSpec): AnalysisStatus;
  /** Keeps why a recording could not even be queued, for the worklist; null takes it back. */
  noteFailure(recordingId: string, failure: Failure | null): void;
  cancel(analysisId: string): AnalysisStatus | null;
  /** A reader has it before them: it goes on, whoever else does not want it any more. */
  open(analysisId: string): void;
  /** What is in a view is found first, and shown until the analysis comes there; false for one that is no job. */
  look(analysisId: string, view: TimeSpan): boolean;
  status(analysisId: string): AnalysisStatus | null;
  /**
   * Waits until the job has ended, one way or another, or whoever waits does not want it any more. With the last of them
   * goes a job that no reader has opened: it is cancelled, and its end waited for.
   * @returns how it stands then; null for one that is no job
   */
  finished(analysisId: string, wait?: Wait): Promise<AnalysisStatus | null>;
  /** Why a job failed; null where it did not. */
  failure(analysisId: string): Failure | null;
  /** What the job has found so far, with what was looked at beyond it. */
  result(analysisId: string): AnalysisResult | null;
  /** How the latest job of a recording stands, for the worklist; null where only the store has a say. */
  activityOf: ActivityOf;
  /** Cancels everything and waits until nothing runs. */
  close(): Promise<void>;
}

/** Who waits for the end of a job. */
export interface Wait {
  /** Aborted by whoever does not want it any more. */
  readonly signal?: AbortSignal;
  /** Told of every change until then. */
  onProgress?(status: AnalysisStatus): void;
}

export interface JobsOptions {
  readonly emit: Emit;
  readonly onChange: () => void;
  /** Told why a recording could not be read, or null once it can. */
  readonly onFailure?: (recordingId: string, failure: Failure | null) => void;
  /** Jobs at work at a time; the next waits. */
  readonly concurrency?: number;
  /**
   * Epoch ms at which recordings were last opened: what a reader looks at goes first. Asked for once for each analysis that
   * begins, as thousands may wait.
   */
  readonly openings: () => ReadonlyMap<string, number>;
}

interface Job {
  readonly spec: JobSpec;
  readonly controller: AbortController;
  readonly collector: ReturnType<typeof createCollector>;
  readonly glances: Glances;
  /** Up to where it has come, seconds. */
  reachedS: number;
  status: AnalysisStatus;
  /** Why it failed. */
  failure: Failure | null;
  startedMs: number;
  finished: Promise<void> | null;
  /** A reader has it before them. */
  isOpen: boolean;
  /** Who waits for its end. */
  readonly waiting: Set<Wait>;
  readonly ending: { readonly promise: Promise<void>; readonly resolve: () => void };
}

/**
 * Two, so that the recording a reader opens does not wait for the end of one that is worked off in the
 * background.
 */
const CONCURRENCY = 2;
/** Ended jobs are kept for their message and partial results; stored ones are found in the store. */
const ENDED_KEPT = 200;

/** Index of the job whose recording was opened last; of the first of those that never were. */
function openedLast(queue: readonly Job[], openings: ReadonlyMap<string, number>): number {
  const openedMs = queue.map(({ spec }) => openings.get(spec.recordingId) ?? 0);
  return openedMs.indexOf(openedMs.reduce((last, ms) => Math.max(last, ms), 0));
}

export function createJobs(options: JobsOptions): Jobs {
  const { emit, onChange, onFailure, openings, concurrency = CONCURRENCY } = options;
  const jobs = new Map<string, Job>();
  const running = new Set<Job>();
  const queue: Job[] = [];
  /** The last job of each recording, as a worklist asks for that of every recording. */
  const latestOf = new Map<string, Job>();
  const unqueued = new Map<string, Failure>();

  function tell({ status, waiting }: Job): void {
    emit('analysis.progress', status);
    for (const { onProgress } of waiting) onProgress?.(status);
  }

  function drop(job: Job): void {
    const { analysisId, recordingId } = job.spec;
    jobs.delete(analysisId);
    if (latestOf.get(recordingId) !== job) return;
    const latest = [...jobs.values()].findLast(({ spec }) => spec.recordingId === recordingId);
    if (latest) latestOf.set(recordingId, latest);
    else latestOf.delete(recordingId);
  }

  function next(): void {
    while (running.size < concurrency && queue.length > 0) {
      const job = queue.splice(openedLast(queue, openings()), 1)[0]!;
      running.add(job);
      job.finished = work(job).finally(() => {
        running.delete(job);
        job.ending.resolve();
        forgetOld();
        next();
      });
    }
  }

  async function work(job: Job): Promise<void> {
    const { spec, controller, collector } = job;
    job.startedMs = performance.now();
    job.status = { ...job.status, state: 'running' };
    const gate = createUpdateGate((segments) => {
      if (segments.length > 0) {
        emit('analysis.segment', { analysisId: spec.analysisId, segments });
      }
      tell(job);
    });
    gate.touch([]);
    onChange();
    let failure: Failure | null = null;
    // Both want all of the machine, and what is on the screen comes first.
    await job.glances.firstLook();
    try {
      for await (const update of spec.run(controller.signal)) {
        if (controller.signal.aborted) break;
        if (!update.ok) {
          failure = update.error;
          break;
        }
        collector.add(update.value);
        job.reachedS = Math.max(job.reachedS, endOf(update.value));
        job.status = progressed(job, update.value);
        gate.touch(update.value.kind === 'segments' ? update.value.segments : []);
      }
    } catch (bug) {
      // A bug met in one recording must not end the analyses of the others.
      console.error(bug);
      const why = bug instanceof Error ? bug.message : String(bug);
      failure = errSaid('bad-signal', 'failures.ownFault', { why }).error;
    }
    gate.flush();
    job.glances.close();
    if (controller.signal.aborted || failure?.code === 'cancelled') {
      job.status = ended(job, 'cancelled', null);
    } else if (failure) {
      job.failure = failure;
      onFailure?.(spec.recordingId, failure);
      job.status = ended(job, 'failed', failure);
    } else {
      job.status = ended(job, 'done', null);
      try {
        await spec.keep(job.status, collector.result());
        // From here on the store answers for it; a day of beats need not stay in memory.
        drop(job);
        spec.kept();
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        const { error } = errSaid('not-writable', 'failures.notKept', { why });
        job.status = ended(job, 'done', error);
      }
    }
    tell(job);
    onChange();
  }

  function cancel(job: Job): void {
    job.controller.abort();
    job.glances.close();
    const waiting = queue.indexOf(job);
    if (waiting >= 0) {
      queue.splice(waiting, 1);
      job.ending.resolve();
      job.status = ended(job, 'cancelled', null);
      tell(job);
      onChange();
    } else if (job.status.state === 'running') {
      job.status = ended(job, 'cancelled', null);
    }
  }

  function forgetOld(): void {
    const over = [...jobs.values()].filter((job) => job.finished && !running.has(job));
    for (const job of over.slice(0, Math.max(0, over.length - ENDED_KEPT))) {
      drop(job);
    }
  }

  return {
    start(spec) {
      const known = jobs.get(spec.analysisId);
      if (known && (known.status.state === 'queued' || known.status.state === 'running')) {
        return known.status;
      }
      const job: Job = {
        spec,
        controller: new AbortController(),
        collector: createCollector(spec.origin),
        glances: createGlances({
          origin: spec.origin,
          glance: spec.glance,
          reachedS: () => job.reachedS,
          found(segments) {
            emit('analysis.segment', { analysisId: spec.analysisId, segments: [...segments] });
            tell(job);
          },
        }),
        reachedS: 0,
        startedMs: performance.now(),
        finished: null,
        failure: null,
        isOpen: false,
        waiting: new Set(),
        ending: createEnding(),
        status: {
          analysisId: spec.analysisId,
          recordingId: spec.recordingId,
          modelId: spec.modelId,
          state: 'queued',
          segmentsDone: 0,
          segmentsTotal: spec.plan.segmentsTotal,
          elapsedS: 0,
          remainingS: null,
          lead: spec.plan.lead?.name ?? null,
          threshold: spec.threshold,
          provider: spec.provider(),
          message: null,
          warnings: [...spec.plan.warnings],
        },
      };
      jobs.delete(spec.analysisId);
      jobs.set(spec.analysisId, job);
      latestOf.set(spec.recordingId, job);
      queue.push(job);
      // After the caller has its answer, so that no event comes before it.
      setImmediate(next);
      return job.status;
    },

    noteFailure(recordingId, failure) {
      if (failure === null) unqueued.delete(recordingId);
      else unqueued.set(recordingId, failure);
      onFailure?.(recordingId, failure);
      onChange();
    },

    cancel(analysisId) {
      const job = jobs.get(analysisId);
      if (!job) return null;
      cancel(job);
      return job.status;
    },

    open(analysisId) {
      const job = jobs.get(analysisId);
      if (job) job.isOpen = true;
    },

    look(analysisId, view) {
      const job = jobs.get(analysisId);
      job?.glances.look(view);
      return job !== undefined;
    },

    status: (analysisId) => jobs.get(analysisId)?.status ?? null,
    async finished(analysisId, { signal, onProgress } = {}) {
      const job = jobs.get(analysisId);
      if (!job) return null;
      const own: Wait = onProgress ? { onProgress } : {};
      job.waiting.add(own);
      await new Promise<void>((resolve) => {
        const leave = (): void => {
          job.waiting.delete(own);
          if (job.isOpen || job.waiting.size > 0) resolve();
          else cancel(job);
        };
        signal?.addEventListener('abort', leave, { once: true });
        if (signal?.aborted) leave();
        void job.ending.promise.then(() => {
          signal?.removeEventListener('abort', leave);
          resolve();
        });
      });
      job.waiting.delete(own);
      return job.status;
    },
    failure: (analysisId) => jobs.get(analysisId)?.failure ?? null,
    result(analysisId) {
      const job = jobs.get(analysisId);
      return job ? job.glances.beyond(job.collector.result()) : null;
    },

    activityOf(recordingId) {
      const refused = unqueued.get(recordingId);
      if (refused) return { state: 'failed', progress: 0, ...inShort(refused) };
      const latest = latestOf.get(recordingId)?.status;
      if (latest?.state === 'failed') {
        const { message, said } = latest;
        return { state: 'failed', progress: 0, message, ...(said && { said }) };
      }
      if (latest?.state !== 'queued' && latest?.state !== 'running') return null;
      return { state: 'analysing', progress: Math.min(1, latest.done ?? 0), message: null };
    },

    async close() {
      for (const job of jobs.values()) job.glances.close();
      for (const job of queue.splice(0)) job.ending.resolve();
      for (const job of running) job.controller.abort();
      await Promise.allSettled([...running].map((job) => job.finished));
    },
  };
}

function createEnding(): Job['ending'] {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/** Up to where an update is known to have come; pieces come in time order. */
function endOf(update: AnalyserUpdate): number {
  if (update.kind === 'beats') return update.beats.timeS.at(-1) ?? 0;
  return update.kind === 'segments' ? (update.segments.at(-1)?.startS ?? 0) : 0;
}

function progressed(job: Job, update: AnalyserUpdate): AnalysisStatus {
  const { status } = job;
  const segmentsDone =
    status.segmentsDone + (update.kind === 'segments' ? update.segments.length : 0);
  const elapsedS = (performance.now() - job.startedMs) / 1000;
  // Never back: what is done may lie beyond the segments that could be given so far.
  const share = Math.max(
    status.done ?? 0,
    update.kind === 'progress' ? update.done : segmentsDone / Math.max(1, status.segmentsTotal),
  );
  return {
    ...status,
    provider: job.spec.provider(),
    segmentsDone,
    done: share,
    elapsedS,
    remainingS: share > 0 ? (elapsedS * (1 - share)) / share : null,
  };
}

/** What a status and a row of the worklist say of a failure. */
function inShort({ message, said }: Failure): Pick<AnalysisStatus, 'message' | 'said'> {
  return said ? { message, said } : { message };
}

function ended(job: Job, state: AnalysisStatus['state'], why: Failure | null): AnalysisStatus {
  const elapsedS = (performance.now() - job.startedMs) / 1000;
  const provider = job.spec.provider();
  return {
    ...job.status,
    provider,
    state,
    ...(why ? inShort(why) : { message: null }),
    elapsedS,
    ...(state === 'done' ? { done: 1 } : {}),
    remainingS: state === 'done' ? 0 : null,
  };
}

/** For callers that name an analysis which neither runs nor is stored. */
export function noSuchAnalysis(): Result<never> {
  return errSaid('not-found', 'failures.analysisForgotten');
}
