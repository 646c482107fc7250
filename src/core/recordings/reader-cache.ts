import { stat } from 'node:fs/promises';
import type { Result } from '../../shared/domain';
import type { RecordReader } from '../formats/wfdb/types';
import { fileFailure } from '../base/file-failure';

export type OpenRecord = (headerPath: string) => Promise<Result<RecordReader>>;

/** Readers of recently used records, kept open. Each thread has its own. */
export interface ReaderCache {
  /**
   * Runs `work` on an open reader, which stays open until `work` settles. A record whose header changed on
   * disk is opened anew.
   */
  use<T>(
    headerPath: string,
    work: (reader: RecordReader) => Promise<Result<T>>,
  ): Promise<Result<T>>;
  /** The same for work that is no single promise: whoever got the reader calls `release` once. */
  acquire(headerPath: string): Promise<Result<AcquiredReader>>;
  /** Closes the reader of one record once nobody uses it. */
  drop(headerPath: string): Promise<void>;
  close(): Promise<void>;
}

export interface AcquiredReader {
  readonly reader: RecordReader;
  release(): Promise<void>;
}

interface Entry {
  readonly stamp: string;
  readonly opening: Promise<Result<RecordReader>>;
  users: number;
  dropped: boolean;
}

/** @param capacity records kept open when nobody uses them */
export function createReaderCache(open: OpenRecord, capacity = 8): ReaderCache {
  /** Least recently used first. */
  const entries = new Map<string, Entry>();

  async function closeEntry(entry: Entry): Promise<void> {
    const opened = await entry.opening;
    if (opened.ok) await opened.value.close();
  }

  async function drop(headerPath: string): Promise<void> {
    const entry = entries.get(headerPath);
    if (!entry) return;
    entries.delete(headerPath);
    entry.dropped = true;
    if (entry.users === 0) await closeEntry(entry);
  }

  async function evict(): Promise<void> {
    for (const [path, entry] of entries) {
      if (entries.size <= capacity) return;
      if (entry.users === 0) await drop(path);
    }
  }

  async function release(entry: Entry): Promise<void> {
    entry.users -= 1;
    if (entry.dropped && entry.users === 0) await closeEntry(entry);
    await evict();
  }

  const acquire: ReaderCache['acquire'] = async (headerPath) => {
    let stamp: string;
    try {
      const { size, mtimeMs } = await stat(headerPath);
      stamp = `${size}:${mtimeMs}`;
    } catch (cause) {
      return { ok: false, error: fileFailure(headerPath, cause) };
    }
    let entry = entries.get(headerPath);
    if (entry && entry.stamp !== stamp) {
      await drop(headerPath);
      entry = entries.get(headerPath);
    }
    entry ??= { stamp, opening: open(headerPath), users: 0, dropped: false };
    entries.delete(headerPath);
    entries.set(headerPath, entry);
    entry.users += 1;
    const opened = await entry.opening;
    const held = entry;
    if (!opened.ok) {
      // The next try may find the file mended.
      if (entries.get(headerPath) === held) entries.delete(headerPath);
      await release(held);
      return opened;
    }
    return { ok: true, value: { reader: opened.value, release: () => release(held) } };
  };

  return {
    acquire,
    async use(headerPath, work) {
      const acquired = await acquire(headerPath);
      if (!acquired.ok) return acquired;
      try {
        return await work(acquired.value.reader);
      } finally {
        await acquired.value.release();
      }
    },
    drop,
    async close() {
      await Promise.all([...entries.keys()].map(drop));
    },
  };
}
