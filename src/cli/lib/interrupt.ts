import { EXIT } from './exit-codes';

/** What a shell knows a process by that a signal has ended: 128 and the signal's number. */
const STOPPED = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs `work` with a signal that Ctrl-C or a polite kill aborts; a process that ended by that says so with its exit code,
 * unless all was done by then. A second Ctrl-C ends the process at once, as usual.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (name: keyof typeof STOPPED): void => {
    controller.abort();
    // Commands set the exit code after the work.
    process.once('exit', () => {
      if (process.exitCode !== EXIT.done) process.exitCode = STOPPED[name];
    });
  };
  const interrupted = (): void => stop('SIGINT');
  const terminated = (): void => stop('SIGTERM');
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', terminated);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', terminated);
  }
}
