import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { err, type Result } from '../../shared/domain';
import { fileFailure } from './file-pool';
import { parseHeader, type Header } from './header';
import { LIMITS } from './limits';

/** Reads and parses a header file. */
export async function readHeader(headerPath: string): Promise<Result<Header>> {
  const name = path.basename(headerPath);
  try {
    const status = await stat(headerPath);
    if (!status.isFile()) return err('not-wfdb', `${name} is not a regular file.`);
    if (status.size > LIMITS.headerBytes)
      return err('too-large', `${name} is too large for a header.`);
    return parseHeader(await readFile(headerPath), name);
  } catch (error) {
    return err(...fileFailure(error, headerPath));
  }
}
