import type { Result } from '../../../shared/domain';
import { createFilePool, type FilePool } from '../wfdb/file-pool';
import type { OpenOptions } from '../format';
import type { OpenRecording } from '../open-recording';

/**
 * How a format opens a file, with the file pool that its recording reads through and closes at its end. Where it does not
 * open, or throws, the pool is closed here.
 */
export function withFilePool(
  openWith: (pool: FilePool, file: string, options: OpenOptions) => Promise<Result<OpenRecording>>,
): (file: string, options?: OpenOptions) => Promise<Result<OpenRecording>> {
  return async (file, options = {}) => {
    const pool = createFilePool();
    let isOpen = false;
    try {
      const opened = await openWith(pool, file, options);
      isOpen = opened.ok;
      return opened;
    } finally {
      if (!isOpen) await pool.close();
    }
  };
}
