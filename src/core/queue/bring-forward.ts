import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { WAIT_MS } from './hand-back';

/** BullMQ's `getDelayedScore`: a job waits until the time in its score, epoch milliseconds times this. */
const PER_MS = 0x1000;

/**
 * Lets go what waits longer than whoever handed it back meant: on a machine whose clock goes ahead `a few seconds from now` is
 * in an hour, for all but itself. Time is told by Redis, whatever clock there is here.
 */
export async function bringForward(queue: Queue, client: Redis): Promise<void> {
  const [seconds] = await client.time();
  const latestMs = (Number(seconds) + 1) * 1000 + WAIT_MS;
  const late = await client.zrange(queue.toKey('delayed'), latestMs * PER_MS, '+inf', 'BYSCORE');
  for (const id of late) {
    const job = await queue.getJob(id);
    // Somebody else may have been as quick.
    await job?.promote().catch(() => undefined);
  }
}
