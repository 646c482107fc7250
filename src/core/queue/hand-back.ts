import type { ErrorCode } from '../../shared/domain';

/** What is needed of a job in the process that reads it. */
export interface HeldJob {
  /** How often a process has taken it. */
  readonly attemptsStarted: number;
  moveToDelayed(atMs: number, token: string): Promise<void>;
  updateProgress(progress: HandedBack): Promise<void>;
}

/** What a worker is told of a job that a process of its own hands back: of the recording it says nothing. */
export interface HandedBack {
  readonly handedBack: ErrorCode | 'bug';
}

/** So long a recording that was handed back waits, which lets a worker that is well take it. */
export const WAIT_MS = 5000;
/** A recording that this many processes have taken is given up: perhaps no worker is well. */
const MOST_TAKEN = 20;

/**
 * Hands back a recording for which no row can be made in this process (it has another model, no room, or is at fault
 * itself): that is no try of the recording's, which another worker may well read. It ends in a throw, as the queue wants.
 * @param token by which this process holds the job
 */
export async function handBack(
  job: HeldJob,
  token: string,
  cause: Error & { readonly code?: ErrorCode },
): Promise<never> {
  // The queue knows these errors by their names, also where they come out of another process.
  if (job.attemptsStarted >= MOST_TAKEN) throw named('UnrecoverableError', cause.message);
  await job.updateProgress({ handedBack: cause.code ?? 'bug' });
  await job.moveToDelayed(Date.now() + WAIT_MS, token);
  throw named('DelayedError', cause.message);
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
