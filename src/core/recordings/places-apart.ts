import { basename, dirname, extname, join, relative, sep } from 'node:path';

/**
 * Where the results of recordings go below an output folder, so that recordings of one name in several folders keep
 * apart: straight into it, or for names that several share into folders like their own, and of files that share even
 * the folder into one called after the file.
 * @param paths absolute paths of all recordings
 * @returns the folder of one of them, relative to the output folder; empty for the folder itself
 */
export function placesApart(paths: readonly string[]): (path: string) => string {
  const nameOf = (path: string): string => basename(path, extname(path));
  const counts = countsOf(paths.map(nameOf));
  const root = commonFolder(paths);
  const folderOf = (path: string): string =>
    counts.get(nameOf(path))! > 1 ? relative(root, dirname(path)).replaceAll('!', '') : '';
  const keyOf = (path: string): string => join(folderOf(path), nameOf(path));
  const taken = countsOf(paths.map(keyOf));
  // One folder may hold a recording twice, as in `r.hea` and `r.edf`.
  return (path) =>
    taken.get(keyOf(path))! > 1 ? join(folderOf(path), basename(path)) : folderOf(path);
}

function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => dirname(path).split(sep));
  const first = folders[0] ?? [];
  let shared = first.length;
  for (const folder of folders) {
    while (shared > 0 && first.slice(0, shared).join(sep) !== folder.slice(0, shared).join(sep)) {
      shared--;
    }
  }
  return first.slice(0, shared).join(sep) || sep;
}
