import { join } from 'node:path';
import type { Result } from '../../../shared/domain';
import { bringUpToDate, connectStore, openDatabase, type Database } from './database';
import { repairStore, type Repaired } from './repair-store';
import { STORE_FILE } from './store-files';

/** Opens the store's file; one whose structure is damaged is mended first, and what was kept is told on stderr. */
export function openSound(dataDir: string): Result<Database> {
  const path = join(dataDir, STORE_FILE);
  const connected = connectStore(path);
  if (!connected.ok && connected.error.code !== 'not-readable') return connected;
  const database = connected.ok ? connected.value : null;
  if (database?.problems().length === 0) return bringUpToDate(database);
  const repaired = repairStore(dataDir, database);
  if (!repaired.ok) return repaired;
  console.error(`fiducial: ${path} was damaged and has been mended: ${keptText(repaired.value)}`);
  return openDatabase(path);
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
