import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
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

/**
 * `openRecording`, refusing a recording below the root of which a file lies outside of it. The file that is named, and links
 * beside it, are looked at before anything is read: what is wrong in a file may be said in its own words.
 */
export async function openWithinRoot(path: string): Promise<Result<OpenRecording>> {
  const own = resolve(path);
  if (root === null || !isBelow(own, root)) return openRecording(path);
  const named = await outside(basename(own, extname(own)), () => existing(own), root);
  if (named) return named;
  const opened = await openRecording(path);
  if (!opened.ok) {
    // Why may quote any file beside it: a header names segments and signals by names of their own.
    return (await outside(basename(own), () => leadingLinks(dirname(own)), root)) ?? opened;
  }
  const refused = await outside(opened.value.name, () => filesOf(opened.value), root);
  if (!refused) return opened;
  await opened.value.close();
  return refused;
}

/** A path where something lies, and links beside it; what is not there, the format says. */
async function existing(path: string): Promise<string[]> {
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  const links = await linksBeside(path).catch(() => []);
  return isThere ? [path, ...links] : links;
}

async function filesOf(recording: OpenRecording): Promise<string[]> {
  const files = await filesOnDisk(recording);
  return [...files, ...(await linksBeside(files[0] ?? recording.path))];
}

/** @returns the refusal of the first file that lies outside; null where all lie inside */
async function outside(
  name: string,
  files: () => Promise<readonly string[]>,
  folder: string,
): Promise<Result<never> | null> {
  let file = folder;
  try {
    const inside = await realpath(folder);
    for (file of await files()) {
      if (isBelow(await realpath(file), inside)) continue;
      return errSaid('forbidden', 'files.linkOut', { file: basename(file), name });
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

/** Every link of a folder that leads somewhere. */
async function leadingLinks(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const links = entries
    .filter((entry) => entry.isSymbolicLink())
    .map(({ name }) => join(folder, name));
  const leads = await Promise.all(
    links.map((link) =>
      realpath(link).then(
        () => true,
        () => false,
      ),
    ),
  );
  return links.filter((_, i) => leads[i]);
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}
