import { open, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '../../shared/domain';

/** Random access to the files of one record with a bounded number of open handles and cached bytes. */
export interface FilePool {
  /** Size in bytes of a regular file; anything else (folder, pipe, device) is an error. */
  size(file: string): Promise<Result<number>>;
  /** Exactly `length` bytes. The result may be shared between callers: never write to it. */
  read(file: string, position: number, length: number): Promise<Result<Uint8Array>>;
  close(): Promise<void>;
}

const MAX_HANDLES = 32;
const MAX_CACHED_BYTES = 16 * 2 ** 20;

export function createFilePool(): FilePool {
  const handles = new Map<string, Promise<FileHandle>>();
  const cache = new Map<string, Promise<Result<Uint8Array>>>();
  const cachedBytes = new Map<string, number>();
  let totalBytes = 0;
  let active = 0;

  // Least recently used first: a Map keeps the order of insertion.
  function touch<T>(map: Map<string, T>, key: string, value: T): void {
    map.delete(key);
    map.set(key, value);
  }

  function handleOf(file: string): Promise<FileHandle> {
    const handle = handles.get(file) ?? open(file, 'r');
    touch(handles, file, handle);
    // A failed opening is not kept, so that a later read can try again.
    handle.catch(() => handles.delete(file));
    return handle;
  }

  async function closeIdle(keep: number): Promise<void> {
    if (active > 0) return;
    for (const [file, handle] of [...handles].slice(0, Math.max(0, handles.size - keep))) {
      handles.delete(file);
      await handle.then((open) => open.close()).catch(() => undefined);
    }
  }

  async function readBytes(
    file: string,
    position: number,
    length: number,
  ): Promise<Result<Uint8Array>> {
    active++;
    try {
      const handle = await handleOf(file);
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
        if (bytesRead === 0) {
          return err(
            'bad-signal',
            `${path.basename(file)} became shorter while it was being read.`,
          );
        }
        done += bytesRead;
      }
      return ok(bytes);
    } catch (error) {
      return err(...fileFailure(error, file));
    } finally {
      active--;
      if (handles.size > MAX_HANDLES) await closeIdle(MAX_HANDLES);
    }
  }

  return {
    async size(file) {
      try {
        const status = await stat(file);
        if (!status.isFile())
          return err('not-readable', `${path.basename(file)} is not a regular file.`);
        return ok(status.size);
      } catch (error) {
        return err(...fileFailure(error, file));
      }
    },

    read(file, position, length) {
      const key = `${position}:${length}:${file}`;
      const known = cache.get(key);
      if (known) {
        touch(cache, key, known);
        return known;
      }
      const bytes = readBytes(file, position, length);
      cache.set(key, bytes);
      cachedBytes.set(key, length);
      totalBytes += length;
      const drop = (old: string) => {
        if (!cache.delete(old)) return;
        totalBytes -= cachedBytes.get(old) ?? 0;
        cachedBytes.delete(old);
      };
      for (const old of cache.keys()) {
        if (totalBytes <= MAX_CACHED_BYTES || old === key) break;
        drop(old);
      }
      void bytes.then((result) => {
        if (!result.ok) drop(key);
      });
      return bytes;
    },

    async close() {
      cache.clear();
      cachedBytes.clear();
      totalBytes = 0;
      active = 0;
      await closeIdle(0);
    },
  };
}

/** Error code and sentence for a failed file operation. */
export function fileFailure(error: unknown, file: string): ['not-found' | 'not-readable', string] {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  const name = path.basename(file);
  if (code === 'ENOENT' || code === 'ENOTDIR') return ['not-found', `${name} does not exist.`];
  if (code === 'EACCES' || code === 'EPERM')
    return ['not-readable', `${name} may not be read: permission denied.`];
  return ['not-readable', `${name} cannot be read (${code}).`];
}
