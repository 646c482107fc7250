import { createHash } from 'node:crypto';
import { dirname, relative, sep } from 'node:path';
import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { fileFailure } from '../base/file-failure';
import { splitStated, statedPath } from '../base/stated-path';
import type { OpenRecording } from '../formats/open-recording';
import { openToRead } from '../formats/shared/open-to-read';

const CHUNK_BYTES = 2 ** 20;

/**
 * SHA-256 over all files of a recording, as lower-case hex: for each file in order its name relative to the first,
 * its length and its bytes. The same record in another folder has the same hash.
 * @param signal stops the work; the result is then `cancelled`
 */
export async function contentHash(
  record: Pick<OpenRecording, 'files' | 'path'>,
  signal?: AbortSignal,
): Promise<Result<string>> {
  const hash = createHash('sha256');
  const folder = dirname(record.files[0] ?? record.path);
  // What was stated of the files decides their values like the files themselves.
  const { stated } = splitStated(record.path);
  if (stated) hash.update(`stated\0${statedPath('', stated)}\0`);
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (const file of record.files) {
    try {
      const handle = await openToRead(file);
      try {
        const { size } = await handle.stat();
        hash.update(`${relative(folder, file).split(sep).join('/')}\0${size}\0`);
        for (let position = 0; ;) {
          if (signal?.aborted) return errSaid('cancelled', 'failures.hashingStopped');
          const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, position);
          if (bytesRead === 0) break;
          hash.update(chunk.subarray(0, bytesRead));
          position += bytesRead;
        }
      } finally {
        await handle.close();
      }
    } catch (error) {
      return { ok: false, error: fileFailure(file, error) };
    }
  }
  return ok(hash.digest('hex'));
}
