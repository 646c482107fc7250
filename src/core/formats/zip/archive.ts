import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { ok, type Result } from '../../../shared/domain';
import type { Told } from '../../../shared/domain/failure';
import { errSaid, toldBy } from '../../../shared/domain/said';
import { cannotRead } from '../shared/cannot-read';
import { ZIP_LIMITS } from './limits';

/** A file in an archive whose name may be used. */
export interface ZipEntry {
  /** With `/` between folders, never absolute and never through `..`. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly entry: Entry;
}

export interface Archive {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** Names that more than one of its files has, of which the first is the entry. */
  readonly repeated: ReadonlySet<string>;
  /** Whole milliseconds, which every file system keeps. */
  readonly modifiedMs: number;
  /** The bytes of an entry; the stream fails where they are not as many as stated. */
  stream(entry: ZipEntry): Promise<Result<Readable>>;
  close(): void;
}

type Directory = Pick<Archive, 'entries' | 'repeated'>;

/** Directories of archives that were read lately: a folder scan asks for each recording in turn. */
const directories = new LRUCache<string, Directory>({ max: 4 });

/** Opens an archive on disk; its directory is read once while it does not change. */
export async function openArchive(file: string): Promise<Result<Archive>> {
  const fileName = path.basename(file);
  let zip: ZipFile;
  let stamp: { size: number; mtimeMs: number };
  try {
    stamp = await stat(file);
    zip = await yauzl.openPromise(file, { autoClose: false, decodeStrings: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code) return cannotRead(file, error);
    return damaged(fileName, toldBy('files.zipNoDirectory'), error);
  }
  const key = `${stamp.size} ${stamp.mtimeMs} ${file}`;
  const known = directories.get(key);
  const entries = known ? ok(known) : await readDirectory(zip, fileName);
  if (!entries.ok) {
    zip.close();
    return entries;
  }
  directories.set(key, entries.value);
  return ok({
    ...entries.value,
    modifiedMs: Math.floor(stamp.mtimeMs),
    async stream({ entry, name }) {
      try {
        const stream = await zip.openReadStreamPromise(entry);
        // Who reads it hears of an error; one that comes when nobody reads any more must not end the process.
        stream.on('error', () => undefined);
        return ok(stream);
      } catch (error) {
        return damaged(fileName, toldBy('files.zipEntryUnread', { name }), error);
      }
    },
    close: () => zip.close(),
  });
}

/** Every file that may be taken out. Names that lead out of the archive are left out, and the rest is kept. */
async function readDirectory(zip: ZipFile, fileName: string): Promise<Result<Directory>> {
  if (zip.entryCount > ZIP_LIMITS.entries) {
    const { entries: limit } = ZIP_LIMITS;
    const held = { file: fileName, count: zip.entryCount, limit };
    return errSaid('too-large', 'files.zipManyFiles', held);
  }
  const entries = new Map<string, ZipEntry>();
  const repeated = new Set<string>();
  try {
    for await (const entry of zip.eachEntry()) {
      const name = yauzl.getFileNameLowLevel(
        entry.generalPurposeBitFlag,
        entry.fileNameRaw,
        entry.extraFields,
        false,
      );
      if (!usableName(name)) continue;
      if (entries.has(name)) {
        repeated.add(name);
        continue;
      }
      entries.set(name, { name, sizeBytes: entry.uncompressedSize, entry });
    }
    return ok({ entries, repeated });
  } catch (error) {
    return damaged(fileName, toldBy('files.zipDirectoryDamaged'), error);
  }
}

/** No folder, no path out of the archive, nothing hidden and no resource fork of a Mac. */
function usableName(name: string): boolean {
  if (yauzl.validateFileName(name) !== null || name.includes('\0')) return false;
  const parts = name.split('/');
  if (parts[0] === '__MACOSX') return false;
  return parts.every((part) => part !== '' && !part.startsWith('.') && part.length <= 255);
}

export function damaged(file: string, what: Told, error: unknown) {
  const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return errSaid('bad-signal', 'files.zipDamaged', { file, what, why });
}

/** Why an entry may not be taken out, by what the archive states of it; null where it may. */
export function refusal(file: string, { name, sizeBytes, entry }: ZipEntry): Result<null> {
  const fileName = path.basename(file);
  const { entryBytes, ratio, smallBytes } = ZIP_LIMITS;
  if (sizeBytes > entryBytes) {
    return errSaid('too-large', 'files.zipEntryLarge', {
      file: fileName,
      name,
      bytes: sizeBytes,
      limit: entryBytes,
    });
  }
  if (sizeBytes > smallBytes && sizeBytes > ratio * entry.compressedSize) {
    return errSaid('too-large', 'files.zipEntryRatio', {
      file: fileName,
      name,
      bytes: sizeBytes,
      packed: entry.compressedSize,
      ratio,
    });
  }
  if (entry.isEncrypted()) {
    return errSaid('unsupported', 'files.zipEncrypted', { file: fileName, name });
  }
  if (!entry.canDecodeFileData()) {
    return errSaid('unsupported', 'files.zipMethod', {
      file: fileName,
      name,
      method: entry.compressionMethod,
    });
  }
  return ok(null);
}
