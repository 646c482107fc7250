import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { ByteSource } from '../shared/framed-file';

/** Where the elements of a version 5 file, or of an array within it, are read from. */
export interface Elements {
  readonly source: ByteSource;
  readonly bigEndian: boolean;
  readonly fileName: string;
}

export interface Element {
  readonly type: number;
  readonly dataAt: number;
  readonly size: number;
  /** Where the next one begins. */
  readonly next: number;
}

export async function bytesAt(
  { source }: Elements,
  at: number,
  size: number,
): Promise<Result<Buffer>> {
  const bytes = await source.read(at, size);
  return bytes.ok
    ? ok(Buffer.from(bytes.value.buffer, bytes.value.byteOffset, bytes.value.length))
    : bytes;
}

export function wordAt({ bigEndian }: Elements, bytes: Buffer, at: number): number {
  return bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
}

/**
 * The tag of an element: eight bytes, or four with up to four bytes of data after them.
 * @param end where the array ends that the element is part of
 */
export async function elementAt(
  elements: Elements,
  at: number,
  end: number,
): Promise<Result<Element>> {
  const { fileName } = elements;
  if (at + 8 > end) return errSaid('bad-header', 'files.matArrayEnds', { file: fileName, at });
  const bytes = await bytesAt(elements, at, 8);
  if (!bytes.ok) return bytes;
  const first = wordAt(elements, bytes.value, 0);
  const small = first >>> 16;
  const size = small > 0 ? small : wordAt(elements, bytes.value, 4);
  const dataAt = at + (small > 0 ? 4 : 8);
  if (small > 4 || dataAt + size > end) {
    return errSaid('bad-header', 'files.matElementBeyond', { file: fileName, at, size });
  }
  const next = small > 0 ? at + 8 : dataAt + Math.ceil(size / 8) * 8;
  return ok({ type: small > 0 ? first & 0xffff : first, dataAt, size, next });
}

/** Elements one after the other, up to a number of them or as long as there is room. */
export async function elementsFrom(
  elements: Elements,
  from: number,
  end: number,
  most: number,
): Promise<Result<Element[]>> {
  const found: Element[] = [];
  for (let at = from; at + 8 <= end && found.length < most;) {
    const element = await elementAt(elements, at, end);
    if (!element.ok) return element;
    found.push(element.value);
    at = element.value.next;
  }
  return ok(found);
}
