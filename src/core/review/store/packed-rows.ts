import { isAscii } from 'node:buffer';
import type { Database, SqlValue } from './sql';

/**
 * Rows as runs of bytes: of each the length of every value, a semicolon, the values as texts. A value a column costs the SQL
 * library, which copies each by itself, twenty times as long for a hundred thousand rows; bytes, since it ends the process at
 * a text that is not UTF-8. What is left out as null has the length -1.
 */
export interface PackedRows {
  /** SQL expressions, the first of which is a whole number above 0 that grows from row to row. */
  readonly columns: readonly string[];
  /** What comes after `SELECT columns`: tables and condition; the rows are taken in the order of the first column. */
  readonly from: string;
}

/** Rows in one answer of the SQL library: some megabytes at most. */
const BATCH = 500;
/** What bytes that are no UTF-8 are read as. */
const REPLACEMENT = '\uFFFD';

/** A reader of rows, some at a time: each as its values in the order of the columns. */
export function packedRows({ columns, from }: PackedRows) {
  const [cursor] = columns;
  const lengths = columns.map((column) => `coalesce(length(CAST(${column} AS BLOB)), -1)`);
  const packed = `${lengths.join(" || ' ' || ")} || ';' || ${columns.map((column) => `coalesce(${column}, '')`).join(' || ')}`;
  const sql = `SELECT CAST(group_concat(packed, '') AS BLOB) AS rows FROM (
    SELECT ${packed} AS packed ${from} AND ${cursor} > ? ORDER BY ${cursor} LIMIT ${BATCH})`;

  /** @param after the cursor that they come after */
  return function* batches(
    database: Database,
    parameters: readonly SqlValue[],
    after = 0,
  ): Generator<(string | null)[][]> {
    for (let last = after; ;) {
      const bytes = database.get(sql, [...parameters, last])?.['rows'];
      if (!(bytes instanceof Uint8Array) || bytes.length === 0) return;
      const rows = unpack(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
      yield rows;
      const next = Number(rows.at(-1)?.[0]);
      // A damaged tree may lead back, and so round for ever.
      if (rows.length < BATCH || !(next > last)) return;
      last = next;
    }
  };
}

export type PackedRow = readonly (string | null)[];

/** Whether a value may have been no UTF-8: the row is then to be read column by column. */
export const mayBeDamaged = (row: PackedRow): boolean =>
  row.some((value) => value?.includes(REPLACEMENT) === true);

function unpack(bytes: Buffer): (string | null)[][] {
  // Parts of one text cost a tenth of texts that are decoded each by itself.
  const ascii = isAscii(bytes) ? bytes.toString('latin1') : null;
  const rows: (string | null)[][] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(59, at);
    if (end < 0) break;
    const lengths = (ascii?.slice(at, end) ?? bytes.toString('latin1', at, end)).split(' ');
    at = end + 1;
    rows.push(
      lengths.map((text) => {
        const length = Number(text);
        if (length < 0) return null;
        at += length;
        return ascii?.slice(at - length, at) ?? bytes.toString('utf8', at - length, at);
      }),
    );
  }
  return rows;
}
