import type { Failure, Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';

/**
 * Thrown where the store cannot read or write: deep in synchronous code, under many callers none of whom could do
 * anything about it. `storeFailuresAsResults` makes it the answer of the request that met it.
 */
export class StoreFailure extends Error {
  constructor(
    readonly failure: Failure,
    cause?: unknown,
  ) {
    super(failure.message, { cause });
  }
}

/** What SQLite's refusal means and what to do about it; anything else is a bug and returned as it is. */
export function storeFailure(path: string, cause: unknown): unknown {
  const code = String((cause as { code?: unknown } | null)?.code ?? '');
  const told = KINDS.find(([prefix]) => code.startsWith(prefix));
  if (!told || cause instanceof StoreFailure) return cause;
  const [, failureCode, key] = told;
  return new StoreFailure(errSaid(failureCode, key, { path }).error, cause);
}

/** By SQLite's result code (https://www.sqlite.org/rescode.html). */
const KINDS = [
  ['SQLITE_FULL', 'not-writable', 'failures.storeFull'],
  ['SQLITE_BUSY', 'busy', 'failures.storeLocked'],
  ['SQLITE_READONLY', 'not-writable', 'failures.storeReadOnly'],
  ['SQLITE_CANTOPEN', 'not-writable', 'failures.storeUnopened'],
  ['SQLITE_CORRUPT', 'not-readable', 'failures.storeDamaged'],
  ['SQLITE_NOTADB', 'not-readable', 'failures.storeDamaged'],
  ['SQLITE_IOERR', 'not-writable', 'failures.storeDisk'],
] as const;

/** Whether the place of the store takes no changes: read-only, full, without rights. */
export function isRefusedByDisk(cause: unknown): boolean {
  const code = String((cause as { code?: unknown } | null)?.code ?? '');
  return /^(SQLITE_(FULL|READONLY|CANTOPEN|IOERR|PERM)|EROFS|EACCES|EPERM|ENOSPC)/.test(code);
}

/** Whether SQLite says that it may not write, whatever the reason. */
export function isReadOnly(cause: unknown): boolean {
  return String((cause as { code?: unknown } | null)?.code ?? '').startsWith('SQLITE_READONLY');
}

/** Whether the disk is full, or fails as SQLite sees many that are. */
export function isFullOrFailing(cause: unknown): boolean {
  const code = String((cause as { code?: unknown } | null)?.code ?? '');
  return /^SQLITE_(FULL|IOERR)/.test(code);
}

/** SQLite's word for a disk that refuses, as the system would say it. */
export function diskCause(cause: unknown): unknown {
  const code = String((cause as { code?: unknown } | null)?.code ?? '');
  if (code.startsWith('SQLITE_FULL')) return { code: 'ENOSPC' };
  return code.startsWith('SQLITE_READONLY') ? { code: 'EROFS' } : cause;
}

/** Whether the store itself is damaged, as against full, locked or not ours. */
export function isDamage(cause: unknown): boolean {
  const code = String(
    ((cause instanceof StoreFailure ? cause.cause : cause) as { code?: unknown } | null)?.code ??
      '',
  );
  return code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB');
}

type Asynchronous = (...given: never[]) => Promise<Result<unknown>>;

/** The same functions; where the store failed under one, the failure is its answer. */
export function storeFailuresAsResults<T extends object>(functions: T): T {
  const guarded = Object.entries(functions).map(([name, call]) => [
    name,
    async (...given: never[]) => {
      try {
        return await (call as Asynchronous)(...given);
      } catch (cause) {
        if (cause instanceof StoreFailure) return { ok: false, error: cause.failure };
        throw cause;
      }
    },
  ]);
  return Object.fromEntries(guarded) as T;
}

/** @returns what `work` returns, or the store's failure */
export function storeResult<T>(work: () => Result<T>): Result<T> {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof StoreFailure) return { ok: false, error: cause.failure };
    throw cause;
  }
}
