import type { App } from 'electron';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { pathsOfArgv } from './argv-paths';
import { requireWritable } from './profile';

const Handed = z.object({ paths: z.array(z.string()) });

/**
 * There is one window: a second start hands its paths to the first and ends.
 * @param paths travel with the question, so that the first instance opens them
 * @returns whether this start goes on
 * @throws Error when the lock was refused although no other Fiducial runs here: Electron says "no" to that as well,
 *   and a start that ends in silence helps nobody
 */
export function claimInstance(app: App, paths: readonly string[]): boolean {
  if (app.requestSingleInstanceLock({ paths })) return true;
  const profileDir = app.getPath('userData');
  requireWritable(profileDir);
  requireOwnLock(profileDir);
  console.error('fiducial: it is open already; its window comes to the front.');
  app.quit();
  return false;
}

/** Paths of a start that ended in this instance's favour; one of another version may hand over its argv only. */
export function pathsOfSecondStart(
  argv: readonly string[],
  cwd: string,
  handed: unknown,
  defaultApp: boolean,
): readonly string[] {
  const parsed = Handed.safeParse(handed);
  return parsed.success ? parsed.data.paths : pathsOfArgv(argv, cwd, defaultApp);
}

/** @throws Error when the lock is another machine's */
function requireOwnLock(profileDir: string): void {
  const link = join(profileDir, 'SingletonLock');
  const host = hostOfLock(link);
  if (host === null || host === hostname()) return;
  throw new Error(
    `${link}: this profile is in use on the machine ${host}. Close Fiducial there; if it is not open ` +
      'there, or this machine had that name when Fiducial last ran, remove the file.',
  );
}

/** Chromium's lock on Linux and macOS is a link to `HOST-PID`; null where there is none. */
function hostOfLock(link: string): string | null {
  try {
    return readlinkSync(link).replace(/-\d+$/, '');
  } catch {
    return null;
  }
}
