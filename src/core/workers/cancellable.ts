import type { Err } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { TaskRequest } from './task';
import type { TaskOptions } from './types';

/** How often a caller hears of progress: often enough to look smooth. */
const PROGRESS_MS = 100;

/**
 * Runs work that cannot be interrupted so that an abort resolves with `cancelled` at once: the work is told
 * through the shared word, and its answer, when it comes, is dropped.
 */
export function cancellable(
  request: Omit<TaskRequest, 'shared'>,
  { signal, onProgress }: Pick<TaskOptions, 'signal' | 'onProgress'>,
  run: (request: TaskRequest) => Promise<unknown>,
): Promise<unknown> {
  // Said where it is needed: the first sentence of a process takes 20 ms, and a thread starts after this.
  const failure = (): Err => errSaid('cancelled', 'failures.cancelled');
  if (signal?.aborted) return Promise.resolve(failure());
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const work = run({ ...request, shared });
  if (!signal && !onProgress) return work;
  return new Promise((resolve, reject) => {
    let known = 0;
    const timer =
      onProgress &&
      setInterval(() => {
        const done = Atomics.load(shared, 1);
        if (done > known) onProgress((known = done) / 1000);
      }, PROGRESS_MS);
    const end = (): void => {
      clearInterval(timer);
      signal?.removeEventListener('abort', abort);
    };
    const abort = (): void => {
      Atomics.store(shared, 0, 1);
      end();
      resolve(failure());
    };
    signal?.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(end);
  });
}
