import path from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { cannotRead } from './cannot-read';
import type { FileHead } from '../format';
import { openToRead } from './open-to-read';

/** All that a format may look at to recognise its own. */
export const HEAD_BYTES = 64 * 1024;

/** @returns `not-found`, `not-readable`; anything but a regular file is not readable */
export async function readFileHead(file: string): Promise<Result<FileHead>> {
  try {
    const handle = await openToRead(file);
    try {
      const status = await handle.stat();
      const fileName = path.basename(file);
      if (!status.isFile())
        return errSaid('not-readable', 'failures.noRegularFile', { name: fileName });
      const bytes = Buffer.alloc(Math.min(HEAD_BYTES, status.size));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
      return ok({ fileName, sizeBytes: status.size, bytes: bytes.subarray(0, bytesRead) });
    } finally {
      await handle.close();
    }
  } catch (error) {
    return cannotRead(file, error);
  }
}
