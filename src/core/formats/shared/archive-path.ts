import { stat } from 'node:fs/promises';
import { splitStated } from '../../base/stated-path';

/** A recording in an archive: the archive on disk, and the entry in it with `/` between folders. */
export interface ArchivePath {
  readonly archive: string;
  readonly entry: string;
}

const MARK = '!/';

/** `/x/a.zip!/inner/100.hea`, the path that opens an entry of an archive. */
export function archivePath(archive: string, entry: string): string {
  return `${archive}${MARK}${entry}`;
}

/**
 * Takes a path apart that leads into an archive. A folder's name may end in `!` too: the archive is the shortest
 * beginning that is a file.
 * @returns null for a path that leads into none
 */
export async function splitArchivePath(path: string): Promise<ArchivePath | null> {
  for (let at = path.indexOf(MARK); at >= 0; at = path.indexOf(MARK, at + 1)) {
    const archive = path.slice(0, at);
    const found = await stat(archive).catch(() => null);
    if (found?.isFile()) return { archive, entry: path.slice(at + MARK.length) };
  }
  return null;
}

/** The file whose size and time tell whether a recording has changed: itself, or the archive that it lies in. */
export async function fileOnDisk(path: string): Promise<string> {
  const { file } = splitStated(path);
  return (await splitArchivePath(file))?.archive ?? file;
}
