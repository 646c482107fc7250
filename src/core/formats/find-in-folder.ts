import { opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result, type Warning } from '../../shared/domain';
import { errSaid, warningSaid } from '../../shared/domain/said';
import { recogniseFile, type RecordingFile } from './list';
import { isCalledRecording } from './shared/called-recording';
import { cannotRead } from './shared/cannot-read';
import { claimed } from './wfdb/claimed';
import { withoutSegments } from './wfdb/without-segments';

export interface FindOptions {
  /** Levels of folders below the first that are searched. */
  readonly maxDepth?: number;
  readonly maxRecords?: number;
  readonly signal?: AbortSignal;
}

export interface FoundInFolder {
  /** Absolute paths that open a recording each, sorted. */
  readonly paths: readonly string[];
  /** Folders that could not be read, and limits that were reached. */
  readonly warnings: readonly Warning[];
}

const MAX_DEPTH = 16;
const MAX_RECORDS = 100_000;

/**
 * Finds the recordings below a folder, of every format and in archives. Segments and layouts of WFDB's multi-segment
 * records are not recordings, nor are files whose samples a header names; what only shares a header's name is asked by
 * its content like any other. Links are followed, each folder is visited once; hidden folders are left out.
 */
export async function findInFolder(
  folder: string,
  options: FindOptions = {},
): Promise<Result<FoundInFolder>> {
  const { maxDepth = MAX_DEPTH, maxRecords = MAX_RECORDS, signal } = options;
  const found: string[] = [];
  const segments = new Set<string>();
  const warnings: Warning[] = [];
  const visited = new Set<string>();
  const root = path.resolve(folder);
  const queue = [{ path: root, depth: 0 }];
  const stemOf = (one: string): string => one.replace(/\.hea$/i, '');
  const paths = (): string[] => {
    const headers = found.filter((one) => /\.hea$/i.test(one)).map(stemOf);
    const parts = claimed(new Set(headers), segments);
    return found.filter((one) => !parts.has(stemOf(one))).sort();
  };

  for (let next = queue.shift(); next; next = queue.shift()) {
    if (signal?.aborted) return errSaid('cancelled', 'failures.searchStopped');
    const listing = await listFolder(next.path, visited);
    if (!listing.ok) {
      if (next.depth === 0) return listing;
      // With its folder: many may have one name.
      const name = path.join(path.basename(root), path.relative(root, next.path));
      warnings.push(warningSaid('unreadable-folder', 'warnings.folderUnreadable', { name }));
      continue;
    }
    const { headers, others, folders } = listing.value;
    const wfdb = await withoutSegments(next.path, headers, signal);
    for (const segment of wfdb.segments) segments.add(segment);
    for (const name of wfdb.records) found.push(path.join(next.path, name));
    for (const name of others) {
      if (signal?.aborted) break;
      const file = path.join(next.path, name);
      if (!wfdb.signalFiles.has(file)) found.push(...(await recordingsAt(file)));
    }
    if (found.length > maxRecords) {
      warnings.push(warningSaid('too-many-records', 'warnings.manyRecords', { most: maxRecords }));
      return ok({ paths: paths().slice(0, maxRecords), warnings });
    }
    if (folders.length > 0 && next.depth >= maxDepth) {
      warnings.push(
        warningSaid('too-deep', 'warnings.tooDeep', { folder: path.basename(next.path) }),
      );
      continue;
    }
    for (const name of folders) {
      queue.push({ path: path.join(next.path, name), depth: next.depth + 1 });
    }
  }
  return ok({ paths: paths(), warnings });
}

/** The recordings in a file: itself, or those that an archive holds. */
export async function recordingsIn({ path: file, format }: RecordingFile): Promise<string[]> {
  const inside = await format.recordingsIn?.(file);
  return inside?.ok ? [...inside.value] : [file];
}

async function recordingsAt(file: string): Promise<string[]> {
  const format = await recogniseFile(file);
  if (!format.ok || !format.value) return isCalledRecording(path.basename(file)) ? [file] : [];
  if (await format.value.partOf?.(file)) return [];
  const inside = await format.value.recordingsIn?.(file);
  // An archive of other things is no recording, like any other file in a folder.
  if (inside && !inside.ok && inside.error.code === 'unknown-format') return [];
  return inside?.ok ? [...inside.value] : [file];
}

interface Listing {
  readonly headers: string[];
  readonly others: string[];
  readonly folders: string[];
}

async function listFolder(folder: string, visited: Set<string>): Promise<Result<Listing>> {
  const listing: Listing = { headers: [], others: [], folders: [] };
  try {
    const real = await realpath(folder);
    if (visited.has(real)) return ok(listing);
    visited.add(real);
    for await (const entry of await opendir(folder)) {
      let isFolder = entry.isDirectory();
      let isFile = entry.isFile();
      if (entry.isSymbolicLink()) {
        const target = await stat(path.join(folder, entry.name)).catch(() => null);
        isFolder = target?.isDirectory() ?? false;
        isFile = target?.isFile() ?? false;
      }
      if (isFolder && !entry.name.startsWith('.')) listing.folders.push(entry.name);
      else if (isFile && /\.hea$/i.test(entry.name)) listing.headers.push(entry.name);
      else if (isFile && !entry.name.startsWith('.')) listing.others.push(entry.name);
    }
    return ok(listing);
  } catch (error) {
    const refused = cannotRead(folder, error);
    return refused.ok
      ? refused
      : errSaid(refused.error.code, 'files.folderRefused', { why: refused.error });
  }
}
