import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { cannotRead } from '../shared/cannot-read';
import { parseHeader, type Header } from './header';
import { LIMITS } from './limits';

/**
 * Reads and parses a header file. It is read at once, not through the thread pool: headers are short, and the four
 * waits of opening, sizing, reading and closing take longer than the work. Who reads many lets others in between.
 * @param name what the file is called in messages
 */
export async function readHeader(
  headerPath: string,
  name = path.basename(headerPath),
): Promise<Result<Header>> {
  try {
    // Without waiting: opening a pipe that nobody writes to would never end.
    const file = openSync(headerPath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const status = fstatSync(file);
      if (!status.isFile()) return errSaid('not-wfdb', 'failures.noRegularFile', { name });
      if (status.size > LIMITS.headerBytes) {
        return errSaid('too-large', 'files.headerTooLarge', { name });
      }
      const bytes = Buffer.alloc(status.size);
      const length = readSync(file, bytes, 0, bytes.length, 0);
      return parseHeader(bytes.subarray(0, length), name);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return cannotRead(headerPath, error);
  }
}
