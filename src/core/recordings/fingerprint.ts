import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { OpenRecording } from '../formats/open-recording';
import { fileFailure } from '../base/file-failure';
import { splitStated } from '../base/stated-path';
import { fileOnDisk } from '../formats/shared/archive-path';

/** Where a recording's files are. */
type OnDisk = Pick<OpenRecording, 'path' | 'files' | 'beside'>;

/** What files look like from outside. */
export interface Look {
  /** Equal for files that are what they were. */
  readonly stamp: string;
  /** Epoch ms of the last change of any of them, by the clock of their file system. */
  readonly changedAtMs: number;
}

/**
 * Sizes, times and places of files: equal means that they are what they were, so that a hash over them need not be made
 * again. The time of the last change of state is among them, which copying an old time onto a new file does not set back.
 */
async function lookAt(files: readonly string[]): Promise<Result<Look>> {
  const parts = new Array<string>(files.length);
  let failed: Result<never> | null = null;
  let changedAtMs = -Infinity;
  await Promise.all(
    files.map(async (file, i) => {
      try {
        const { size, mtimeMs, ctimeMs, ino } = await stat(file);
        parts[i] = `${basename(file)}:${size}:${mtimeMs}:${ctimeMs}:${ino}`;
        changedAtMs = Math.max(changedAtMs, ctimeMs);
      } catch (cause) {
        failed ??= { ok: false, error: fileFailure(file, cause) };
      }
    }),
  );
  return failed ?? { ok: true, value: { stamp: parts.join('|'), changedAtMs } };
}

/** The stamp of files alone: see `Look`. */
export async function fingerprint(files: readonly string[]): Promise<Result<string>> {
  const look = await lookAt(files);
  return look.ok ? { ok: true, value: look.value.stamp } : look;
}

/** The files whose state is a recording's: its own and those read with it, or the archive that they were taken out of. */
export async function filesOnDisk({
  path,
  files,
  beside = [],
}: OnDisk): Promise<readonly string[]> {
  const disk = await fileOnDisk(path);
  return disk === splitStated(path).file ? [...files, ...beside] : [disk];
}

/** What a recording's files look like now. */
export async function lookOf(recording: OnDisk): Promise<Result<Look>> {
  return lookAt(await filesOnDisk(recording));
}

/** The fingerprint of a recording's files as they are now. */
export async function stateOf(recording: OnDisk): Promise<Result<string>> {
  return fingerprint(await filesOnDisk(recording));
}

/**
 * Does work that has to speak of one state of a recording's files: a hash, an analysis.
 * @param since what the files looked like when the recording was opened; by default when the work begins
 * @returns the work's answer; `conflict` where the files are not what they were when it began
 */
export async function whileUnchanged<T>(
  recording: OnDisk & Pick<OpenRecording, 'name'>,
  work: (stamp: string) => Promise<Result<T>>,
  since?: string | null,
): Promise<Result<T>> {
  const before = since === undefined ? await stateOf(recording) : ok(since);
  if (!before.ok) return before;
  if (before.value === null) return changedMeanwhile(recording.name);
  const answer = await work(before.value);
  // Whoever has lost interest is told that, and a file that is gone makes work fail in many ways.
  if (!answer.ok && answer.error.code === 'cancelled') return answer;
  const after = await stateOf(recording);
  if (after.ok && after.value === before.value) return answer;
  return changedMeanwhile(recording.name);
}

export function changedMeanwhile(name: string): Result<never> {
  return errSaid('conflict', 'failures.changedWhileRead', { name });
}

/** How often a short reading is done again while files change. */
const READINGS = 3;

/** Reads again what is of no state because files changed meanwhile: for what is short and may be done twice. */
export async function againIfChanged<T>(read: () => Promise<Result<T>>): Promise<Result<T>> {
  for (let times = 1; ; times++) {
    const answer = await read();
    if (answer.ok || answer.error.code !== 'conflict' || times === READINGS) return answer;
  }
}
