import { stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { cannotRead } from '../shared/cannot-read';
import { openToRead } from '../shared/open-to-read';

/** Random access to the files of one record with a bounded number of open handles and cached bytes. */
export interface FilePool {
  /** Size in bytes of a regular file; anything else (folder, pipe, device) is an error. */
  size(file: string): Promise<Result<number>>;
  /** Exactly `length` bytes. The result may be shared between callers: never write to it. */
  read(file: string, position: number, length: number): Promise<Result<Uint8Array>>;
  /** What `make` gives, kept for the next caller with the same key while there is room for its bytes. */
  keep<T>(key: string, bytes: number, make: () => Promise<Result<T>>): Promise<Result<T>>;
  close(): Promise<void>;
}

const MAX_HANDLES = 32;
const MAX_CACHED_BYTES = 16 * 2 ** 20;

interface Opened {
  readonly handle: Promise<FileHandle>;
  /** Reads under way; a handle in use is never closed to make room. */
  users: number;
}

export function createFilePool(): FilePool {
  // Both maps keep the least recently used first: a Map remembers the order of insertion.
  const opened = new Map<string, Opened>();
  const cache = new Map<string, { value: Promise<Result<unknown>>; bytes: number }>();
  let cachedBytes = 0;
  let closed = false;

  function use(file: string): Opened {
    const entry = opened.get(file) ?? { handle: openToRead(file), users: 0 };
    opened.delete(file);
    opened.set(file, entry);
    entry.users++;
    return entry;
  }

  async function closeSpare(): Promise<void> {
    for (const [file, entry] of opened) {
      if (opened.size <= MAX_HANDLES) return;
      if (entry.users > 0) continue;
      opened.delete(file);
      await closeHandle(entry);
    }
  }

  async function readBytes(
    file: string,
    position: number,
    length: number,
  ): Promise<Result<Uint8Array>> {
    if (closed)
      return errSaid('cancelled', 'failures.closedWhileRead', { file: path.basename(file) });
    const entry = use(file);
    try {
      const handle = await entry.handle;
      const bytes = Buffer.allocUnsafeSlow(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
        if (bytesRead === 0) {
          return errSaid('bad-signal', 'files.becameShorter', { file: path.basename(file) });
        }
        done += bytesRead;
      }
      return ok(bytes);
    } catch (error) {
      // Not kept, so that a later read can try again.
      opened.delete(file);
      await closeHandle(entry);
      return cannotRead(file, error);
    } finally {
      entry.users--;
      await closeSpare();
    }
  }

  function forget(key: string): void {
    cachedBytes -= cache.get(key)?.bytes ?? 0;
    cache.delete(key);
  }

  function keep<T>(key: string, bytes: number, make: () => Promise<Result<T>>): Promise<Result<T>> {
    const known = cache.get(key);
    if (known) {
      cache.delete(key);
      cache.set(key, known);
      return known.value as Promise<Result<T>>;
    }
    const value = make();
    cache.set(key, { value, bytes });
    cachedBytes += bytes;
    for (const oldest of cache.keys()) {
      if (cachedBytes <= MAX_CACHED_BYTES || oldest === key) break;
      forget(oldest);
    }
    void value.then((result) => {
      if (!result.ok) forget(key);
    });
    return value;
  }

  return {
    async size(file) {
      try {
        const status = await stat(file);
        if (status.isFile()) return ok(status.size);
        return errSaid('not-readable', 'failures.noRegularFile', { name: path.basename(file) });
      } catch (error) {
        return cannotRead(file, error);
      }
    },

    read(file, position, length) {
      return keep(`bytes ${position} ${length} ${file}`, length, () =>
        readBytes(file, position, length),
      );
    },

    keep,

    async close() {
      closed = true;
      const entries = [...opened.values()];
      opened.clear();
      cache.clear();
      cachedBytes = 0;
      await Promise.all(entries.map(closeHandle));
    },
  };
}

/** Node waits for reads under way before it closes. */
async function closeHandle(entry: Opened): Promise<void> {
  await entry.handle.then((handle) => handle.close()).catch(() => undefined);
}
