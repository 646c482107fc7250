import path from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import type { Told } from '../../../shared/domain/failure';
import { errSaid, toldBy, withDetails } from '../../../shared/domain/said';
import { findSignals } from '../mat/find-signal';
import type { Variables } from '../mat/values';
import { version4Variables } from '../mat/version4';
import { version5IsBigEndian, version5Variables } from '../mat/version5';
import type { FilePool } from './file-pool';

/** Enough to tell the version by. */
const HEAD_BYTES = 128;
/** WFDB's format of 16-bit numbers with the high byte first; 16 has the low byte first (signal(5)). */
const BIG_ENDIAN_16 = 61;

/**
 * Where the samples of a MATLAB file lie that a header has as its signal file. Headers say 24 bytes, which is right for
 * version 4 with a short name alone: read from there, a file of version 5 gives every lead the samples of another.
 * @returns null for a file of another kind; `bad-header` where its matrix is not plain 16-bit numbers in the byte order
 * of the header's format; the failure of one of version 5 that cannot be read, whose samples lie nowhere known
 */
export async function matlabSamplesAt(
  file: string,
  sizeBytes: number,
  { headerName, format }: { readonly headerName: string; readonly format: number },
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
  if (!variables.ok) return bigEndian === null ? ok(null) : variables;
  const refused = (what: Told): Result<never> =>
    withDetails(
      errSaid('bad-header', 'files.matlabAsItLies', { header: headerName, file: fileName, what }),
      { field: 'file name' },
    );
  const signal = findSignals(variables.value)?.signals[0];
  if (!signal) return bigEndian === null ? ok(null) : refused(toldBy('files.matlabNone'));
  if (bigEndian !== null && bigEndian !== (format === BIG_ENDIAN_16)) {
    const key = bigEndian ? 'files.matlabBigEndian' : 'files.matlabLittleEndian';
    return refused(toldBy(key, { format }));
  }
  const { array } = signal;
  if (array.source === source && array.code.bytes === 2) return ok(array.byteOffset);
  const { name } = signal;
  return refused(
    array.source === source
      ? toldBy('files.matlabBits', { name, bits: 8 * array.code.bytes })
      : toldBy('files.matlabCompressed', { name }),
  );
}
