import { inflateSync } from 'node:zlib';

const WOFF_HEADER_BYTES = 44;
const WOFF_ENTRY_BYTES = 20;
const SFNT_HEADER_BYTES = 12;
const SFNT_ENTRY_BYTES = 16;

/**
 * The TrueType or OpenType file inside a WOFF 1.0 file (W3C Recommendation 2012, sections 3 to 5): the same tables,
 * inflated. pdfkit reads WOFF too, but inflates it in JavaScript, which took a fifth of the time of a report.
 */
export function woffToSfnt(woff: Buffer): Buffer {
  const tables = woff.readUInt16BE(12);
  const sfnt = Buffer.alloc(woff.readUInt32BE(16));
  const power = Math.floor(Math.log2(tables));
  sfnt.writeUInt32BE(woff.readUInt32BE(4), 0);
  sfnt.writeUInt16BE(tables, 4);
  sfnt.writeUInt16BE(16 * 2 ** power, 6);
  sfnt.writeUInt16BE(power, 8);
  sfnt.writeUInt16BE(16 * (tables - 2 ** power), 10);
  let at = SFNT_HEADER_BYTES + tables * SFNT_ENTRY_BYTES;
  for (let table = 0; table < tables; table++) {
    const entry = WOFF_HEADER_BYTES + table * WOFF_ENTRY_BYTES;
    const [offset, packed, length, checksum] = [4, 8, 12, 16].map((field) =>
      woff.readUInt32BE(entry + field),
    ) as [number, number, number, number];
    const content = woff.subarray(offset, offset + packed);
    (packed < length ? inflateSync(content) : content).copy(sfnt, at);
    const to = SFNT_HEADER_BYTES + table * SFNT_ENTRY_BYTES;
    woff.copy(sfnt, to, entry, entry + 4);
    sfnt.writeUInt32BE(checksum, to + 4);
    sfnt.writeUInt32BE(at, to + 8);
    sfnt.writeUInt32BE(length, to + 12);
    at += Math.ceil(length / 4) * 4;
  }
  return sfnt;
}
