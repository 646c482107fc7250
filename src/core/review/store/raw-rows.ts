import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** A value of a row as SQLite lays it out; texts are bytes. */
export type RawValue = number | Buffer | null;

export interface RawRow {
  readonly rowid: number;
  readonly values: readonly RawValue[];
}

const LEAF_OF_TABLE = 0x0d;
const DEFAULT_PAGE_BYTES = 4096;
/** More bytes than this in a row, or columns, are taken for damage. */
const MOST_BYTES = 2 ** 29;
const MOST_COLUMNS = 64;

/**
 * Every row that lies in a database file, whether its tree still leads there or not: leaf pages of tables are read one
 * by one (https://www.sqlite.org/fileformat2.html, 1.6 and 2.1). Rows of pages that were given up are among them, and
 * what is damaged may be read wrong: whoever takes a row compares it with its digest.
 */
export function* rawRows(path: string): Generator<RawRow> {
  const file = openSync(path, 'r');
  try {
    const pages = pagesOf(file);
    for (let page = 1; page <= pages.count; page++) yield* rowsOfPage(pages, page);
  } finally {
    closeSync(file);
  }
}

interface Pages {
  readonly count: number;
  /** Bytes of a page that hold content. */
  readonly usable: number;
  read(page: number): Buffer;
}

function pagesOf(file: number): Pages {
  const head = Buffer.alloc(100);
  readSync(file, head, 0, 100, 0);
  const stated = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
  const isPower = stated >= 512 && (stated & (stated - 1)) === 0;
  const size = isPower ? stated : DEFAULT_PAGE_BYTES;
  const reserved = isPower && head[20]! < size - 480 ? head[20]! : 0;
  return {
    count: Math.floor(fstatSync(file).size / size),
    usable: size - reserved,
    read(page) {
      const bytes = Buffer.alloc(size);
      readSync(file, bytes, 0, size, (page - 1) * size);
      return bytes;
    },
  };
}

function* rowsOfPage(pages: Pages, page: number): Generator<RawRow> {
  const bytes = pages.read(page);
  const header = page === 1 ? 100 : 0;
  if (bytes[header] !== LEAF_OF_TABLE) return;
  const cells = bytes.readUInt16BE(header + 3);
  for (let cell = 0; cell < cells; cell++) {
    const pointer = header + 8 + 2 * cell;
    if (pointer + 2 > bytes.length) return;
    const row = rowAt(pages, bytes, bytes.readUInt16BE(pointer));
    if (row) yield row;
  }
}

/** @returns null for a cell that is none */
function rowAt(pages: Pages, bytes: Buffer, start: number): RawRow | null {
  try {
    const length = varint(bytes, start);
    const rowid = varint(bytes, length.end);
    if (length.value > Math.min(MOST_BYTES, pages.count * pages.usable)) return null;
    const payload = payloadAt(pages, bytes, rowid.end, length.value);
    return payload && { rowid: rowid.value, values: valuesOf(payload) };
  } catch (cause) {
    // Out of the page: the bytes that say how much follows are not what they were.
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

/** The payload of a cell, with what lies on overflow pages (section 1.6, "the calculation of the local payload"). */
function payloadAt(pages: Pages, bytes: Buffer, start: number, length: number): Buffer | null {
  const { usable } = pages;
  const mostLocal = usable - 35;
  if (length <= mostLocal) return slice(bytes, start, length);
  const leastLocal = Math.floor(((usable - 12) * 32) / 255) - 23;
  const wished = leastLocal + ((length - leastLocal) % (usable - 4));
  const local = wished <= mostLocal ? wished : leastLocal;
  const parts = [slice(bytes, start, local)];
  const visited = new Set<number>();
  let next = bytes.readUInt32BE(start + local);
  for (let left = length - local; left > 0;) {
    if (next < 1 || next > pages.count || visited.has(next)) return null;
    visited.add(next);
    const page = pages.read(next);
    const part = page.subarray(4, 4 + Math.min(left, usable - 4));
    parts.push(part);
    left -= part.length;
    next = page.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

function valuesOf(payload: Buffer): RawValue[] {
  const header = varint(payload, 0);
  const values: RawValue[] = [];
  let at = header.value;
  for (let position = header.end; position < header.value;) {
    const type = varint(payload, position);
    position = type.end;
    const length = bytesOfType(type.value);
    values.push(valueOf(type.value, slice(payload, at, length)));
    at += length;
    if (values.length > MOST_COLUMNS) throw new RangeError('too many columns');
  }
  return values;
}

const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8];
const FLOAT = 7;
const ZERO = 8;
const ONE = 9;
const FIRST_BLOB = 12;

function bytesOfType(type: number): number {
  if (type >= FIRST_BLOB) return Math.floor((type - FIRST_BLOB) / 2);
  return type === FLOAT ? 8 : (INTEGER_BYTES[type] ?? 0);
}

function valueOf(type: number, bytes: Buffer): RawValue {
  if (type >= FIRST_BLOB) return bytes;
  if (type === ZERO || type === ONE) return type - ZERO;
  if (type === FLOAT) return bytes.readDoubleBE(0);
  if (bytes.length === 0) return null;
  return bytes.length === 8 ? Number(bytes.readBigInt64BE(0)) : bytes.readIntBE(0, bytes.length);
}

function slice(bytes: Buffer, start: number, length: number): Buffer {
  if (start + length > bytes.length) throw new RangeError('out of the page');
  return bytes.subarray(start, start + length);
}

/** Variable-length integer of up to nine bytes, the last of which counts whole (section 1.6). */
function varint(bytes: Buffer, start: number): { value: number; end: number } {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = bytes.readUInt8(start + i);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: start + i + 1 };
  }
  return { value: value * 256 + bytes.readUInt8(start + 8), end: start + 9 };
}
