import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isWriteRefusal, writeFailure } from '../../core/host';
import { err, type Err, type Failure, type Result } from '../../shared/domain';
import type { AnswerParts } from './answer';
import type { Prepared } from './prepared';

/** A prediction that its caller does not wait for. Its answer lies on disk, however long its signal is. */
export type Job =
  | { readonly state: 'waiting' | 'running' }
  | { readonly state: 'done'; readonly file: string; readonly bytes: number }
  | { readonly state: 'failed'; readonly error: Failure };

/** The token that somebody asks with who may ask less than everything; null for whoever may ask for all. */
export type Asker = string | null;

/** Each fails with `busy` where it cannot be done now. Others' jobs are as absent as those that never were. */
export interface Jobs {
  /**
   * Takes over the folder of an upload.
   * @returns the job's id, which nobody can guess; where it fails, the folder stays the caller's
   */
  add(folder: string, prepared: Prepared, by: Asker): Promise<Result<string>>;
  /** @returns null where there is no such job */
  find(id: string, by: Asker): Promise<Result<Job | null>>;
  /** Breaks a job off, or forgets its answer. @returns whether there was one */
  remove(id: string, by: Asker): Promise<Result<boolean>>;
  counts(): Promise<Readonly<Record<Job['state'], number>>>;
  /** Ends what is at work here; nothing is left on this machine's disk. */
  close(): Promise<void>;
}

export interface JobLimits {
  readonly jobs: number;
  readonly jobBytes: number;
  readonly answerBytes: number;
  readonly keptMs: number;
  readonly timeoutMs: number;
}

export interface JobsOptions {
  readonly limits: JobLimits;
  compute(
    prepared: Prepared,
    signal: AbortSignal,
    onStart: () => void,
  ): Promise<Result<AnswerParts>>;
  textOf(answer: AnswerParts, signal: AbortSignal): AsyncIterable<string>;
}

export const FULL: Err = err('busy', 'Too many predictions are under way; try again shortly.');

export const NO_ROOM: Failure = {
  code: 'busy',
  message:
    'The answers that are kept left no room for this one; fetch and delete some, and ask for the prediction again.',
};

/** Ends the writing of an answer. */
export class NoRoom extends Error {}

/** What ended a job: that it took too long, a disk that takes no more, or a fault of ours. */
export function failureOf(
  cause: unknown,
  signal: AbortSignal,
  folder = 'The folder of temporary files',
): Failure {
  const bug: Failure = {
    code: 'inference-failed',
    message: 'Fiducial itself failed on this recording.',
  };
  if (signal.aborted) return lateOr(bug, signal);
  if (isWriteRefusal(cause)) return writeFailure(folder, cause).error;
  console.error(cause);
  return bug;
}

/** That it took too long, where that broke it off. */
export function lateOr(error: Failure, signal: AbortSignal): Failure {
  const isLate = signal.aborted && (signal.reason as Error).message === 'timeout';
  return isLate ? err('cancelled', 'The prediction took too long.').error : error;
}

export async function sizeOfFolder(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
