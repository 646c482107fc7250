import { ok, type Result } from '../../shared/domain';
import { drainsKey, PREFIX, QUEUES_KEY } from './names';
import { connectionOf, forgetIfIdle, openClient } from './open-queue';
import type { QueueAddress } from './queue-address';

export interface QueueStatus {
  /** A queue is a model in one version; the last part of its name is that version's. */
  readonly name: string;
  readonly paused: boolean;
  readonly waiting: number;
  readonly active: number;
  /** Rows and failures that no coordinator has collected yet. */
  readonly answered: number;
  readonly failed: number;
  readonly workers: number | null;
}

export interface QueuesStatus {
  readonly queues: readonly QueueStatus[];
  /** Memory that Redis uses, all of it. */
  readonly memoryBytes: number | null;
}

/** What can be done with all queues of a server. */
export interface QueueAdmin {
  status(): Promise<QueuesStatus>;
  /** Workers finish what they have and take nothing more. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Takes out what waits, and ends the runs that wait for it. @returns jobs taken out */
  drain(): Promise<number>;
  close(): Promise<void>;
}

/** @returns as `openClient` */
export async function openQueueAdmin(address: QueueAddress): Promise<Result<QueueAdmin>> {
  const opened = await openClient(address);
  if (!opened.ok) return opened;
  const client = opened.value;
  const { Queue } = await import('bullmq');
  const names = (await client.smembers(QUEUES_KEY)).sort();
  const queues = names.map((name) => {
    // The settings of a queue are those of whoever fills it.
    const queue = new Queue(name, {
      connection: connectionOf(address),
      prefix: PREFIX,
      skipMetasUpdate: true,
    });
    queue.on('error', () => undefined);
    return queue;
  });

  async function statusOf(queue: (typeof queues)[number]): Promise<QueueStatus> {
    const [counts, paused, workers] = await Promise.all([
      queue.getJobCounts(),
      queue.isPaused(),
      queue.getWorkersCount().catch(() => null),
    ]);
    const count = (...states: readonly string[]): number =>
      states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
    return {
      name: queue.name,
      paused,
      waiting: count('waiting', 'prioritized', 'paused', 'delayed'),
      active: count('active'),
      answered: count('completed'),
      failed: count('failed'),
      workers,
    };
  }

  return ok({
    async status() {
      const info = await client.info('memory').catch(() => '');
      const bytes = /^used_memory:(\d+)/m.exec(info)?.[1];
      return {
        queues: await Promise.all(queues.map(statusOf)),
        memoryBytes: bytes === undefined ? null : Number(bytes),
      };
    },
    async pause() {
      await Promise.all(queues.map((queue) => queue.pause()));
    },
    async resume() {
      await Promise.all(queues.map((queue) => queue.resume()));
    },
    async drain() {
      let drained = 0;
      for (const queue of queues) {
        const { waiting } = await statusOf(queue);
        // Before what waits is gone: a coordinator would ask for it again.
        await client.incr(drainsKey(queue.name));
        // Those that were handed back and wait for their time as well.
        await queue.drain(true);
        drained += waiting;
        await forgetIfIdle(queue, client);
      }
      return drained;
    },
    async close() {
      await Promise.all(queues.map((queue) => queue.close()));
      client.disconnect();
    },
  });
}
