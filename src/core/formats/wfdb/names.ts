import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import { errSaid, withDetails } from '../../../shared/domain/said';

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
    return withDetails(
      errSaid('bad-header', 'files.outsideFolder', {
        file: path.basename(headerPath),
        field,
        value: JSON.stringify(name.slice(0, 80)),
      }),
      { field },
    );
  }
  return ok(resolved);
}

/**
 * The file that a path means on a disk that came from a system which does not tell capitals from small letters: the
 * path itself where it exists, else the one file of that folder whose name differs in case alone.
 */
export async function caseInsensitive(file: string): Promise<string> {
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  if (exists) return file;
  const wanted = path.basename(file).toLowerCase();
  const names = await readdir(path.dirname(file)).catch(() => []);
  const alike = names.filter((name) => name.toLowerCase() === wanted);
  return alike.length === 1 ? path.join(path.dirname(file), alike[0]!) : file;
}

/** Whether two paths lead to one file, by whatever links. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  if (a === b) return true;
  const real = await Promise.all([a, b].map((file) => realpath(file).catch(() => null)));
  return real[0] !== null && real[0] === real[1];
}
