import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Result } from '../../shared/domain';
import { fileFailure } from './file-errors';

/**
 * SHA-256 (hex) over the files of a record: for each, in the record's order, its base name, a zero byte, its
 * length, a zero byte and its bytes. The header counts: a changed gain is another recording.
 */
export async function contentHash(files: readonly string[]): Promise<Result<string>> {
  const hash = createHash('sha256');
  for (const file of files) {
    try {
      const { size } = await stat(file);
      hash.update(`${basename(file)}\0${size}\0`);
      for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
        hash.update(chunk as Buffer);
      }
    } catch (cause) {
      return { ok: false, error: fileFailure(file, cause) };
    }
  }
  return { ok: true, value: hash.digest('hex') };
}

/** Sizes and modification times of a record's files: equal means that the hash need not be made again. */
export async function fingerprint(files: readonly string[]): Promise<Result<string>> {
  const parts: string[] = [];
  for (const file of files) {
    try {
      const { size, mtimeMs } = await stat(file);
      parts.push(`${basename(file)}:${size}:${mtimeMs}`);
    } catch (cause) {
      return { ok: false, error: fileFailure(file, cause) };
    }
  }
  return { ok: true, value: parts.join('|') };
}
