import path from 'node:path';
import { type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';

/** The system's refusal to read a file of a recording, in one sentence that names the file without its folder. */
export function cannotRead(file: string, cause: unknown): Result<never> {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
  const name = path.basename(file);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return errSaid('not-found', 'failures.notThere', { name });
  if (code === 'EACCES' || code === 'EPERM')
    return errSaid('not-readable', 'failures.noPermission', { name });
  return errSaid('not-readable', 'failures.cannotBeRead', { name, why: String(code) });
}
