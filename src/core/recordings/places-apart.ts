import { basename, dirname, extname, relative, sep } from 'node:path';

/**
 * Where the results of recordings go below an output folder, so that recordings of one name in several folders keep
 * apart: straight into it, or for names that several share into folders like their own.
 * @param paths absolute paths of all recordings
 * @returns the folder of one of them, relative to the output folder; empty for the folder itself
 */
export function placesApart(paths: readonly string[]): (path: string) => string {
  const nameOf = (path: string): string => basename(path, extname(path));
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(nameOf(path), (counts.get(nameOf(path)) ?? 0) + 1);
  const root = commonFolder(paths);
  return (path) =>
    counts.get(nameOf(path))! > 1 ? relative(root, dirname(path)).replaceAll('!', '') : '';
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
