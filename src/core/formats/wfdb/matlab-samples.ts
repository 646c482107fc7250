import path from 'node:path';
import { err, ok, type Result } from '../../../shared/domain';
import { findSignal } from '../mat/find-signal';
import type { Variables } from '../mat/values';
import { version4Variables } from '../mat/version4';
import { version5IsBigEndian, version5Variables } from '../mat/version5';
import type { FilePool } from './file-pool';

/** Enough to tell the version by. */
const HEAD_BYTES = 128;

/**
 * Where the samples of a MATLAB file lie that a header has as its signal file. Headers say 24 bytes, which is right for
 * version 4 with a short name alone: read from there, a file of version 5 gives every lead the samples of another.
 * @returns null for a file of another kind; `bad-header` where its matrix is not plain 16-bit numbers
 */
export async function matlabSamplesAt(
  file: string,
  sizeBytes: number,
  headerName: string,
  pool: FilePool,
): Promise<Result<number | null>> {
  const fileName = path.basename(file);
  if (!/\.mat$/i.test(fileName) || sizeBytes < HEAD_BYTES) return ok(null);
  const source = { read: (position: number, length: number) => pool.read(file, position, length) };
  const head = await source.read(0, HEAD_BYTES);
  if (!head.ok) return head;
  const { buffer, byteOffset, length } = head.value;
  const bigEndian = version5IsBigEndian(Buffer.from(buffer, byteOffset, length));
  const variables: Result<Variables> =
    bigEndian === null
      ? await version4Variables(source, sizeBytes, fileName)
      : await version5Variables({ source, bigEndian, fileName }, sizeBytes);
  const signal = variables.ok ? findSignal(variables.value) : null;
  if (!signal) return ok(null);
  const { array } = signal;
  if (array.source === source && array.code.bytes === 2) return ok(array.byteOffset);
  return err(
    'bad-header',
    `${headerName} has ${fileName} read as it lies there, but its matrix ${signal.name} is ${array.source === source ? `of ${8 * array.code.bytes}-bit numbers` : 'compressed'}: open ${fileName} apart from this header.`,
    { field: 'file name' },
  );
}
