import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';

/** One code structure of section 2. */
interface Code {
  readonly prefixBits: number;
  readonly totalBits: number;
  /** False for a code that selects another table. */
  readonly isValue: boolean;
  readonly value: number;
  /** The prefix, its first bit highest. */
  readonly prefix: number;
}

/** Codes by their prefix, for each length of prefix. */
type Table = ReadonlyMap<number, ReadonlyMap<number, Code>>;

/** Tables of section 2; decoding begins with the first. */
export type HuffmanTables = readonly Table[];

/** Number of tables that says: the default table of EN 1064:2005, 5.5. */
const DEFAULT = 19_999;
const CODE_BYTES = 9;

/**
 * Reads section 2.
 * @param data the section without its header
 * @returns null where it declares no table, which means plain integers; `bad-header` for codes that run out of the section or have impossible lengths
 */
export function huffmanTables(data: Buffer, fileName: string): Result<HuffmanTables | null> {
  const count = data.length < 2 ? 0 : data.readUInt16LE(0);
  if (count === DEFAULT) return ok([defaultTable()]);
  if (count === 0) return ok(null);
  const tables: Table[] = [];
  let at = 2;
  for (let k = 1; k <= count; k++) {
    const size = at + 2 <= data.length ? data.readUInt16LE(at) : 0;
    const end = at + 2 + size * CODE_BYTES;
    if (size === 0 || end > data.length) {
      return errSaid('bad-header', 'files.scpHuffmanEnds', { file: fileName, table: k, count });
    }
    const first = at + 2;
    const codes = Array.from({ length: size }, (_, code) =>
      codeAt(data, first + code * CODE_BYTES),
    );
    const wrong = codes.find(isImpossible);
    if (wrong) {
      return errSaid('bad-header', 'files.scpHuffmanPrefix', {
        file: fileName,
        prefix: wrong.prefixBits,
        bits: wrong.totalBits,
      });
    }
    tables.push(tableOf(codes));
    at = end;
  }
  return ok(tables);
}

function isImpossible({ prefixBits, totalBits }: Code): boolean {
  return prefixBits < 1 || prefixBits > 32 || totalBits < prefixBits || totalBits > prefixBits + 31;
}

function codeAt(data: Buffer, at: number): Code {
  const prefixBits = data.readUInt8(at);
  const stored = data.readUInt32LE(at + 5);
  // The bits of the prefix stand in reverse order.
  let prefix = 0;
  for (let bit = 0; bit < Math.min(prefixBits, 32); bit++)
    prefix = prefix * 2 + ((stored >>> bit) & 1);
  return {
    prefixBits,
    totalBits: data.readUInt8(at + 1),
    isValue: data.readUInt8(at + 2) !== 0,
    value: data.readInt16LE(at + 3),
    prefix,
  };
}

function tableOf(codes: readonly Code[]): Table {
  const table = new Map<number, Map<number, Code>>();
  for (const code of codes) {
    const ofLength = table.get(code.prefixBits) ?? new Map<number, Code>();
    table.set(code.prefixBits, ofLength);
    ofLength.set(code.prefix, code);
  }
  return table;
}

/** `0` is 0; n ones with `00` or `01` are n or -n, up to 8; ten bits introduce a whole byte or two. */
function defaultTable(): Table {
  const code = (bits: string, value: number, more = 0): Code => ({
    prefixBits: bits.length,
    totalBits: bits.length + more,
    isValue: true,
    value,
    prefix: Number.parseInt(bits, 2),
  });
  const small = Array.from({ length: 8 }, (_, k) => {
    const ones = '1'.repeat(k + 1);
    return [code(`${ones}00`, k + 1), code(`${ones}01`, -k - 1)];
  });
  return tableOf([
    code('0', 0),
    ...small.flat(),
    code('1111111110', 0, 8),
    code('1111111111', 0, 16),
  ]);
}

/**
 * Decodes the values of one lead.
 * @param most where to stop: bits that fill up the last byte would go on as zeros
 * @returns as many values as there are, at most `most`, and the bits that they took; decoding ends at bits that are no
 *   code
 */
export function decodeHuffman(
  tables: HuffmanTables,
  bytes: Uint8Array,
  most: number,
): { values: Int32Array; bits: number } {
  const end = bytes.length * 8;
  const values = new Int32Array(Math.min(most, end));
  let table = tables[0]!;
  let written = 0;
  let bit = 0;
  while (written < values.length) {
    const code = nextCode(table, bytes, bit);
    if (!code || bit + code.totalBits > end) break;
    if (code.isValue) {
      const more = code.totalBits - code.prefixBits;
      values[written++] = code.value + signedBits(bytes, bit + code.prefixBits, more);
    } else {
      const selected = tables[code.value - 1]; // tables count from 1
      if (!selected) break;
      table = selected;
    }
    bit += code.totalBits;
  }
  return { values: values.subarray(0, written), bits: bit };
}

function nextCode(table: Table, bytes: Uint8Array, start: number): Code | null {
  const end = Math.min(start + 32, bytes.length * 8);
  let prefix = 0;
  for (let bit = start; bit < end; bit++) {
    prefix = prefix * 2 + bitAt(bytes, bit);
    const code = table.get(bit - start + 1)?.get(prefix);
    if (code) return code;
  }
  return null;
}

/** Two's complement, most significant bit first; 0 of no bits. */
function signedBits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let bit = start; bit < start + count; bit++) value = value * 2 + bitAt(bytes, bit);
  return count > 0 && value >= 2 ** (count - 1) ? value - 2 ** count : value;
}

function bitAt(bytes: Uint8Array, bit: number): number {
  return (bytes[bit >> 3]! >> (7 - (bit & 7))) & 1;
}
