import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '../../../shared/domain';
import { fileFailure } from '../../base/file-failure';

/**
 * Bytes of a small file.
 * @param maxBytes stated limit of the format: memory is taken for the whole file
 * @returns `too-large` above the limit, `not-found`, `not-readable`
 */
export async function readWhole(file: string, maxBytes: number): Promise<Result<Buffer>> {
  try {
    const { size } = await stat(file);
    if (size <= maxBytes) return ok(await readFile(file));
    const megabytes = Math.round(maxBytes / 2 ** 20);
    return err(
      'too-large',
      `${path.basename(file)} is larger than the ${megabytes} MB that are read of its format.`,
    );
  } catch (error) {
    return { ok: false, error: fileFailure(file, error) };
  }
}
