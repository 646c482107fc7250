import { setTimeout as wait } from 'node:timers/promises';
import type { Job, Queue } from 'bullmq';
import { ok, type Result } from '../../shared/domain';
import type { ModelFiles } from '../inference/types';
import { bringForward } from './bring-forward';
import { FOLDER_KEY, PREFIX, queueNameOf, QUEUES_KEY } from './names';
import { hastyConnectionOf, openClient } from './open-queue';
import { createPlaces, type PlaceLimits, type Places } from './places';
import { OwnedJob, PredictionEnd, type PredictionJob } from './prediction-job';
import { createWorkers, givenUp, type PredictionWorkOptions } from './prediction-workers';

export interface PredictionQueueOptions extends PredictionWorkOptions {
  readonly limits: PlaceLimits;
}

export type QueuedPrediction =
  | { readonly state: 'waiting' | 'running' }
  | { readonly state: 'ended'; readonly end: PredictionEnd };

export type OwnedPrediction = QueuedPrediction & { readonly owner: string | null };

/** Predictions that wait for any of the servers of a queue. */
export interface PredictionQueue {
  readonly places: Places;
  /** Lets this server work on predictions of a network. */
  workFor(model: ModelFiles): Promise<void>;
  /** Name of the queue that a network's predictions go into. */
  nameOf(model: ModelFiles): string;
  /** Adds a job whose place has been taken. Throws where Redis is away or full. */
  add(name: string, job: PredictionJob, queue: string): Promise<void>;
  /** @returns null where there is no such job (any more) */
  find(name: string, queue: string): Promise<OwnedPrediction | null>;
  /** Takes a job out. @returns whether it is at work: whoever works on it finds that it lost its place */
  remove(name: string, queue: string): Promise<'removed' | 'at-work'>;
  counts(queues: Iterable<string>): Promise<{ waiting: number; running: number }>;
  /** Whoever shares a folder with us says the same word; `null` where nobody said one lately. */
  sharedWord(): Promise<string | null>;
  saySharedWord(word: string): Promise<void>;
  /** Enters what this server works for into the list of queues, which a Redis that came back empty has lost; lets go what waits too long. */
  lookAfter(): Promise<void>;
  /** Takes nothing more; what is at work goes back to the queue, for another server. */
  close(): Promise<void>;
}

/** How long a word stands that nobody repeats. */
const WORD_MS = 60_000;
/** Of a job that ended, where nobody takes it away; by the clock of any server, of which one may be hours ahead. */
const KEPT_S = 24 * 3600;
const EVENTS_KEPT = 100;
const CLOSE_MS = 5000;

/** @returns as `openClient` */
export async function openPredictionQueue(
  options: PredictionQueueOptions,
): Promise<Result<PredictionQueue>> {
  const { address, version } = options;
  const hasty = hastyConnectionOf(address);
  const opened = await openClient(address, hasty);
  if (!opened.ok) return opened;
  const client = opened.value;
  const bull = await import('bullmq');
  const places = createPlaces(client, options.limits);
  const queues = new Map<string, Queue>();

  function queueOf(name: string): Queue {
    const known = queues.get(name);
    if (known) return known;
    const streams = { events: { maxLen: EVENTS_KEPT } };
    const queue = new bull.Queue(name, { connection: hasty, prefix: PREFIX, streams });
    queue.on('error', () => undefined);
    queues.set(name, queue);
    return queue;
  }

  const workers = createWorkers(options, places, bull);
  /** Names of queues. */
  const worksFor = new Set<string>();

  return ok({
    places,
    nameOf: (model) => queueNameOf(model, version, 'predict'),
    async workFor(model) {
      const name = queueNameOf(model, version, 'predict');
      if (!worksFor.has(name)) await client.sadd(QUEUES_KEY, name);
      worksFor.add(name);
      workers.start(name);
    },
    async add(name, job, queue) {
      await queueOf(queue).add('prediction', job, {
        jobId: name,
        removeOnComplete: { age: KEPT_S },
        removeOnFail: { age: KEPT_S },
      });
    },
    async find(name, queue) {
      const found = await queueOf(queue).getJob(name);
      if (!found) return null;
      const { owner } = OwnedJob.parse(found.data);
      if (found.finishedOn) return { state: 'ended', end: endOf(found), owner };
      const isRunning = (await found.getState()) === 'active';
      return { state: isRunning ? 'running' : 'waiting', owner };
    },
    async remove(name, queue) {
      return (await queueOf(queue).remove(name)) === 1 ? 'removed' : 'at-work';
    },
    async counts(names) {
      const each = await Promise.all([...names].map((name) => queueOf(name).getJobCounts()));
      const sum = (...states: readonly string[]): number =>
        each.flatMap((of) => states.map((state) => of[state] ?? 0)).reduce((a, b) => a + b, 0);
      return {
        waiting: sum('waiting', 'prioritized', 'paused', 'delayed'),
        running: sum('active'),
      };
    },
    sharedWord: () => client.get(FOLDER_KEY),
    async saySharedWord(word) {
      await client.set(FOLDER_KEY, word, 'PX', WORD_MS);
    },
    async lookAfter() {
      for (const name of worksFor) {
        await client.sadd(QUEUES_KEY, name);
        await bringForward(queueOf(name), client);
      }
    },
    async close() {
      // Without Redis nothing can be handed back, and its libraries would wait for it: others take over what is here.
      const isAway = await client.ping().then(
        () => false,
        () => true,
      );
      const closed = workers
        .close(isAway)
        .then(() => Promise.all([...queues.values()].map((queue) => queue.disconnect())));
      await Promise.race([
        closed.catch(() => undefined),
        wait(CLOSE_MS, undefined, { ref: false }),
      ]);
      client.disconnect();
    },
  });
}

function endOf(job: Job): PredictionEnd {
  const end = PredictionEnd.safeParse(job.returnvalue);
  if (end.success) return end.data;
  return { kind: 'failed', error: givenUp(job.failedReason ?? '') };
}
