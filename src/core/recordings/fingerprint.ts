import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { err, type Result } from '../../shared/domain';
import type { OpenRecording } from '../formats/open-recording';
import { fileFailure } from '../base/file-failure';
import { splitStated } from '../base/stated-path';
import { fileOnDisk } from '../formats/shared/archive-path';
import type { RecordingCache } from './recording-cache';

/**
 * Sizes, times and places of files: equal means that they are what they were, so that a hash over them need not be made
 * again. The time of the last change of state is among them, which copying an old time onto a new file does not set back.
 */
export async function fingerprint(files: readonly string[]): Promise<Result<string>> {
  const parts = new Array<string>(files.length);
  let failed: Result<never> | null = null;
  await Promise.all(
    files.map(async (file, i) => {
      try {
        const { size, mtimeMs, ctimeMs, ino } = await stat(file);
        parts[i] = `${basename(file)}:${size}:${mtimeMs}:${ctimeMs}:${ino}`;
      } catch (cause) {
        failed ??= { ok: false, error: fileFailure(file, cause) };
      }
    }),
  );
  return failed ?? { ok: true, value: parts.join('|') };
}

/** The files whose state is a recording's: its own, or the archive that they were taken out of. */
export async function filesOnDisk({
  path,
  files,
}: Pick<OpenRecording, 'path' | 'files'>): Promise<readonly string[]> {
  const disk = await fileOnDisk(path);
  return disk === splitStated(path).file ? files : [disk];
}

/** The fingerprint of a recording's files as they are now. */
export async function stateOf(
  recording: Pick<OpenRecording, 'path' | 'files'>,
): Promise<Result<string>> {
  return fingerprint(await filesOnDisk(recording));
}

/**
 * Does work that has to speak of one state of a recording's files: a hash, an analysis.
 * @returns the work's answer; `conflict` where the files are not what they were when it began
 */
export async function whileUnchanged<T>(
  recording: Pick<OpenRecording, 'name' | 'path' | 'files'>,
  work: (stamp: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  const before = await stateOf(recording);
  if (!before.ok) return before;
  const answer = await work(before.value);
  if (!answer.ok) return answer;
  const after = await stateOf(recording);
  if (after.ok && after.value === before.value) return answer;
  return changedMeanwhile(recording.name);
}

export function changedMeanwhile(name: string): Result<never> {
  return err('conflict', `The files of ${name} changed while they were read; read them again.`);
}

/**
 * What a record's files look like now. One that does not open is told by its header alone, and one without even
 * that by `missing`.
 */
export async function recordFingerprint(path: string, recordings: RecordingCache): Promise<string> {
  const all = await recordings.use(path, stateOf);
  if (all.ok) return all.value;
  const header = await fingerprint([await fileOnDisk(path)]);
  return header.ok ? `header only|${header.value}` : 'missing';
}
