import { constants, open } from 'node:fs/promises';
import path from 'node:path';
import { err, type Result } from '../../shared/domain';
import { fileFailure } from './file-pool';
import { parseHeader, type Header } from './header';
import { LIMITS } from './limits';

/** Reads and parses a header file. */
export async function readHeader(headerPath: string): Promise<Result<Header>> {
  const name = path.basename(headerPath);
  try {
    // Without waiting: opening a pipe that nobody writes to would never end.
    const handle = await open(headerPath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const status = await handle.stat();
      if (!status.isFile()) return err('not-wfdb', `${name} is not a regular file.`);
      if (status.size > LIMITS.headerBytes) {
        return err('too-large', `${name} is too large for a header.`);
      }
      const bytes = Buffer.alloc(status.size);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
      return parseHeader(bytes.subarray(0, bytesRead), name);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return err(...fileFailure(error, headerPath));
  }
}
