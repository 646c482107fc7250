import { existsSync } from 'node:fs';
import path from 'node:path';

const wanted =
  process.env['FIDUCIAL_DATA'] ?? path.resolve(import.meta.dirname, '../../../shared/data');

/** Reference recordings: `FIDUCIAL_DATA`, else `../shared/data`. Null where absent. */
export const sharedData: string | null = existsSync(wanted) ? wanted : null;
