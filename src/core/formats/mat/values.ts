import type { ByteSource } from '../shared/framed-file';

/** How one number of a matrix lies in the file. */
export interface NumberCode {
  readonly bytes: number;
  /** Whether every number fits into 32 bits of an integer. */
  readonly isInteger: boolean;
  readonly read: (view: DataView, at: number) => number;
}

/** A matrix of real numbers, column after column, that is not read yet. */
export interface NumericArray {
  readonly kind: 'numbers';
  readonly dims: readonly number[];
  readonly code: NumberCode;
  /** False for floating-point classes, also where they are stored as integers. */
  readonly isIntegerClass: boolean;
  readonly source: ByteSource;
  /** Where the first number lies in the source. */
  readonly byteOffset: number;
}

/** Rows of characters, or a cell array of them. */
export interface TextArray {
  readonly kind: 'text';
  readonly rows: readonly string[];
}

/** A structure of one element. */
export interface Structure {
  readonly kind: 'struct';
  readonly fields: ReadonlyMap<string, MatValue>;
}

/** What a variable holds, as far as a recording may need it. */
export type MatValue = NumericArray | TextArray | Structure | { readonly kind: 'other' };

/** Variables by name, in the order of the file. */
export type Variables = ReadonlyMap<string, MatValue>;

type Read = (view: DataView, at: number) => number;

function code(bytes: number, isInteger: boolean, little: Read, big: Read) {
  return [
    { bytes, isInteger, read: little },
    { bytes, isInteger, read: big },
  ] as const;
}

/** Data types of version 5 by their number, little endian and big endian (MAT-File Format, table 1-1). */
const CODES: Readonly<Record<number, readonly [NumberCode, NumberCode]>> = {
  1: code(
    1,
    true,
    (view, at) => view.getInt8(at),
    (view, at) => view.getInt8(at),
  ),
  2: code(
    1,
    true,
    (view, at) => view.getUint8(at),
    (view, at) => view.getUint8(at),
  ),
  3: code(
    2,
    true,
    (view, at) => view.getInt16(at, true),
    (view, at) => view.getInt16(at),
  ),
  4: code(
    2,
    true,
    (view, at) => view.getUint16(at, true),
    (view, at) => view.getUint16(at),
  ),
  5: code(
    4,
    true,
    (view, at) => view.getInt32(at, true),
    (view, at) => view.getInt32(at),
  ),
  6: code(
    4,
    false,
    (view, at) => view.getUint32(at, true),
    (view, at) => view.getUint32(at),
  ),
  7: code(
    4,
    false,
    (view, at) => view.getFloat32(at, true),
    (view, at) => view.getFloat32(at),
  ),
  9: code(
    8,
    false,
    (view, at) => view.getFloat64(at, true),
    (view, at) => view.getFloat64(at),
  ),
  12: code(
    8,
    false,
    (v, at) => Number(v.getBigInt64(at, true)),
    (v, at) => Number(v.getBigInt64(at)),
  ),
  13: code(
    8,
    false,
    (v, at) => Number(v.getBigUint64(at, true)),
    (v, at) => Number(v.getBigUint64(at)),
  ),
};

/** @returns null for a type that is no number */
export function numberCode(type: number, bigEndian: boolean): NumberCode | null {
  return CODES[type]?.[bigEndian ? 1 : 0] ?? null;
}

/** Numbers of an array, 1 for one without dimensions. */
export function countOf({ dims }: Pick<NumericArray, 'dims'>): number {
  return dims.reduce((product, dim) => product * dim, 1);
}
