import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer';

/** A column of a table to be written, null where a row has no value. */
export function parquetColumn<Row>(
  name: string,
  type: NonNullable<ColumnSource['type']>,
  rows: readonly Row[],
  valueOf: (row: Row) => unknown,
): ColumnSource {
  return { name, type, data: rows.map((row) => valueOf(row) ?? null) };
}

/** A table as the content of an Apache Parquet file. */
export function parquetTable(columnData: ColumnSource[]): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'fiducial' }));
}
