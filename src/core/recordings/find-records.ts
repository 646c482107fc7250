import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Failure, Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { findInFolder, recordingsIn } from '../formats/find-in-folder';
import { recordingAt } from '../formats/list';

/** Recordings that were found, each once, in the order of the paths given, then by name. */
export interface FoundRecords {
  readonly paths: readonly string[];
  /** The folders among the given paths, absolute. */
  readonly folders: readonly string[];
  /** What could not be searched; the rest is still found. */
  readonly problems: readonly Failure[];
}

/**
 * Resolves what a person names: a recording of any format, a WFDB record's name without an ending, a file that belongs
 * to a recording, an archive of recordings, or a folder, searched recursively.
 * @returns `cancelled` only; everything else that goes wrong is among `problems`
 */
export async function findRecords(
  given: readonly string[],
  signal?: AbortSignal,
): Promise<Result<FoundRecords>> {
  const paths = new Set<string>();
  const folders: string[] = [];
  const problems: Failure[] = [];
  for (const named of given) {
    if (signal?.aborted) return errSaid('cancelled', 'failures.recordsSearchCancelled');
    const path = resolve(named);
    const kind = await kindOf(path);
    if (kind === 'folder') {
      folders.push(path);
      const found = await findInFolder(path, signal ? { signal } : {});
      if (found.ok) {
        for (const one of found.value.paths) paths.add(one);
        for (const { message, said } of found.value.warnings) {
          problems.push({ code: 'not-readable', message, ...(said && { said }) });
        }
      } else if (found.error.code === 'cancelled') return found;
      else problems.push(found.error);
      continue;
    }
    const one = await recordingAt(path);
    if (one.ok) for (const inside of await recordingsIn(one.value)) paths.add(inside);
    else problems.push(one.error);
  }
  if (signal?.aborted) return errSaid('cancelled', 'failures.recordsSearchCancelled');
  return { ok: true, value: { paths: [...paths], folders, problems } };
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'none'> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'none';
  }
}
