import { createWriteStream } from 'node:fs';
import { mkdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { ok, type Result } from '../../../shared/domain';
import { errSaid, toldBy } from '../../../shared/domain/said';
import { claimed } from '../wfdb/claimed';
import { readHeader } from '../wfdb/read-header';
import { damaged, refusal, type Archive, type ZipEntry } from './archive';
import { ZIP_LIMITS } from './limits';

/**
 * Takes a recording's files out of an archive: the entry, those beside it that share its name, and what a WFDB header
 * among them names, beside it or below.
 * @param folder where to; it holds nothing else
 * @returns entries by the paths that they were written to
 */
export async function extractRecording(
  file: string,
  archive: Archive,
  entry: ZipEntry,
  folder: string,
): Promise<Result<ReadonlyMap<string, ZipEntry>>> {
  const root = path.posix.dirname(entry.name);
  const written = new Map<string, ZipEntry>();
  const wanted = [entry, ...sameRecord(archive, entry)];
  let total = 0;
  for (let next = wanted.shift(); next; next = wanted.shift()) {
    const target = path.join(folder, path.posix.relative(root, next.name));
    if (written.has(target)) continue;
    total += next.sizeBytes;
    if (total > ZIP_LIMITS.recordingBytes || written.size >= ZIP_LIMITS.recordingFiles) {
      return errSaid('too-large', 'files.zipRecordLarge', {
        file: path.basename(file),
        name: entry.name,
        bytes: ZIP_LIMITS.recordingBytes,
        files: ZIP_LIMITS.recordingFiles,
      });
    }
    const extracted = await extractEntry(file, archive, next, target);
    if (!extracted.ok) return extracted;
    written.set(target, next);
    const beside = path.posix.dirname(next.name);
    const meant = (await namedByHeader(target)).map((name) => path.posix.join(beside, name));
    for (const name of claimed(archive.entries, meant)) {
      // A header may only name what is beside or below it, so that this stays in the folder.
      if (!path.posix.relative(root, name).startsWith('..'))
        wanted.push(archive.entries.get(name)!);
    }
  }
  return ok(written);
}

/** `100.dat`, `100.atr`, `100_annotations.txt` of `100.hea`. */
function sameRecord({ entries }: Archive, { name }: ZipEntry): ZipEntry[] {
  const { dir, name: stem } = path.posix.parse(name);
  return [...entries.values()].filter((other) => {
    const parsed = path.posix.parse(other.name);
    if (other.name === name || parsed.dir !== dir || !parsed.base.startsWith(stem)) return false;
    return parsed.base === stem || /^[._]/.test(parsed.base.slice(stem.length));
  });
}

/** Signal files and segments that a WFDB header names; nothing for any other file. */
async function namedByHeader(file: string): Promise<string[]> {
  if (!/\.hea$/i.test(file)) return [];
  const header = await readHeader(file);
  if (!header.ok) return [];
  const segments = (header.value.segments ?? []).map(({ name }) => `${name}.hea`);
  return [...header.value.signals.map(({ fileName }) => fileName), ...segments];
}

async function extractEntry(
  file: string,
  archive: Archive,
  entry: ZipEntry,
  target: string,
): Promise<Result<null>> {
  const allowed = refusal(file, entry);
  if (!allowed.ok) return allowed;
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  const stream = await archive.stream(entry);
  if (!stream.ok) return stream;
  let crc = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      crc = crc32(chunk, crc);
      done(null, chunk);
    },
  });
  try {
    const output = createWriteStream(target, { flags: 'wx', mode: 0o600 });
    await pipeline(stream.value, check, output);
    // The archive's time: the files look the same each time they are taken out.
    await utimes(target, archive.modifiedMs / 1000, archive.modifiedMs / 1000);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      return errSaid('not-writable', 'files.zipDiskFull', { file: path.basename(file) });
    }
    return damaged(
      path.basename(file),
      toldBy('files.zipEntryDamaged', { name: entry.name }),
      error,
    );
  }
  if (crc === entry.entry.crc32) return ok(null);
  return errSaid('bad-signal', 'files.zipChecksum', {
    file: path.basename(file),
    name: entry.name,
  });
}
