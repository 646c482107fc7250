import { copyFile } from 'node:fs/promises';
import { ok, type Result } from '../../shared/domain';
import { writeFailure } from './file-failure';
import { writeThrough } from './write-through';

/**
 * Copies a file through a temporary name beside the target, so that a copy that failed leaves no half file there, and
 * what was there before stays.
 * @returns `not-writable`
 */
export async function copyWhole(from: string, to: string): Promise<Result<void>> {
  try {
    await writeThrough(to, (part) => copyFile(from, part));
    return ok(undefined);
  } catch (cause) {
    return writeFailure(to, cause);
  }
}
