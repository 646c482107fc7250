import type { Queue } from 'bullmq';
import type { Redis, RedisOptions } from 'ioredis';
import { err, ok, type Err, type Result } from '../../shared/domain';
import { PREFIX, QUEUES_KEY } from './names';
import { addressText, type QueueAddress } from './queue-address';

/** A finished job whose row nobody collects (its coordinator did not come back) is kept this long. */
export const KEPT_S = 24 * 3600;
/** Events that Redis keeps; one carries a row. What a coordinator misses, it finds by looking after its jobs. */
const EVENTS_KEPT = 1000;
const CONNECT_MS = 5000;
const COMMAND_MS = 5000;

export interface OpenQueue {
  readonly queue: Queue;
  readonly client: Redis;
  close(): Promise<void>;
}

/** What every connection to a queue is made with. Commands wait for a server that is away, and go on when it is back. */
export function connectionOf(address: QueueAddress): QueueAddress & { maxRetriesPerRequest: null } {
  return { ...address, maxRetriesPerRequest: null };
}

interface Hasty {
  readonly maxRetriesPerRequest: number;
  readonly enableOfflineQueue: boolean;
  readonly commandTimeout: number;
}

/** The same where somebody waits for the answer: commands fail while the server is away. */
export function hastyConnectionOf(address: QueueAddress): QueueAddress & Hasty {
  return {
    ...address,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: COMMAND_MS,
  };
}

/**
 * The client of Redis, once the server answered. The library is loaded here, by nobody else.
 * @param connection how its commands take it that the server is away; by default they wait
 * @returns `not-readable` where there is no server or it does not let us in
 */
export async function openClient(
  address: QueueAddress,
  connection: RedisOptions = connectionOf(address),
): Promise<Result<Redis>> {
  const { Redis } = await import('ioredis');
  let isThere = false;
  let reason = '';
  const client = new Redis({
    ...connection,
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    retryStrategy: (times) => (isThere ? Math.min(100 * times, 2000) : null),
  });
  client.on('error', (cause: Error) => (reason = cause.message));
  try {
    await client.connect();
    await client.ping();
    isThere = true;
    return ok(client);
  } catch (cause) {
    client.disconnect();
    const why = reason || (cause as Error).message;
    return err('not-readable', `The queue at ${addressText(address)} does not answer: ${why}.`);
  }
}

/** Takes a queue that holds nothing and that nobody works for out of the list of queues. */
export async function forgetIfIdle(queue: Queue, client: Redis): Promise<void> {
  const [counts, workers] = await Promise.all([
    queue.getJobCounts(),
    // Where a server keeps the list of its clients to itself, there may be some.
    queue.getWorkersCount().catch(() => 1),
  ]);
  const held = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (held === 0 && workers === 0) await client.srem(QUEUES_KEY, queue.name);
}

/** Opens a queue by name, and enters it into the list of queues. @returns as `openClient`; `not-writable` where it is full */
export async function openQueue(address: QueueAddress, name: string): Promise<Result<OpenQueue>> {
  const client = await openClient(address);
  if (!client.ok) return client;
  const { Queue } = await import('bullmq');
  const queue = new Queue(name, {
    connection: connectionOf(address),
    prefix: PREFIX,
    streams: { events: { maxLen: EVENTS_KEPT } },
  });
  // Connections that are lost are made again; what waits for them goes on then.
  queue.on('error', () => undefined);
  const close = async (): Promise<void> => {
    await queue.close();
    client.value.disconnect();
  };
  try {
    await client.value.sadd(QUEUES_KEY, name);
  } catch (cause) {
    await close();
    return takesNoMore(address, cause);
  }
  return ok({ queue, client: client.value, close });
}

/** What a server says that is full or for reading alone: no fault of a recording. */
export function takesNoMore(address: QueueAddress, cause: unknown): Err {
  return err(
    'not-writable',
    `The queue at ${addressText(address)} takes nothing more: ${(cause as Error).message}`,
  );
}
