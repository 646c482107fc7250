import { LRUCache } from 'lru-cache';
import { type Failure, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';

/** Costly reads by key: made once for all who ask meanwhile, the last few kept. */
export interface SharedReads<T> {
  /**
   * The value under `key`: what is kept, what is being read, or a read of its own. Aborting `signal` ends only this
   * request. A read that nobody waits for any more goes on, since the next wish is mostly for the same, until
   * another read begins. A failure is not kept.
   */
  get(
    key: string,
    signal: AbortSignal,
    read: (signal: AbortSignal) => Promise<Result<T>>,
  ): Promise<Result<T>>;
}

interface Reading<T> {
  readonly answer: Promise<Result<T>>;
  readonly controller: AbortController;
  waiting: number;
}

/** @param kept values held at most when nothing is being read */
export function createSharedReads<T>(kept: number): SharedReads<T> {
  const values = new LRUCache<string, Result<T>>({ max: kept });
  const readings = new Map<string, Reading<T>>();

  function begin(key: string, read: (signal: AbortSignal) => Promise<Result<T>>): Reading<T> {
    for (const [other, { waiting, controller }] of readings) {
      if (waiting > 0) continue;
      readings.delete(other);
      controller.abort();
    }
    const controller = new AbortController();
    const answer = read(controller.signal).finally(() => {
      if (readings.get(key) === reading) readings.delete(key);
    });
    const reading: Reading<T> = { answer, controller, waiting: 0 };
    readings.set(key, reading);
    answer.then(
      (result) => {
        if (result.ok) values.set(key, result);
      },
      // A bug is thrown to those who wait; with none left it has nowhere to go.
      () => undefined,
    );
    return reading;
  }

  return {
    async get(key, signal, read) {
      if (signal.aborted) return cancelled();
      const known = values.get(key);
      if (known) return known;
      const reading = readings.get(key) ?? begin(key, read);
      reading.waiting++;
      try {
        return await orAborted(reading.answer, signal);
      } finally {
        reading.waiting--;
      }
    },
  };
}

function orAborted<T>(answer: Promise<Result<T>>, signal: AbortSignal): Promise<Result<T>> {
  return new Promise((resolve, reject) => {
    const abort = (): void => resolve(cancelled());
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function cancelled(): { ok: false; error: Failure } {
  return errSaid('cancelled', 'failures.cancelled');
}
