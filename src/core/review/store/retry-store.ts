import { StoreFailure } from './store-failure';

/** Longest that a change waits for a lock of another program, in all; the thread answers others meanwhile. */
const MOST_MS = 5000;
const PAUSE_MS = 50;

/**
 * Does a change that the store refuses for a while again until it passes. Only for changes that are all or nothing.
 * @throws StoreFailure when it has not passed in `mostMs`, or cannot pass by waiting
 */
export async function retryStore<T>(change: () => T | Promise<T>, mostMs = MOST_MS): Promise<T> {
  const endMs = performance.now() + mostMs;
  for (;;) {
    try {
      return await change();
    } catch (cause) {
      const canPass = cause instanceof StoreFailure && cause.failure.code === 'busy';
      if (!canPass || performance.now() > endMs) throw cause;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
