import { rm, writeFile } from 'node:fs/promises';
import { ok, type Result } from '../../shared/domain';
import { writeFailure } from './file-failure';

/** Writes a new file; one that could not be written whole is taken away again. @returns `not-writable` */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
): Promise<Result<void>> {
  try {
    await writeFile(path, content);
    return ok(undefined);
  } catch (cause) {
    await rm(path, { force: true }).catch(() => undefined);
    return writeFailure(path, cause);
  }
}
