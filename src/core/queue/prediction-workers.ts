import type { Job, Worker } from 'bullmq';
import { err, type Failure, type Result } from '../../shared/domain';
import { modelSha256 } from '../inference/model-hash';
import type { ModelFiles } from '../inference/types';
import { handBack } from './hand-back';
import { PREFIX } from './names';
import { connectionOf } from './open-queue';
import type { Places } from './places';
import { PredictionJob, type PredictionEnd } from './prediction-job';
import type { QueueAddress } from './queue-address';

export interface PredictionWorkOptions {
  readonly address: QueueAddress;
  /** Version of the application: answers of two are not mixed. */
  readonly version: string;
  /** Predictions that this process works on at a time. */
  readonly concurrency: number;
  /** After this time without a sign of life a server's predictions are taken over. */
  readonly takeOverMs: number;
  /** The network of an id with this hash; where it is gone, the one that has its id now. */
  modelOf(id: string, sha256: string): Promise<Result<ModelFiles>>;
  /** Computes one, and answers its own bugs. Broken off by `stop`. Throws where Redis does not answer. */
  compute(work: PredictionWork): Promise<PredictionEnd>;
  /** Told when a job has ended for good, or is not wanted any more. */
  ended(name: string, end: PredictionEnd): Promise<void>;
}

export interface PredictionWork {
  readonly name: string;
  readonly job: PredictionJob;
  readonly model: ModelFiles;
  readonly stop: AbortController;
}

/** What a server does for the queues of its networks. */
export interface PredictionWorkers {
  /** Takes jobs from a queue, if it does not already. */
  start(queue: string): void;
  /**
   * Takes nothing more, and hands back what is at work.
   * @param isAway Redis does not answer: nothing can be handed back, and its libraries would wait for it
   */
  close(isAway: boolean): Promise<void>;
}

/** A prediction whose server was gone is begun once more, and then given up: perhaps it ends servers. */
const MOST_TAKE_OVERS = 1;
/** How often whoever works on a prediction looks whether it is still wanted. */
const LOOK_MS = 1000;
const GONE: PredictionEnd = { kind: 'gone' };
/** Reasons for which work is broken off. */
const REMOVED = 'removed';
const CLOSING = 'closing';

export function createWorkers(
  options: PredictionWorkOptions,
  places: Places,
  bull: typeof import('bullmq'),
): PredictionWorkers {
  const workers = new Map<string, Worker>();
  const atWork = new Set<AbortController>();

  async function process(job: Job, token = ''): Promise<PredictionEnd> {
    const name = job.id!;
    // Where Redis is away for a moment, it is found out later.
    const isWanted = await places.find(name).catch(() => true);
    if (!isWanted) return GONE;
    const asked = PredictionJob.parse(job.data);
    const model = await options.modelOf(asked.modelId, asked.modelSha256);
    if (!model.ok || modelSha256(model.value) !== asked.modelSha256) {
      const cause = new Error('The model is another one here by now.');
      return handBack(job, token, Object.assign(cause, { code: 'conflict' as const }));
    }
    const end = await computed(name, asked, model.value).catch((cause: Error) => cause);
    // Redis was away in the middle of it: no fault of the recording's.
    if (end instanceof Error) return handBack(job, token, end);
    if (end !== null) return end;
    await job.moveToWait(token);
    throw new bull.WaitingError();
  }

  /** @returns null where this server ends and another one is to do it */
  async function computed(
    name: string,
    job: PredictionJob,
    model: ModelFiles,
  ): Promise<PredictionEnd | null> {
    const stop = new AbortController();
    atWork.add(stop);
    const looking = setInterval(() => {
      const look = places.find(name).then((place) => place ?? stop.abort(new Error(REMOVED)));
      look.catch(() => undefined);
    }, LOOK_MS);
    try {
      const end = await options.compute({ name, job, model, stop });
      const reason = stop.signal.aborted ? (stop.signal.reason as Error).message : '';
      if (reason === REMOVED) return GONE;
      return reason === CLOSING && end.kind !== 'done' ? null : end;
    } finally {
      clearInterval(looking);
      atWork.delete(stop);
    }
  }

  async function ended(job: Job, end: PredictionEnd): Promise<void> {
    await options.ended(job.id!, end);
    if (end.kind === 'gone') await job.remove();
  }

  return {
    start(queue) {
      if (workers.has(queue)) return;
      const worker = new bull.Worker(queue, process, {
        connection: connectionOf(options.address),
        prefix: PREFIX,
        concurrency: options.concurrency,
        lockDuration: options.takeOverMs,
        stalledInterval: options.takeOverMs / 2,
        maxStalledCount: MOST_TAKE_OVERS,
      });
      workers.set(queue, worker);
      worker.on('error', () => undefined);
      worker.on('completed', (job, end: PredictionEnd) => void ended(job, end).catch(() => {}));
      worker.on('failed', (job, { message }) => {
        if (job) void ended(job, { kind: 'failed', error: givenUp(message) }).catch(() => {});
      });
    },
    async close(isAway) {
      const ends = [...workers.values()].map((worker) => worker.close(isAway));
      for (const stop of atWork) stop.abort(new Error(CLOSING));
      await Promise.all(ends);
    },
  };
}

/** Why the queue gave a prediction up. What a bug says may name what was sent, and stays out. */
export function givenUp(reason: string): Failure {
  const message = /stalled more than/.test(reason)
    ? 'One server after the other was gone while it had this recording, and it was given up.'
    : 'Fiducial itself failed on this recording.';
  return err('inference-failed', message).error;
}
