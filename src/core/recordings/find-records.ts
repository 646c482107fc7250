import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { err, type Failure, type Result } from '../../shared/domain';
import { findRecords as searchFolder } from '../formats/wfdb';

/** Headers that were found, each once, in the order of the paths given, then by name. */
export interface FoundRecords {
  readonly headerPaths: readonly string[];
  /** The folders among the given paths, absolute. */
  readonly folders: readonly string[];
  /** What could not be searched; the rest is still found. */
  readonly problems: readonly Failure[];
}

/**
 * Resolves what a person names: a header, a record name without an extension, any other file of a record
 * (its header lies beside it), or a folder, searched recursively.
 * @returns `cancelled` only; everything else that goes wrong is among `problems`
 */
export async function findRecords(
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<Result<FoundRecords>> {
  const headerPaths = new Set<string>();
  const folders: string[] = [];
  const problems: Failure[] = [];
  for (const given of paths) {
    if (signal?.aborted) return err('cancelled', 'The search for records was cancelled.');
    const path = resolve(given);
    const kind = await kindOf(path);
    if (kind === 'folder') {
      folders.push(path);
      const found = await searchFolder(path, signal ? { signal } : {});
      if (found.ok) {
        for (const header of found.value.headers) headerPaths.add(header);
        for (const { message } of found.value.warnings) {
          problems.push({ code: 'not-readable', message });
        }
      } else if (found.error.code === 'cancelled') return found;
      else problems.push(found.error);
    } else {
      const header = await headerOf(path, kind === 'file');
      if (header.ok) headerPaths.add(header.value);
      else problems.push(header.error);
    }
  }
  if (signal?.aborted) return err('cancelled', 'The search for records was cancelled.');
  return { ok: true, value: { headerPaths: [...headerPaths], folders, problems } };
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'none'> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'none';
  }
}

async function headerOf(path: string, exists: boolean): Promise<Result<string>> {
  if (exists && extname(path).toLowerCase() === '.hea') return { ok: true, value: path };
  const candidates = [`${path}.hea`];
  if (exists) candidates.push(join(dirname(path), `${basename(path, extname(path))}.hea`));
  for (const candidate of candidates) {
    if ((await kindOf(candidate)) === 'file') return { ok: true, value: candidate };
  }
  return exists
    ? err('not-wfdb', `${basename(path)} has no header (.hea) beside it.`)
    : err('not-found', `${path} does not exist, and neither does ${basename(path)}.hea.`);
}
