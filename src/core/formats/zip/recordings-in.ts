import path from 'node:path';
import { ok, type Err, type Result } from '../../../shared/domain';
import type { FileHead, Format } from '../format';
import { archivePath } from '../shared/archive-path';
import { isCalledRecording } from '../shared/called-recording';
import { HEAD_BYTES } from '../shared/file-head';
import { errSaid, toldBy } from '../../../shared/domain/said';
import { claimed } from '../wfdb/claimed';
import { parseHeader } from '../wfdb/header';
import { damaged, openArchive, refusal, type Archive, type ZipEntry } from './archive';

/** What an archive begins with; one in another is not opened. */
const ZIP_MARK = 'PK\u0003\u0004';

/**
 * The recordings in an archive, by the content of its files.
 * @param formats asked whether a file is theirs
 * @returns paths that open them, sorted; `unknown-format` where there is none
 */
export async function recordingsInZip(
  file: string,
  formats: readonly Format[],
): Promise<Result<readonly string[]>> {
  const archive = await openArchive(file);
  if (!archive.ok) return archive;
  try {
    const found = await findIn(file, archive.value, formats);
    if (!found.ok) return found;
    if (found.value.length > 0) return ok(found.value.sort());
    return errSaid('unknown-format', 'failures.archiveWithout', { name: path.basename(file) });
  } finally {
    archive.value.close();
  }
}

async function findIn(
  file: string,
  archive: Archive,
  formats: readonly Format[],
): Promise<Result<string[]>> {
  const found: string[] = [];
  const parts = new Set<string>();
  let refused: Result<null> | null = null;
  let inside: string | null = null;
  for (const entry of archive.entries.values()) {
    if (/_layout\.hea$/i.test(entry.name)) continue;
    const allowed = refusal(file, entry);
    if (!allowed.ok) {
      refused ??= allowed;
      continue;
    }
    const head = await headOf(file, archive, entry);
    if (!head.ok) {
      refused ??= head;
      continue;
    }
    const { fault } = head.value;
    if (formats.some((format) => format.recognises(head.value))) found.push(entry.name);
    else if (fault) refused ??= fault;
    else if (isCalledRecording(path.posix.basename(entry.name))) found.push(entry.name);
    if (head.value.bytes.toString('latin1', 0, 4) === ZIP_MARK) inside ??= entry.name;
    for (const part of partsOf(entry.name, head.value)) parts.add(part);
  }
  // Where nothing can be read at all, why is more than that there is nothing.
  if (found.length === 0 && refused && !refused.ok) return refused;
  if (found.length === 0 && inside !== null) {
    return errSaid('unsupported', 'failures.archiveWithin', { name: path.basename(file), inside });
  }
  const belonging = claimed(archive.entries, parts);
  const records = found.filter((name) => !belonging.has(name));
  return ok(records.map((name) => archivePath(file, name)));
}

/** What a WFDB header names: its signal files, and the headers of its segments. */
function partsOf(name: string, { bytes, fileName }: FileHead): string[] {
  if (!/\.hea$/i.test(name)) return [];
  const header = parseHeader(bytes, fileName);
  if (!header.ok) return [];
  const { signals, segments } = header.value;
  const named = [
    ...signals.map((one) => one.fileName),
    ...(segments ?? []).map((one) => `${one.name}.hea`),
  ];
  return named.map((one) => path.posix.join(path.posix.dirname(name), one));
}

async function headOf(
  file: string,
  archive: Archive,
  entry: ZipEntry,
): Promise<Result<FileHead & { readonly fault: Err | null }>> {
  const stream = await archive.stream(entry);
  if (!stream.ok) return stream;
  const parts: Buffer[] = [];
  let length = 0;
  let fault: Err | null = null;
  try {
    for await (const part of stream.value as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      // Leaving the loop ends the stream.
      if (length >= HEAD_BYTES) break;
    }
  } catch (error) {
    // A damaged entry is told of when it is opened; what came before is enough to see whether it is a recording.
    const what = toldBy('files.zipEntryDamaged', { name: entry.name });
    fault = damaged(path.basename(file), what, error);
  }
  return ok({
    fileName: path.posix.basename(entry.name),
    sizeBytes: entry.sizeBytes,
    bytes: Buffer.concat(parts).subarray(0, HEAD_BYTES),
    fault,
  });
}
