import { hash } from 'node:crypto';
import { z } from 'zod';

/**
 * A `SELECT` list that takes texts as bytes. The SQL library ends the whole process at a text that is not UTF-8, as
 * one flipped bit makes it.
 */
export function asBytes(...columns: readonly string[]): string {
  return columns
    .map((column) => `CAST(${column} AS BLOB) AS ${column.slice(column.lastIndexOf('.') + 1)}`)
    .join(', ');
}

/** The same for numbers: a damaged row may hold a text in their place. */
export function asNumbers(...columns: readonly string[]): string {
  return columns
    .map((column) => `CAST(${column} AS INTEGER) AS ${column.slice(column.lastIndexOf('.') + 1)}`)
    .join(', ');
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as the SQL library gives them: a Buffer of one row, ArrayBuffers of many. */
export const BytesColumn = z.unknown().transform((value, context): Uint8Array => {
  if (value instanceof Uint8Array) return value;
  if (isArrayBuffer(value)) return new Uint8Array(value);
  context.addIssue({ code: 'custom', message: 'is not a blob' });
  return z.NEVER;
});

function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

/** A text that was selected by `asBytes`. */
export const TextColumn = BytesColumn.transform((bytes, context) => {
  try {
    return utf8.decode(bytes);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not UTF-8' });
    return z.NEVER;
  }
});

/** SHA-256 (hex) of values in their order: what a row is compared with when it is read again. */
export function digestOf(
  values: readonly (string | number | null)[],
  bytes: Uint8Array | null = null,
): string {
  // JSON ends where it ends: no other values and bytes have the same concatenation. In one: a stream of its own costs three
  // times as long as a row's few hundred bytes, and twice as long as a page of a list.
  const text = JSON.stringify(values);
  return hash('sha256', bytes ? Buffer.concat([Buffer.from(text), bytes]) : text);
}
