import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `mount` with these arguments. @returns false where it is not allowed, or there is none */
export function mount(...options: readonly string[]): boolean {
  try {
    execFileSync('mount', options, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Puts a disk in memory over a folder. @param size as `2m` */
export const mountDisk = (folder: string, size: string): boolean =>
  mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder);

/** Whether a disk of the test's own can be mounted: it needs a right that few have. */
export function canMountDisk(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'fiducial-mount-'));
  const could = process.platform === 'linux' && mountDisk(place, '64k');
  if (could) execFileSync('umount', [place]);
  rmSync(place, { recursive: true });
  return could;
}

/** Writes a file that leaves no room on a folder's disk, whoever else writes there meanwhile. @returns its path */
export function fillDisk(folder: string): string {
  const filler = join(folder, 'filler');
  const page = Buffer.alloc(statfsSync(folder).bsize);
  const file = openSync(filler, 'w');
  try {
    for (;;) writeSync(file, page);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause;
  } finally {
    closeSync(file);
  }
  return filler;
}
