import type { Failure } from '../../shared/domain';

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
      return { code: 'not-writable', message: `${path} is on a read-only disk.` };
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'not-writable', message: `${path} cannot be written: the disk is full.` };
    default:
      return {
        code: 'not-readable',
        message: `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      };
  }
}
