import { err, type Err, type Failure } from '../../shared/domain';

/** What the system's refusal to read or write a path means, in one sentence that names the path. */
export function fileFailure(path: string, cause: unknown): Failure {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { code: 'not-found', message: `${path} does not exist.` };
    case 'EACCES':
    case 'EPERM':
      return { code: 'not-readable', message: `${path} may not be read (${code}).` };
    case 'EROFS':
    case 'ENOSPC':
    case 'EDQUOT':
      return writeFailure(path, cause).error;
    default:
      return {
        code: 'not-readable',
        message: `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      };
  }
}

/** What the system's refusal to write a path means and what to do about it, in one sentence that names the path. */
export function writeFailure(path: string, cause: unknown): Err {
  return err('not-writable', `${path} cannot be written: ${refusalOf(cause)}.`);
}

function refusalOf(cause: unknown): string {
  switch ((cause as NodeJS.ErrnoException | null)?.code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'the disk is full; free some space and do it again';
    case 'EROFS':
      return 'the disk is read-only; name a place on another';
    case 'EACCES':
    case 'EPERM':
      return 'it is not yours to write; name another place, or see to its rights';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such folder';
    default:
      return cause instanceof Error ? cause.message : String(cause);
  }
}

/** Whether the system took no more: a full or read-only disk, a place without rights. */
export function isWriteRefusal(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException | null)?.code ?? '';
  return ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM'].includes(code);
}
