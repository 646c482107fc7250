import { setTimeout as wait } from 'node:timers/promises';
import { hastyConnectionOf, openClient } from './open-queue';
import type { QueueAddress } from './queue-address';

const LOOK_MS = 1000;
/** A server that did not answer for so long is away; one that is started again is back by then. */
const AWAY_MS = 5000;

/**
 * Waits for something that waits for Redis, as its libraries do for ever, but not for a Redis that is away.
 * @returns what came of it; null where Redis did not answer for 5 s and nothing had come
 */
export async function unlessAway<T extends object>(
  work: Promise<T>,
  address: QueueAddress,
): Promise<T | null> {
  let isOver = false;
  const over = (): void => void (isOver = true);
  const ended = work.then(over, over);
  let seenMs = performance.now();
  while (!isOver && performance.now() - seenMs < AWAY_MS) {
    await Promise.race([ended, wait(LOOK_MS, undefined, { ref: false })]);
    if (isOver) break;
    const client = await openClient(address, hastyConnectionOf(address));
    if (!client.ok) continue;
    client.value.disconnect();
    seenMs = performance.now();
  }
  return isOver ? work : null;
}
