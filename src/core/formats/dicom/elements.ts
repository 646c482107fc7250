import type { Err, Failure } from '../../../shared/domain';
import { errSaid, withDetails } from '../../../shared/domain/said';
import type { ByteSource } from '../shared/framed-file';
import type { DataSetBytes } from './transfer-syntax';
import { LONG_VRS, type Encoding } from './vr';

export const WAVEFORM_DATA = 0x54001010;
export const ITEM = 0xfffee000;
export const ITEM_END = 0xfffee00d;
export const SEQUENCE_END = 0xfffee0dd;

/** What is read ahead at a time. */
const WINDOW_BYTES = 256 * 1024;
const MAX_ELEMENTS = 500_000;

/** A data element without its value (PS3.5, section 7.1). */
export interface Element {
  readonly tag: number;
  /** Empty in implicit encoding, and for items. */
  readonly vr: string;
  readonly length: number;
  /** Where the value begins. */
  readonly value: number;
}

/** Thrown out of a walk over damaged bytes and caught where the walk began, never beyond it. */
export class Damage extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** @param field the element that is wrong, for a program */
export function damage(said: Err, field: string): Damage {
  return new Damage(withDetails(said, { field }).error);
}

export interface ElementReader {
  /** The element that begins at a byte. */
  element(at: number, explicit: boolean): Promise<Element>;
  /** Bytes of a value, to be used before the next call. */
  bytes(at: number, length: number): Promise<Buffer>;
  /** Whether an item or the end of a sequence begins at a byte. */
  itemAt(at: number): Promise<boolean>;
}

/** Reads elements through a window over a file of any size. @throws Damage */
export function elementReader(data: DataSetBytes, fileName: string): ElementReader {
  const { source, size, encoding } = data;
  const { uint16, uint32, tagOf } = numbers(encoding);
  const bytes = windowed(source, size, fileName);
  let count = 0;

  return {
    bytes,
    async element(at, explicit) {
      if (++count > MAX_ELEMENTS) {
        const limit = { file: fileName, limit: MAX_ELEMENTS };
        throw damage(errSaid('too-large', 'files.dicomElements', limit), 'data elements');
      }
      const head = await bytes(at, 8);
      const tag = tagOf(head);
      if (!explicit || tag >>> 16 === 0xfffe) {
        return { tag, vr: '', length: uint32(head, 4), value: at + 8 };
      }
      const vr = head.toString('latin1', 4, 6);
      if (!/^[A-Z]{2}$/.test(vr)) {
        const named = { file: fileName, field: tagText(tag), at };
        throw damage(errSaid('bad-header', 'files.dicomNoVr', named), tagText(tag));
      }
      if (!LONG_VRS.has(vr)) return { tag, vr, length: uint16(head, 6), value: at + 8 };
      return { tag, vr, length: uint32(await bytes(at + 8, 4), 0), value: at + 12 };
    },
    async itemAt(at) {
      if (at + 4 > size) return false;
      const tag = tagOf(await bytes(at, 4));
      return tag === ITEM || tag === SEQUENCE_END;
    },
  };
}

function windowed(source: ByteSource, size: number, fileName: string): ElementReader['bytes'] {
  let window: Buffer = Buffer.alloc(0);
  let windowStart = 0;
  return async (at, length) => {
    if (at + length > size) {
      const cut = errSaid('bad-header', 'files.dicomEndsIn', { file: fileName, at });
      throw damage(cut, `byte ${at}`);
    }
    const from = at - windowStart;
    if (from >= 0 && from + length <= window.length) return window.subarray(from, from + length);
    const read = await source.read(at, Math.min(size - at, Math.max(length, WINDOW_BYTES)));
    if (!read.ok) throw new Damage(read.error);
    window = Buffer.from(read.value.buffer, read.value.byteOffset, read.value.length);
    windowStart = at;
    return window.subarray(0, length);
  };
}

function numbers({ bigEndian }: Encoding) {
  const uint16 = (bytes: Buffer, at: number): number =>
    bigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at);
  return {
    uint16,
    uint32: (bytes: Buffer, at: number): number =>
      bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at),
    tagOf: (bytes: Buffer): number => uint16(bytes, 0) * 65_536 + uint16(bytes, 2),
  };
}

/** Bytes of an element without its value. */
export function elementHead(
  { tag, vr, length }: Pick<Element, 'tag' | 'vr' | 'length'>,
  { bigEndian }: Pick<Encoding, 'bigEndian'>,
): Buffer {
  const long = LONG_VRS.has(vr);
  const head = Buffer.alloc(long ? 12 : 8);
  const put = (value: number, at: number, bytes: number): void => {
    if (bigEndian) head.writeUIntBE(value, at, bytes);
    else head.writeUIntLE(value, at, bytes);
  };
  put(tag >>> 16, 0, 2);
  put(tag & 0xffff, 2, 2);
  if (vr !== '') head.write(vr, 4, 'latin1');
  if (vr === '') put(length, 4, 4);
  else if (long) put(length, 8, 4);
  else put(length, 6, 2);
  return head;
}

export function tagText(tag: number): string {
  const hex = tag.toString(16).padStart(8, '0');
  const name = tag === WAVEFORM_DATA ? 'Waveform Data ' : '';
  return `"${name}(${hex.slice(0, 4)},${hex.slice(4)})"`;
}
