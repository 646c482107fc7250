import path from 'node:path';
import { err, type Result } from '../../../shared/domain';

/** The system's refusal to read a file of a recording, in one sentence that names the file without its folder. */
export function cannotRead(file: string, cause: unknown): Result<never> {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
  const name = path.basename(file);
  if (code === 'ENOENT' || code === 'ENOTDIR') return err('not-found', `${name} does not exist.`);
  if (code === 'EACCES' || code === 'EPERM')
    return err('not-readable', `${name} may not be read: permission denied.`);
  return err('not-readable', `${name} cannot be read (${code}).`);
}
