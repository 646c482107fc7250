import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Result } from '../../shared/domain';
import { fileFailure } from '../base/file-failure';
import { fileOnDisk } from '../formats/shared/archive-path';
import type { RecordingCache } from './recording-cache';

/** Sizes and modification times of files: equal means that a hash over them need not be made again. */
export async function fingerprint(files: readonly string[]): Promise<Result<string>> {
  const parts: string[] = [];
  for (const file of files) {
    try {
      const { size, mtimeMs } = await stat(file);
      parts.push(`${basename(file)}:${size}:${mtimeMs}`);
    } catch (cause) {
      return { ok: false, error: fileFailure(file, cause) };
    }
  }
  return { ok: true, value: parts.join('|') };
}

/**
 * What a record's files look like now. One that does not open is told by its header alone, and one without even
 * that by `missing`.
 */
export async function recordFingerprint(path: string, recordings: RecordingCache): Promise<string> {
  const all = await recordings.use(path, (recording) => fingerprint(recording.files));
  if (all.ok) return all.value;
  const header = await fingerprint([await fileOnDisk(path)]);
  return header.ok ? `header only|${header.value}` : 'missing';
}
