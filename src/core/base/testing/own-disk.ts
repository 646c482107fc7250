import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
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

/** Writes a file that leaves no room on a folder's disk. @returns its path */
export function fillDisk(folder: string): string {
  const filler = join(folder, 'filler');
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(filler, Buffer.alloc(bavail * bsize));
  return filler;
}
