import { existsSync } from 'node:fs';
import path from 'node:path';

/** Reference recordings (design.md section 13): `FIDUCIAL_DATA`, else `../shared/data`. Null where absent. */
export const sharedData: string | null =
  [process.env['FIDUCIAL_DATA'], path.resolve(import.meta.dirname, '../../../shared/data')].find(
    (dir): dir is string => dir !== undefined && existsSync(dir),
  ) ?? null;
