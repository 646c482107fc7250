import { ok, type Result } from '../../../shared/domain';
import type { ValueStore } from '../shared/lead-source';
import type { FilePool } from '../wfdb/file-pool';
import { hasTooMany, RowCells } from './cells';
import { narrow, type TextEncoding } from './encoding';
import { BLOCK_ROWS, type RowIndex } from './index-rows';
import type { TableLayout, TableLead } from './layout';
import { eachRow } from './rows';

/**
 * Samples of a table's leads, decoded in blocks of rows: all leads of a block at once, and kept for the next lead as
 * long as there is room.
 */
export function rowStores(
  pool: FilePool,
  file: string,
  { leads, delimiter, decimal, columns: rowCells = Infinity }: TableLayout,
  encoding: TextEncoding,
  { rows, blockBytes }: RowIndex,
): readonly ValueStore[] {
  const columns = leads.map(({ column }) => column);

  function block(index: number): Promise<Result<readonly Float64Array[]>> {
    const count = Math.min(BLOCK_ROWS, rows - index * BLOCK_ROWS);
    return pool.keep(`rows ${index} ${file}`, 8 * count * columns.length, async () => {
      const { bytesPerUnit } = encoding;
      const from = blockBytes[index]!;
      const length = blockBytes[index + 1]! - from;
      const bytes = await pool.read(file, bytesPerUnit * from, bytesPerUnit * length);
      return bytes.ok ? ok(decodeRows(narrow(bytes.value, encoding), count)) : bytes;
    });
  }

  function decodeRows(bytes: Uint8Array, count: number): readonly Float64Array[] {
    const decoded = columns.map(() => new Float64Array(count));
    const cells = new RowCells(Math.max(...columns) + 1);
    const all = new RowCells(Number.isFinite(rowCells) ? rowCells + 1 : 1);
    const shape = { delimiter, columns: rowCells };
    let row = 0;
    eachRow(bytes, (start, end) => {
      if (row >= count) return;
      if (hasTooMany(all, bytes, start, end, shape)) {
        for (const values of decoded) values[row] = NaN;
        row++;
        return;
      }
      cells.find(bytes, start, end, delimiter);
      for (const [lead, column] of columns.entries()) {
        decoded[lead]![row] = cells.number(bytes, column, decimal);
      }
      row++;
    });
    return decoded;
  }

  return leads.map((lead, index): ValueStore => ({
    kind: 'values',
    async read(from, to, out, at) {
      for (let next = from; next < to;) {
        const number = Math.floor(next / BLOCK_ROWS);
        const decoded = await block(number);
        if (!decoded.ok) return decoded;
        const first = next - number * BLOCK_ROWS;
        const last = Math.min(to - number * BLOCK_ROWS, BLOCK_ROWS);
        scale(decoded.value[index]!, first, last, lead, out, at + next - from);
        next += last - first;
      }
      return ok(null);
    },
  }));
}

/** Numbers [first, last) of a block as values. */
function scale(
  numbers: Float64Array,
  first: number,
  last: number,
  { gainAduPerUnit: gain, baselineAdu: baseline }: TableLead,
  out: Float64Array,
  at: number,
): void {
  if (gain === null) {
    out.set(numbers.subarray(first, last), at);
    return;
  }
  for (let k = first; k < last; k++) out[at + k - first] = (numbers[k]! - baseline) / gain;
}
