import { accessSync, chmodSync, constants, mkdtempSync, readFileSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';

const MOUNT = '/dev/shm';
const ROOM_BYTES = 4 * 2 ** 30;

/**
 * A new folder in memory for what tests write: their stores write through to the disk thousands of times, which takes
 * milliseconds each. null where there is no such place, it is too small, or programs may not be started from it.
 */
export function memoryFolder() {
  if (process.platform !== 'linux') return null;
  try {
    accessSync(MOUNT, constants.W_OK);
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .find(([, place]) => place === MOUNT);
    if (!mount || mount[3].split(',').includes('noexec')) return null;
    const { bavail, bsize } = statfsSync(MOUNT);
    if (bavail * bsize < ROOM_BYTES || freemem() < 2 * ROOM_BYTES) return null;
    const folder = mkdtempSync(`${MOUNT}/fiducial-tests-`);
    // What keeps others out of a test's files has to be what is tested.
    chmodSync(folder, 0o755);
    return folder;
  } catch {
    return null;
  }
}
