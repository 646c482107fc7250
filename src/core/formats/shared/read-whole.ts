import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
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
    return errSaid('too-large', 'failures.tooLarge', {
      name: path.basename(file),
      size: megabytes,
    });
  } catch (error) {
    return { ok: false, error: fileFailure(file, error) };
  }
}
