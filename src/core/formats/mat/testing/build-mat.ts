import { deflateSync } from 'node:zlib';

/**
 * Writes MATLAB files for tests as the MAT-File Format document lays them out, sharing nothing with the reader.
 */

type Numbers = readonly number[];

/** Version 4: one matrix, column after column. */
export function matrix4(
  name: string,
  rows: number,
  columns: number,
  numbers: Numbers,
  { bigEndian = false, precision = 3, kind = 0 } = {},
): Buffer {
  const bytes = [8, 4, 4, 2, 2, 1][precision]!;
  const head = Buffer.alloc(20 + name.length + 1);
  const words = [(bigEndian ? 1000 : 0) + 10 * precision + kind, rows, columns, 0, name.length + 1];
  for (const [k, word] of words.entries()) {
    if (bigEndian) head.writeInt32BE(word, 4 * k);
    else head.writeInt32LE(word, 4 * k);
  }
  head.write(name, 20);
  return Buffer.concat([
    head,
    ...numbers.map((number) => encode(number, bytes, precision < 2, bigEndian)),
  ]);
}

function encode(number: number, bytes: number, isFloat: boolean, bigEndian: boolean): Buffer {
  const view = new DataView(new ArrayBuffer(bytes));
  if (isFloat && bytes === 8) view.setFloat64(0, number, !bigEndian);
  else if (isFloat) view.setFloat32(0, number, !bigEndian);
  else if (bytes === 4) view.setInt32(0, number, !bigEndian);
  else if (bytes === 2) view.setInt16(0, number, !bigEndian);
  else view.setInt8(0, number);
  return Buffer.from(view.buffer);
}

/** Version 5 of one byte order. */
export function mat5(bigEndian = false) {
  const word = (value: number) => encode(value, 4, false, bigEndian);

  function element(type: number, data: Buffer): Buffer {
    if (data.length > 0 && data.length <= 4) {
      const tag = word((data.length << 16) | type);
      return Buffer.concat([tag, data, Buffer.alloc(4 - data.length)]);
    }
    const padding = Buffer.alloc((8 - (data.length % 8)) % 8);
    return Buffer.concat([word(type), word(data.length), data, padding]);
  }

  function array(kind: number, dims: Numbers, name: string, ...data: readonly Buffer[]): Buffer {
    const parts = [
      element(6, Buffer.concat([word(kind), word(0)])),
      element(5, Buffer.concat(dims.map(word))),
      element(1, Buffer.from(name)),
      ...data,
    ];
    return element(14, Buffer.concat(parts));
  }

  return {
    /** A matrix of doubles (class 6) or of int16 (class 10). */
    numbers(name: string, dims: Numbers, numbers: Numbers, kind: 6 | 10 = 6): Buffer {
      const bytes = kind === 6 ? 8 : 2;
      const data = Buffer.concat(numbers.map((n) => encode(n, bytes, kind === 6, bigEndian)));
      return array(kind, dims, name, element(kind === 6 ? 9 : 3, data));
    },
    text(name: string, rows: readonly string[]): Buffer {
      const width = Math.max(0, ...rows.map(({ length }) => length));
      const columns = Array.from({ length: width }, (_, k) => rows.map((row) => row[k] ?? ' '));
      const characters = columns.flat().map((c) => encode(c.charCodeAt(0), 2, false, bigEndian));
      return array(4, [rows.length, width], name, element(4, Buffer.concat(characters)));
    },
    cells(name: string, cells: readonly Buffer[]): Buffer {
      return array(1, [cells.length, 1], name, ...cells);
    },
    struct(name: string, fields: Readonly<Record<string, Buffer>>): Buffer {
      const names = Object.keys(fields).map((field) => Buffer.from(field.padEnd(32, '\0')));
      const head = [element(5, word(32)), element(1, Buffer.concat(names))];
      return array(2, [1, 1], name, ...head, ...Object.values(fields));
    },
    compressed: (data: Buffer): Buffer => {
      const packed = deflateSync(data);
      return Buffer.concat([word(15), word(packed.length), packed]);
    },
    file(...variables: readonly Buffer[]): Buffer {
      const header = Buffer.alloc(128, ' ');
      header.write('MATLAB 5.0 MAT-file');
      header.write(bigEndian ? '\x01\x00MI' : '\x00\x01IM', 124, 'latin1');
      return Buffer.concat([header, ...variables]);
    },
  };
}
