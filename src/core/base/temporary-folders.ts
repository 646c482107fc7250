import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './is-running';

/** Ours are told by their name: what for, and which process made it. */
const NAME = /^fiducial-[a-z]+-(\d+)-/;

let swept: Promise<void> | null = null;

/**
 * A new folder in the system's place for temporary files that only this user may enter; the first one of a process
 * takes away what earlier ones left. Whoever asks for it removes it.
 * @param purpose one word of small letters, for the name
 */
export async function temporaryFolder(purpose: string): Promise<string> {
  swept ??= sweepTemporaryFolders();
  await swept;
  return mkdtemp(join(tmpdir(), `fiducial-${purpose}-${process.pid}-`));
}

/**
 * Removes such a folder, or one inside it. Never fails: what is still being written to or held open is tried again, and
 * what stays all the same is swept once this process is gone. Nobody's answer depends on it, and where nobody waits for
 * it a failure would end the process.
 */
export function removeTemporaryFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }).catch(
    () => undefined,
  );
}

/** Removes the folders of processes that are gone, which were killed before they could. */
export async function sweepTemporaryFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    // Another user's folder cannot be removed, which is as it should be.
    await removeTemporaryFolder(join(tmpdir(), name));
  }
}
