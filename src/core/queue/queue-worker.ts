import type { Result } from '../../shared/domain';
import { ok } from '../../shared/domain';
import type { ModelFiles } from '../inference/types';
import type { HandedBack } from './hand-back';
import { PREFIX, queueNameOf } from './names';
import { connectionOf, openQueue } from './open-queue';
import type { QueueAddress } from './queue-address';
import { unlessAway } from './unless-away';

export interface QueueWorkerOptions {
  readonly address: QueueAddress;
  readonly version: string;
  readonly model: ModelFiles;
  /** Built module whose default export makes the row of a job; it runs in a process of its own. */
  readonly processor: string;
  /** Recordings read at a time, each in a process of its own. */
  readonly concurrency: number;
  /** After this time without a sign of life a worker's recordings are taken over. */
  readonly takeOverMs: number;
  /** Lines for the log: names of jobs, never of recordings. */
  log(line: string): void;
}

export interface QueueWorker {
  readonly queueName: string;
  /**
   * Takes no more recordings, lets those at work finish, then ends.
   * @returns false where Redis is away, to which nothing can be handed: what is at work, other workers take over
   */
  close(): Promise<boolean>;
}

/**
 * Being killed is no fault of a recording's, up to here; what a recording itself ends is the process that reads it, which
 * is counted apart.
 */
const MOST_TAKE_OVERS = 20;

/**
 * Takes recordings from the queue of a model until it is closed. This process only carries: whatever a recording ends is
 * the process that reads it.
 * @returns as `openQueue`
 */
export async function startQueueWorker(options: QueueWorkerOptions): Promise<Result<QueueWorker>> {
  const { address, version, model, processor, concurrency, takeOverMs, log } = options;
  const name = queueNameOf(model, version);
  // Enters the queue into the list, and says at once where there is no server.
  const opened = await openQueue(address, name);
  if (!opened.ok) return opened;
  await opened.value.close();
  const { Worker } = await import('bullmq');
  const worker = new Worker(name, processor, {
    connection: connectionOf(address),
    prefix: PREFIX,
    concurrency,
    lockDuration: takeOverMs,
    stalledInterval: takeOverMs / 2,
    maxStalledCount: MOST_TAKE_OVERS,
    // What a bug says may name a file; its sentence comes with the row.
    workerForkOptions: { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
  });
  worker.on('completed', ({ id, processedOn = 0, finishedOn = 0 }) =>
    log(`${id} answered after ${((finishedOn - processedOn) / 1000).toFixed(1)} s`),
  );
  worker.on('failed', (job, { message }) => log(`${job?.id ?? 'a job'} failed: ${message}`));
  worker.on('progress', ({ id }, said) =>
    log(
      `${id} handed back: this worker cannot read now (${(said as unknown as HandedBack).handedBack})`,
    ),
  );
  worker.on('stalled', (jobId) => log(`${jobId} taken over from a worker that is gone`));
  worker.on('error', ({ message }) => log(`the queue: ${message}`));
  return ok({
    queueName: name,
    async close() {
      const closed = worker.close().then(() => ({}));
      if (await unlessAway(closed, address)) return true;
      void worker.disconnect().catch(() => undefined);
      return false;
    },
  });
}
