import { err } from '../../shared/domain';
import type { TaskRequest } from './run-task';

/**
 * Runs work that cannot be interrupted so that an abort resolves with `cancelled` at once: the work is told
 * through the shared word, and its answer, when it comes, is dropped.
 */
export function cancellable(
  request: Omit<TaskRequest, 'cancelled'>,
  signal: AbortSignal | undefined,
  run: (request: TaskRequest) => Promise<unknown>,
): Promise<unknown> {
  const failure = err('cancelled', 'The request was cancelled.');
  if (signal?.aborted) return Promise.resolve(failure);
  const cancelled = new Int32Array(new SharedArrayBuffer(4));
  const work = run({ ...request, cancelled });
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      Atomics.store(cancelled, 0, 1);
      resolve(failure);
    };
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
