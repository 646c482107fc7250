import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { ok, type Result } from '../../../shared/domain';
import type { Told } from '../../../shared/domain/failure';
import { errSaid, toldBy } from '../../../shared/domain/said';
import { bytesInMemory } from '../shared/framed-file';
import { bytesAt, wordAt, type Elements } from './elements5';
import { readMatrix } from './matrix5';
import type { MatValue, Variables } from './values';

/** Version 5 (also called 6, and 7 where elements are compressed): this many bytes, then data elements. */
const HEADER = 128;

/** Memory for what compressed variables inflate to; what is not compressed is read in windows, of any size. */
const MAX_INFLATED = 128 * 2 ** 20;
const MAX_VARIABLES = 10_000;

const MATRIX = 14;
const COMPRESSED = 15;

const inflateAsync = promisify(inflate);

/**
 * Whether a version 5 file is big endian.
 * @returns null for a file of another kind
 */
export function version5IsBigEndian(head: Buffer): boolean | null {
  if (head.length < HEADER || head.toString('latin1', 0, 10) !== 'MATLAB 5.0') return null;
  const mark = head.toString('latin1', 126, 128);
  return mark === 'IM' ? false : mark === 'MI' ? true : null;
}

/** @returns `bad-header`, `bad-signal`, `too-large` with the place at fault */
export async function version5Variables(
  elements: Elements,
  sizeBytes: number,
): Promise<Result<Variables>> {
  const { bigEndian, fileName } = elements;
  const variables = new Map<string, MatValue>();
  let inflated = 0;
  for (let at = HEADER; at + 8 <= sizeBytes && variables.size < MAX_VARIABLES;) {
    const tag = await bytesAt(elements, at, 8);
    if (!tag.ok) return tag;
    const type = wordAt(elements, tag.value, 0);
    const size = wordAt(elements, tag.value, 4);
    const end = at + 8 + size;
    if (end > sizeBytes)
      return errSaid('bad-signal', 'files.matEndsInElement', { file: fileName, at });
    let matrix = null;
    if (type === MATRIX) matrix = await readMatrix(elements, at, end);
    else if (type === COMPRESSED) {
      const packed = await bytesAt(elements, at + 8, size);
      if (!packed.ok) return packed;
      const what = toldBy('files.elementAt', { file: fileName, at });
      const bytes = await unpack(packed.value, MAX_INFLATED - inflated, what);
      if (!bytes.ok) return bytes;
      inflated += bytes.value.length;
      const source = bytesInMemory(bytes.value);
      matrix = await readMatrix({ source, bigEndian, fileName }, 0, bytes.value.length);
    }
    if (matrix && !matrix.ok) return matrix;
    if (matrix) variables.set(matrix.value.name, matrix.value.value);
    at = end;
  }
  return ok(variables);
}

async function unpack(packed: Uint8Array, maxBytes: number, what: Told): Promise<Result<Buffer>> {
  try {
    return ok(await inflateAsync(packed, { maxOutputLength: Math.max(1, maxBytes) }));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_BUFFER_TOO_LARGE')
      return errSaid('bad-signal', 'files.notInflated', { what, why: message });
    return errSaid('too-large', 'files.matInflatesLarge', { what, size: MAX_INFLATED / 2 ** 20 });
  }
}

/** Version 7.3 has the same first words, and HDF5 after 512 bytes. */
export function isVersion73(head: Buffer): boolean {
  return head.toString('latin1', 0, 10) === 'MATLAB 7.3';
}
