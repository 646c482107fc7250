import { basename } from 'node:path';
import { err, ok, type Failure, type Result } from '../../shared/domain';

/** What a run is called. */
const NAMES = { compare: 'comparison', evaluate: 'evaluation' } as const;

export interface EachRecordOptions {
  readonly signal?: AbortSignal | undefined;
  readonly doing: keyof typeof NAMES;
  /** Told after each record how many are done, and what was wrong with the last one, if anything. */
  readonly onRecord?: ((done: number, record: string, problem: Failure | null) => void) | undefined;
}

/** What came of the records of a run. */
export interface EachRecord<T> {
  /** Of those with which it could be done, in their order. */
  readonly records: readonly T[];
  /** Why it could not with the others. */
  readonly problems: readonly Failure[];
}

/**
 * Does something with one annotated record after the other. One with which it cannot be done is left out and told of.
 * @returns `cancelled`, or the first failure where all failed
 */
export async function eachRecord<T>(
  paths: readonly string[],
  work: (path: string) => Promise<Result<T>>,
  { signal, doing, onRecord }: EachRecordOptions,
): Promise<Result<EachRecord<T>>> {
  const records: T[] = [];
  const problems: Failure[] = [];
  for (const [i, path] of paths.entries()) {
    if (signal?.aborted) return err('cancelled', `The ${NAMES[doing]} was cancelled.`);
    const one = await work(path);
    if (one.ok) records.push(one.value);
    else if (one.error.code === 'cancelled') return one;
    else problems.push(one.error);
    onRecord?.(i + 1, basename(path, '.hea'), one.ok ? null : one.error);
  }
  if (records.length > 0) return ok({ records, problems });
  return problems[0]
    ? { ok: false, error: problems[0] }
    : err('not-found', `There is no record to ${doing}.`);
}
