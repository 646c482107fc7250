import path from 'node:path';
import { err, ok, type Result } from '../../../shared/domain';

/**
 * The absolute path of a file that a header names, refused when the name could lead out of the header's
 * folder. Only the name is judged: a link that lies inside the folder is the owner's own arrangement.
 */
export function fileBeside(headerPath: string, name: string, field: string): Result<string> {
  const folder = path.dirname(headerPath);
  const resolved = path.resolve(folder, name);
  const inside = resolved.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
  const suspicious =
    /\\|\0|^[A-Za-z]:/.test(name) || name.split('/').includes('..') || name.startsWith('/');
  if (!inside || suspicious) {
    return err(
      'bad-header',
      `${path.basename(headerPath)}: ${field} ${JSON.stringify(name.slice(0, 80))} points outside the record's folder, so it was refused.`,
      { field },
    );
  }
  return ok(resolved);
}
