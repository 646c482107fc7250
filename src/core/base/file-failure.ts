import type { Err, Failure, Told } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';

/** What the system's refusal to read or write a path means, in one sentence that names the path. */
export function fileFailure(path: string, cause: unknown): Failure {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return errSaid('not-found', 'failures.notThere', { name: path }).error;
    case 'EACCES':
    case 'EPERM':
      return errSaid('not-readable', 'failures.mayNotBeRead', { name: path, code }).error;
    case 'EROFS':
    case 'ENOSPC':
    case 'EDQUOT':
      return writeFailure(path, cause).error;
    default:
      return errSaid('not-readable', 'failures.unreadable', { name: path, why: whyOf(cause) })
        .error;
  }
}

/** What the system's refusal to write a path means and what to do about it, in one sentence that names the path. */
export function writeFailure(path: string | Told, cause: unknown): Err {
  const refused = (
    key: `failures.${'diskFull' | 'diskReadOnly' | 'notYours' | 'noFolder' | 'placeTaken'}`,
  ): Err => errSaid('not-writable', key, { name: path });
  switch ((cause as NodeJS.ErrnoException | null)?.code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return refused('failures.diskFull');
    case 'EROFS':
      return refused('failures.diskReadOnly');
    case 'EACCES':
    case 'EPERM':
      return refused('failures.notYours');
    case 'ENOENT':
    case 'ENOTDIR':
      return refused('failures.noFolder');
    case 'EEXIST':
    case 'EISDIR':
      return refused('failures.placeTaken');
    default:
      return errSaid('not-writable', 'failures.unwritable', { name: path, why: whyOf(cause) });
  }
}

const whyOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** Whether the system took no more: a full or read-only disk, a place without rights. */
export function isWriteRefusal(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException | null)?.code ?? '';
  return ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM'].includes(code);
}
