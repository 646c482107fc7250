import { ok, type Result } from '../../../shared/domain';
import { errSaid, toldBy } from '../../../shared/domain/said';
import { decodeHuffman, type HuffmanTables } from './huffman';

/** Sections 5 and 6: leads of one scale and one rate, in the order of section 3. */
export interface EncodedLeads {
  /** Amplitude value multiplier. */
  readonly nanovolts: number;
  readonly intervalUs: number;
  /** 0 values, 1 first differences, 2 second differences. */
  readonly encoding: number;
  /** Of section 6: samples outside protected zones have lost their rate. */
  readonly isBimodal: boolean;
  readonly leads: readonly Buffer[];
  /** Bytes behind the last lead. */
  readonly spareBytes: number;
}

const HEADER = 6;

/**
 * Reads section 5 or 6 (EN 1064:2005, 5.8 and 5.9).
 * @param count leads of section 3
 * @returns `bad-header`, `bad-signal` with section and field
 */
export function encodedLeads(
  data: Buffer,
  section: 5 | 6,
  count: number,
  fileName: string,
): Result<EncodedLeads> {
  const what = toldBy('files.sectionOf', { file: fileName, n: section });
  if (data.length < HEADER + 2 * count)
    return errSaid('bad-header', 'files.endsInHeader', { what });
  const encoding = data.readUInt8(4);
  if (encoding > 2) return errSaid('unsupported', 'files.scpEncoding', { what, encoding });
  const leads: Buffer[] = [];
  let at = HEADER + 2 * count;
  for (let k = 0; k < count; k++) {
    const end = at + data.readUInt16LE(HEADER + 2 * k);
    if (end > data.length)
      return errSaid('bad-signal', 'files.endsInLead', { what, lead: k + 1, count });
    leads.push(data.subarray(at, end));
    at = end;
  }
  const held = leadsThatFit(data, count);
  if (held > count) return errSaid('bad-header', 'files.scpMoreLeads', { what, count, held });
  return ok({
    nanovolts: data.readUInt16LE(0),
    intervalUs: data.readUInt16LE(2),
    encoding,
    isBimodal: section === 6 && data.readUInt8(5) === 1,
    leads,
    spareBytes: data.length - at,
  });
}

/** A section, or a lead in it, may be filled up to whole words. */
export const FILL_BYTES = 1;

/**
 * How many leads a section holds whose lengths add up to its own: those that section 3 does not know would have their
 * lengths read as samples.
 * @param known leads of section 3, which is the answer where no number fits
 */
function leadsThatFit(data: Buffer, known: number): number {
  let held = 0;
  for (let count = 1, end = HEADER; HEADER + 2 * count <= data.length && count < 256; count++) {
    end += 2 + data.readUInt16LE(HEADER + 2 * (count - 1));
    const isWhole = end <= data.length && data.length - end <= FILL_BYTES;
    if (isWhole && count <= known) return known;
    if (isWhole && held === 0) held = count;
  }
  return held || known;
}

/**
 * Values of one lead before reference beat and lost rate are put back.
 * @param tables of section 2, null where the record has none: plain 16-bit integers
 * @param most how many there can be
 * @returns the values, and the whole bytes behind them that hold none of these
 */
export function decodeLead(
  { encoding, leads }: EncodedLeads,
  index: number,
  tables: HuffmanTables | null,
  most: number,
): { values: Int32Array; spareBytes: number } {
  const bytes = leads[index]!;
  const { values, bits } = tables ? decodeHuffman(tables, bytes, most) : plain(bytes, most);
  // The first one or two are values already. Samples have 16 bits, and so has the arithmetic of those who write them.
  for (let k = encoding; encoding > 0 && k < values.length; k++) {
    const before = encoding === 1 ? values[k - 1]! : 2 * values[k - 1]! - values[k - 2]!;
    values[k] = ((values[k]! + before) << 16) >> 16;
  }
  return { values, spareBytes: Math.floor(bytes.length - bits / 8) };
}

function plain(bytes: Buffer, most: number): { values: Int32Array; bits: number } {
  const values = new Int32Array(Math.min(most, bytes.length >> 1));
  for (let k = 0; k < values.length; k++) values[k] = bytes.readInt16LE(2 * k);
  return { values, bits: 16 * values.length };
}
