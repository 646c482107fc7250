import { randomUUID } from 'node:crypto';
import { copyFile, rename, rm } from 'node:fs/promises';
import { ok, type Result } from '../../shared/domain';
import { writeFailure } from './file-failure';

/**
 * Copies a file through a temporary name beside the target, so that a copy that failed leaves no half file there, and
 * what was there before stays.
 * @returns `not-writable`
 */
export async function copyWhole(from: string, to: string): Promise<Result<void>> {
  const temporary = `${to}.${randomUUID().slice(0, 8)}.part`;
  try {
    await copyFile(from, temporary);
    await rename(temporary, to);
    return ok(undefined);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    return writeFailure(to, cause);
  }
}
