import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../../shared/domain';
import { bringUpToDate, connectStore, openDatabase } from './database';
import type { Database } from './sql';
import { repairStore, type Repaired } from './repair-store';
import { STORE_FILE, SUSPECT_FILE } from './store-files';

/** Reading all of a larger store takes longer than a reader waits for the first page: it is read later, see `backupTask`. */
const READ_AT_START_BYTES = 64 * 2 ** 20;

/**
 * Opens the store's file; one whose structure is damaged is mended first, and what was kept is told on stderr. A large one is
 * looked at first only where an earlier run found something.
 */
export function openSound(dataDir: string, readAtStart = READ_AT_START_BYTES): Result<Database> {
  const path = join(dataDir, STORE_FILE);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > readAtStart && !existsSync(join(dataDir, SUSPECT_FILE))) {
    const opened = openDatabase(path);
    if (opened.ok || opened.error.code !== 'not-readable') return opened;
  }
  const connected = connectStore(path);
  if (!connected.ok && connected.error.code !== 'not-readable') return connected;
  const database = connected.ok ? connected.value : null;
  const how = existsSync(join(dataDir, SUSPECT_FILE)) ? 'whole' : 'quick';
  if (database?.problems(how).length === 0) {
    forgetSuspicion(dataDir);
    return bringUpToDate(database);
  }
  const repaired = repairStore(dataDir, database);
  if (!repaired.ok) return repaired;
  forgetSuspicion(dataDir);
  console.error(`fiducial: ${path} was damaged and has been mended: ${keptText(repaired.value)}`);
  return openDatabase(path);
}

function forgetSuspicion(dataDir: string): void {
  const path = join(dataDir, SUSPECT_FILE);
  if (existsSync(path)) rmSync(path, { force: true });
}

/** One sentence on what a repair kept and what is lost. */
export function keptText(repaired: Repaired): string {
  const { recordings, analyses, events, lostEvents, lostOn, setAside } = repaired;
  const { reports, lostReports } = repaired;
  const lost =
    lostEvents > 0
      ? `${lostEvents} steps of decisions on ${lostOn} recordings are lost`
      : 'no decision that the store or its text still holds is lost';
  const unprinted = lostReports > 0 ? `; the pages of ${lostReports} signed reports are lost` : '';
  return `kept ${recordings} recordings, ${analyses} analyses, ${events} steps of decisions and ${reports} signed reports; ${lost}${unprinted}; the damaged store lies in ${setAside}.`;
}
