import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { ByteSource } from '../shared/framed-file';
import { numberCode, type MatValue, type Variables } from './values';

/** Version 4: no file header, a header of five integers before each matrix (MAT-File Format, level 4). */
interface MatrixHeader {
  readonly bigEndian: boolean;
  /** Data type of version 5 with the same numbers. */
  readonly type: number;
  readonly isText: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly isComplex: boolean;
  readonly nameLength: number;
}

const HEADER = 20;
const MAX_NAME = 64;
const MAX_VARIABLES = 10_000;

/** Doubles, singles, int32, int16, uint16, uint8 in the numbers of version 5. */
const TYPES = [9, 7, 5, 3, 4, 2];
const BYTES = [8, 4, 4, 2, 2, 1];

/**
 * The first header of a version 4 file. Nothing marks these files, so that all of it has to make sense.
 * @returns null for bytes that are something else
 */
export function looksLikeVersion4(bytes: Buffer, sizeBytes: number): boolean {
  const header = headerAt(bytes, 0);
  if (!header || header.rows < 1 || header.columns < 1) return false;
  const name = bytes.toString('latin1', HEADER, HEADER + header.nameLength - 1);
  return /^[A-Za-z]\w*$/.test(name) && endOf(header, 0) <= sizeBytes;
}

function headerAt(bytes: Buffer, at: number): MatrixHeader | null {
  if (at + HEADER > bytes.length) return null;
  const bigEndian = bytes.readUInt32LE(at) >= 4100;
  const word = (k: number) =>
    bigEndian ? bytes.readInt32BE(at + 4 * k) : bytes.readInt32LE(at + 4 * k);
  const mopt = word(0);
  const [machine, zero, precision, kind] = [1000, 100, 10, 1].map(
    (unit) => Math.floor(mopt / unit) % 10,
  );
  const isKnown = mopt >= 0 && mopt < 2000 && machine === (bigEndian ? 1 : 0) && zero === 0;
  const [rows, columns, imaginary, nameLength] = [1, 2, 3, 4].map(word);
  if (!isKnown || precision! > 5 || kind! > 1 || imaginary! < 0 || imaginary! > 1) return null;
  if (rows! < 0 || columns! < 0 || nameLength! < 2 || nameLength! > MAX_NAME) return null;
  return {
    bigEndian,
    type: precision!,
    isText: kind === 1,
    rows: rows!,
    columns: columns!,
    isComplex: imaginary === 1,
    nameLength: nameLength!,
  };
}

function endOf(header: MatrixHeader, at: number): number {
  const numbers = header.rows * header.columns * (header.isComplex ? 2 : 1);
  return at + HEADER + header.nameLength + numbers * BYTES[header.type]!;
}

/** @returns `bad-header`, `bad-signal` with the variable at fault */
export async function version4Variables(
  source: ByteSource,
  sizeBytes: number,
  fileName: string,
): Promise<Result<Variables>> {
  const variables = new Map<string, MatValue>();
  for (let at = 0; at < sizeBytes && variables.size < MAX_VARIABLES;) {
    const bytes = await source.read(at, Math.min(HEADER + MAX_NAME, sizeBytes - at));
    if (!bytes.ok) return bytes;
    const head = Buffer.from(bytes.value);
    const header = headerAt(head, 0);
    if (!header) return errSaid('bad-header', 'files.matNoMatrixAt', { file: fileName, at });
    const name = head.toString('latin1', HEADER, HEADER + header.nameLength).split('\0', 1)[0]!;
    const end = endOf(header, at);
    if (end > sizeBytes)
      return errSaid('bad-signal', 'files.matEndsInMatrix', { file: fileName, name });
    variables.set(name, await valueOf(header, source, at + HEADER + header.nameLength));
    at = end;
  }
  return ok(variables);
}

/** Longest text that is read: names of leads and units. */
const MAX_TEXT = 4096;

async function valueOf(
  header: MatrixHeader,
  source: ByteSource,
  byteOffset: number,
): Promise<MatValue> {
  const { rows, columns, bigEndian } = header;
  const code = numberCode(TYPES[header.type]!, bigEndian)!;
  if (!header.isText) {
    const isIntegerClass = header.type >= 2;
    return { kind: 'numbers', dims: [rows, columns], code, isIntegerClass, source, byteOffset };
  }
  if (rows * columns > MAX_TEXT) return { kind: 'other' };
  const bytes = await source.read(byteOffset, rows * columns * code.bytes);
  if (!bytes.ok) return { kind: 'other' };
  const view = new DataView(bytes.value.buffer, bytes.value.byteOffset, bytes.value.byteLength);
  const character = (row: number, column: number) =>
    String.fromCharCode(code.read(view, (row + column * rows) * code.bytes));
  const texts = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => character(row, column))
      .join('')
      .trimEnd(),
  );
  return { kind: 'text', rows: texts };
}
