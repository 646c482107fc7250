import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { writeFailure } from '../../base/file-failure';
import { OWNER_ONLY_FILE } from '../../base/private-files';
import type { Database } from './sql';
import { BACKUP_FOLDER, dateStamp } from './store-files';
import { diskCause, StoreFailure } from './store-failure';

/** Backups that are kept; the oldest goes when a new one is whole. */
const KEPT = 5;
const DAY_MS = 86_400_000;
const NAME = /^fiducial-\d{8}T\d{6}Z\.db$/;

/**
 * Writes a whole, compact copy of the store, through a name of its own so that none is half there
 * (`VACUUM INTO`, https://www.sqlite.org/lang_vacuum.html).
 * @returns where it lies; `not-writable` where it cannot be written, or a file is there already
 */
export function backUp(database: Database, target: string): Result<string> {
  if (existsSync(target)) return errSaid('not-writable', 'files.existsOther', { target });
  const making = `${target}.making`;
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    accessSync(dirname(target), constants.W_OK);
    rmSync(making, { force: true });
    database.run('VACUUM INTO ?', [making]);
    chmodSync(making, OWNER_ONLY_FILE);
    renameSync(making, target);
    return ok(target);
  } catch (cause) {
    rmSync(making, { force: true });
    if (!(cause instanceof StoreFailure)) return writeFailure(target, cause);
    // Whatever takes no more is where the copy goes: the store itself is read alone.
    return cause.failure.code === 'not-writable'
      ? writeFailure(target, diskCause(cause.cause))
      : { ok: false, error: cause.failure };
  }
}

/** The dated backups of a store, the oldest first. */
export function backupsOf(dataDir: string): string[] {
  const folder = join(dataDir, BACKUP_FOLDER);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => NAME.test(name));
  return names.sort().map((name) => join(folder, name));
}

/**
 * Writes a dated backup where the last is older than a day, and lets the oldest go.
 * @returns where it lies; null where none is due, or the disk has no room for a copy and as much again
 */
export function backUpDaily(database: Database, dataDir: string, now: Date): Result<string | null> {
  const last = backupsOf(dataDir).at(-1);
  if (last && now.getTime() - statSync(last).mtimeMs < DAY_MS) return ok(null);
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < 2 * statSync(database.path).size) return ok(null);
  return backUpDated(database, dataDir, now);
}

/** Writes a dated backup into the folder of the store's backups, and lets the oldest go. */
export function backUpDated(database: Database, dataDir: string, now: Date): Result<string> {
  const target = join(dataDir, BACKUP_FOLDER, `fiducial-${dateStamp(now)}.db`);
  const made = backUp(database, target);
  if (!made.ok) return made;
  for (const old of backupsOf(dataDir).slice(0, -KEPT)) rmSync(old, { force: true });
  return made;
}
