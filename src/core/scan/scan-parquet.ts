import { parquetColumn, parquetTable } from '../base/parquet';
import { SCAN_COLUMNS, scanValues } from './scan-csv';
import type { ScanRow } from './scan-row';

/** Columns that hold no numbers. */
const TEXTS: ReadonlySet<string> = new Set([
  ...['record', 'path', 'leads', 'lead', 'model', 'scheme', 'abnormalAtS', 'findings', 'warnings'],
  'teachesBecause',
  ...['errorCode', 'errorMessage'],
]);

/** The rows of a scan with the columns of its CSV, numbers as numbers. */
export function scanParquet(rows: readonly ScanRow[]): Uint8Array {
  const values = rows.map(scanValues);
  return parquetTable(
    SCAN_COLUMNS.map((name) =>
      parquetColumn(name, TEXTS.has(name) ? 'STRING' : 'DOUBLE', values, (row) => row[name]),
    ),
  );
}
