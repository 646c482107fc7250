import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { ok, type Result } from '../../../shared/domain';
import { errSaid, withDetails } from '../../../shared/domain/said';
import { bytesInMemory, type ByteSource } from '../shared/framed-file';
import { LONG_VRS, UNDEFINED_LENGTH, type Encoding } from './vr';

/** A data set, and where it begins in its bytes. */
export interface DataSetBytes {
  readonly source: ByteSource;
  readonly start: number;
  readonly size: number;
  readonly encoding: Encoding;
}

const SYNTAXES: Readonly<Record<string, Encoding & { deflated?: boolean }>> = {
  '1.2.840.10008.1.2': { explicit: false, bigEndian: false },
  '1.2.840.10008.1.2.1': { explicit: true, bigEndian: false },
  '1.2.840.10008.1.2.1.99': { explicit: true, bigEndian: false, deflated: true },
  '1.2.840.10008.1.2.2': { explicit: true, bigEndian: true },
};

const PREAMBLE_BYTES = 128;
const MAX_META_BYTES = 64 * 1024;
/** What a deflated file may grow to: three days of a lead, and little beside the memory of the machine. */
const MAX_INFLATED_BYTES = 128 * 2 ** 20;

/** Elements that must follow each other in a file without the mark before it is taken for DICOM. */
const CONVINCING_ELEMENTS = 4;

/** Whether a file begins as DICOM does: with its mark, or with several elements in order without one. */
export function looksLikeDicom(head: Uint8Array): boolean {
  if (hasMark(head)) return true;
  const bigEndian = head[0] === 0;
  const number = (at: number, bytes: 2 | 4): number =>
    bytes === 2
      ? uint16(head, at, bigEndian)
      : uint16(head, at + (bigEndian ? 2 : 0), bigEndian) +
        uint16(head, at + (bigEndian ? 0 : 2), bigEndian) * 65_536;
  let before = 0;
  let at = 0;
  for (let k = 0; k < CONVINCING_ELEMENTS; k++) {
    const tag = number(at, 2) * 65_536 + number(at + 2, 2);
    const group = tag >>> 16;
    if (at + 8 > head.length || (k === 0 && group !== 2 && group !== 8)) return false;
    if (k > 0 && (tag <= before || group > 0x7fe0)) return false;
    const vr = isVr(head, at + 4) ? latin1(head, at + 4, at + 6) : '';
    const long = LONG_VRS.has(vr);
    const length = long ? number(at + 8, 4) : vr ? number(at + 6, 2) : number(at + 4, 4);
    if (length % 2 !== 0 && length !== UNDEFINED_LENGTH) return false;
    // A sequence so early is rare, and what is in it is as good as more elements.
    if (length === UNDEFINED_LENGTH) return k > 1;
    at += (long ? 12 : 8) + length;
    before = tag;
  }
  return true;
}

/** Finds the data set of a file, inflating it where it is deflated. */
export async function findDataSet(
  source: ByteSource,
  size: number,
  fileName: string,
): Promise<Result<DataSetBytes>> {
  const head = await source.read(0, Math.min(size, MAX_META_BYTES));
  if (!head.ok) return head;
  const bytes = head.value;
  const first = hasMark(bytes) ? PREAMBLE_BYTES + 4 : 0;
  if (!hasMark(bytes) && uint16(bytes, 0) !== 2) {
    const bigEndian = bytes[0] === 0;
    const encoding = { explicit: isVr(bytes, 4), bigEndian };
    return ok({ source, start: 0, size, encoding });
  }
  const meta = readMeta(bytes, first);
  const syntax = meta && SYNTAXES[meta.syntax];
  if (!meta) {
    return withDetails(errSaid('bad-header', 'files.dicomSyntaxMissing', { file: fileName }), {
      field: 'Transfer Syntax UID',
    });
  }
  if (!syntax) {
    return withDetails(
      errSaid('unsupported', 'files.dicomSyntaxUnknown', {
        file: fileName,
        value: JSON.stringify(meta.syntax.slice(0, 64)),
      }),
      { field: 'Transfer Syntax UID' },
    );
  }
  const { explicit, bigEndian } = syntax;
  const encoding = { explicit, bigEndian };
  if (!syntax.deflated) return ok({ source, start: meta.end, size, encoding });
  const inflated = await inflate(source, meta.end, size, fileName);
  if (!inflated.ok) return inflated;
  const length = inflated.value.length;
  return ok({ source: bytesInMemory(inflated.value), start: 0, size: length, encoding });
}

async function inflate(
  source: ByteSource,
  start: number,
  size: number,
  fileName: string,
): Promise<Result<Uint8Array>> {
  const tooLarge = () =>
    errSaid('too-large', 'files.dicomDeflatedTooLarge', {
      file: fileName,
      size: MAX_INFLATED_BYTES / 2 ** 20,
    });
  if (size - start > MAX_INFLATED_BYTES) return tooLarge();
  const packed = await source.read(start, size - start);
  if (!packed.ok) return packed;
  try {
    const options = { maxOutputLength: MAX_INFLATED_BYTES };
    return ok(await promisify(inflateRaw)(packed.value, options));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge();
    return errSaid('bad-signal', 'files.dicomDeflatedDamaged', { file: fileName });
  }
}

/** The transfer syntax of the file meta information, always explicit little endian, and where that ends. */
function readMeta(bytes: Uint8Array, first: number): { syntax: string; end: number } | null {
  let syntax: string | null = null;
  let at = first;
  while (at + 8 <= bytes.length && uint16(bytes, at) === 2) {
    const long = LONG_VRS.has(latin1(bytes, at + 4, at + 6));
    if (long && at + 12 > bytes.length) return null;
    const length = long ? uint32(bytes, at + 8) : uint16(bytes, at + 6);
    const value = at + (long ? 12 : 8);
    if (value + length > bytes.length) return null;
    if (uint16(bytes, at + 2) === 0x0010) {
      syntax = latin1(bytes, value, value + length).replace(/[\0 ]+$/, '');
    }
    at = value + length;
  }
  return syntax === null ? null : { syntax, end: at };
}

function hasMark(bytes: Uint8Array): boolean {
  return latin1(bytes, PREAMBLE_BYTES, PREAMBLE_BYTES + 4) === 'DICM';
}

function isVr(bytes: Uint8Array, at: number): boolean {
  return /^[A-Z]{2}$/.test(latin1(bytes, at, at + 2));
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('latin1');
}

function uint16(bytes: Uint8Array, at: number, bigEndian = false): number {
  const [low, high] = bigEndian ? [bytes[at + 1], bytes[at]] : [bytes[at], bytes[at + 1]];
  return (low ?? 0) | ((high ?? 0) << 8);
}

function uint32(bytes: Uint8Array, at: number): number {
  return uint16(bytes, at) + uint16(bytes, at + 2) * 65_536;
}
