import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { err, type Result } from '../../shared/domain';
import { fileFailure } from '../base/file-failure';
import { openRecording } from '../formats/list';
import type { OpenRecording } from '../formats/open-recording';
import { filesOnDisk } from './fingerprint';

let root: string | null = null;

/**
 * Says for this thread which folder a browser may open recordings from: what lies there may not be a link to somewhere
 * else. Recordings elsewhere were named by the person at this machine, whose links are their own arrangement.
 */
export function keepWithin(folder: string | null): void {
  root = folder === null ? null : resolve(folder);
}

/** `openRecording`, refusing a recording below the root of which a file lies outside of it. */
export async function openWithinRoot(path: string): Promise<Result<OpenRecording>> {
  const opened = await openRecording(path);
  if (!opened.ok || root === null || !isBelow(resolve(path), root)) return opened;
  const refused = await outside(opened.value, root);
  if (!refused) return opened;
  await opened.value.close();
  return refused;
}

/** @returns the refusal of the first file that lies outside; null where all lie inside */
async function outside(recording: OpenRecording, folder: string): Promise<Result<never> | null> {
  let file = folder;
  try {
    const inside = await realpath(folder);
    const files = await filesOnDisk(recording);
    for (file of [...files, ...(await linksBeside(files[0] ?? recording.path))]) {
      if (isBelow(await realpath(file), inside)) continue;
      return err(
        'forbidden',
        `${basename(file)} of ${recording.name} is a link that leads out of the folder that the viewer may open, so it was refused.`,
      );
    }
    return null;
  } catch (cause) {
    return { ok: false, error: fileFailure(file, cause) };
  }
}

/** Links that a format may read beside its file without naming them among its files: annotations. */
async function linksBeside(file: string): Promise<string[]> {
  const folder = dirname(file);
  const stem = basename(file, extname(file));
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isSymbolicLink() && entry.name.startsWith(`${stem}.`))
    .map(({ name }) => join(folder, name));
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}
