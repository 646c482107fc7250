import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PREFIX = 'fiducial-zip-';

let swept: Promise<void> | null = null;

/** A new folder that only this user may enter; the first one of a process takes away what earlier ones left. */
export async function privateFolder(): Promise<string> {
  swept ??= sweepArchiveFolders();
  await swept;
  return mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/** Removes the folders of processes that are gone, which were killed before they could. */
export async function sweepArchiveFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names) {
    const match = name.startsWith(PREFIX) && /^(\d+)-/.exec(name.slice(PREFIX.length));
    if (!match || isRunning(Number(match[1]))) continue;
    // Another user's folder cannot be removed, which is as it should be.
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
