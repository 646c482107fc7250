import { crcCcitt } from '../../shared/crc-ccitt';

/**
 * Writes SCP-ECG records for tests, section by section as EN 1064:2005 lays them out, sharing nothing with the reader
 * but the checksum.
 * @param sections data by number, without section headers; in the record in this order
 */
export function buildScp(sections: Readonly<Record<number, Buffer>>): Buffer {
  const ids = Array.from({ length: 12 }, (_, k) => k);
  const lengths = ids.map((id) =>
    id === 0 ? 16 + 120 : sections[id] ? 16 + sections[id].length : 0,
  );
  const pointers = Buffer.alloc(120);
  let at = 6;
  for (const id of ids) {
    pointers.writeUInt16LE(id, id * 10);
    pointers.writeUInt32LE(lengths[id]!, id * 10 + 2);
    pointers.writeUInt32LE(lengths[id]! > 0 ? at + 1 : 0, id * 10 + 6);
    at += lengths[id]!;
  }
  const body = ids
    .filter((id) => lengths[id]! > 0)
    .map((id) => section(id, id === 0 ? pointers : sections[id]!));
  const record = Buffer.concat([Buffer.alloc(6), ...body]);
  record.writeUInt32LE(record.length, 2);
  record.writeUInt16LE(crcCcitt(record, 2, record.length), 0);
  return record;
}

function section(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt16LE(id, 2);
  head.writeUInt32LE(16 + data.length, 4);
  head.write(id === 0 ? '\x14\x14SCPECG' : '\x14\x14', 8, 'latin1');
  const whole = Buffer.concat([head, data]);
  whole.writeUInt16LE(crcCcitt(whole, 2, whole.length), 0);
  return whole;
}

/** Little-endian numbers of a stated width: `[2, 500]` is a word. */
export function pack(...parts: readonly (readonly [1 | 2 | 4, number])[]): Buffer {
  return Buffer.concat(
    parts.map(([bytes, value]) => {
      const part = Buffer.alloc(bytes);
      if (value < 0) part.writeIntLE(value, 0, bytes);
      else part.writeUIntLE(value, 0, bytes);
      return part;
    }),
  );
}

/** Section 1 out of fields by tag. */
export function section1(fields: Readonly<Record<number, Buffer | string>>): Buffer {
  const parts = Object.entries(fields).map(([tag, value]) => {
    const bytes = typeof value === 'string' ? Buffer.from(`${value}\0`, 'latin1') : value;
    return Buffer.concat([pack([1, Number(tag)], [2, bytes.length]), bytes]);
  });
  return Buffer.concat([...parts, pack([1, 255], [2, 0])]);
}

/** Section 3: leads as code, first and last sample. */
export function section3(leads: readonly (readonly [number, number, number])[], flags = 0): Buffer {
  const parts = leads.map(([code, start, end]) => pack([4, start], [4, end], [1, code]));
  return Buffer.concat([pack([1, leads.length], [1, flags]), ...parts]);
}

/** Section 5 or 6 out of the coded bytes of each lead. */
export function encoded(
  leads: readonly Buffer[],
  { nanovolts = 5000, intervalUs = 2000, encoding = 0, bimodal = 0 } = {},
): Buffer {
  const head = pack([2, nanovolts], [2, intervalUs], [1, encoding], [1, bimodal]);
  return Buffer.concat([head, ...leads.map(({ length }) => pack([2, length])), ...leads]);
}

export function words(values: readonly number[]): Buffer {
  return Buffer.concat(values.map((value) => pack([2, value])));
}

/** Bits as bytes, the last one filled up with zeros. */
export function bits(text: string): Buffer {
  const eights = text.match(/.{1,8}/g) ?? [];
  return Buffer.from(eights.map((eight) => Number.parseInt(eight.padEnd(8, '0'), 2)));
}

/** Values in the default Huffman table. */
export function defaultCode(values: readonly number[]): Buffer {
  return bits(values.map(codeOf).join(''));
}

function codeOf(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size <= 8) return `${'1'.repeat(size)}${value > 0 ? '00' : '01'}`;
  const [lead, width] = size < 128 ? ['1111111110', 8] : ['1111111111', 16];
  return lead + (value < 0 ? value + 2 ** width : value).toString(2).padStart(width, '0');
}

/** Differences of the first or second order, the first values plain. */
export function differences(values: readonly number[], order: 1 | 2): number[] {
  return values.map((value, k) => {
    if (k < order) return value;
    return order === 1 ? value - values[k - 1]! : value - 2 * values[k - 1]! + values[k - 2]!;
  });
}
