import { opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { err, ok, type Result, type Warning } from '../../../shared/domain';
import { fileFailure } from './file-pool';
import { readHeader } from './read-header';

export interface FindOptions {
  /** Levels of folders below the first that are searched. */
  readonly maxDepth?: number;
  readonly maxRecords?: number;
  readonly signal?: AbortSignal;
}

export interface FoundRecords {
  /** Absolute paths of headers, one per record, sorted. */
  readonly headers: readonly string[];
  /** Folders that could not be read, and limits that were reached. */
  readonly warnings: readonly Warning[];
}

const MAX_DEPTH = 16;
const MAX_RECORDS = 100_000;

/**
 * Finds the records below a folder: every `.hea` file except the segments and layout headers of multi-segment
 * records in the same folder. Links are followed, each folder is visited once; hidden folders are left out.
 */
export async function findRecords(
  folder: string,
  options: FindOptions = {},
): Promise<Result<FoundRecords>> {
  const { maxDepth = MAX_DEPTH, maxRecords = MAX_RECORDS, signal } = options;
  const headers: string[] = [];
  const warnings: Warning[] = [];
  const visited = new Set<string>();
  const queue = [{ path: path.resolve(folder), depth: 0 }];

  for (let next = queue.shift(); next; next = queue.shift()) {
    if (signal?.aborted) return err('cancelled', 'The search for records was stopped.');
    const listing = await listFolder(next.path, visited);
    if (!listing.ok) {
      if (next.depth === 0) return listing;
      warnings.push({ code: 'unreadable-folder', message: listing.error.message });
      continue;
    }
    for (const name of await withoutSegments(next.path, listing.value.headers, signal)) {
      headers.push(path.join(next.path, name));
      if (headers.length >= maxRecords) {
        warnings.push({
          code: 'too-many-records',
          message: `More than ${maxRecords} records: the rest was left out.`,
        });
        return ok({ headers: headers.sort(), warnings });
      }
    }
    if (listing.value.folders.length > 0 && next.depth >= maxDepth) {
      warnings.push({
        code: 'too-deep',
        message: `${path.basename(next.path)} has folders below it that are too deep to be searched.`,
      });
      continue;
    }
    for (const name of listing.value.folders) {
      queue.push({ path: path.join(next.path, name), depth: next.depth + 1 });
    }
  }
  return ok({ headers: headers.sort(), warnings });
}

interface Listing {
  readonly headers: string[];
  readonly folders: string[];
}

async function listFolder(folder: string, visited: Set<string>): Promise<Result<Listing>> {
  const listing: Listing = { headers: [], folders: [] };
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
      else if (isFile && entry.name.endsWith('.hea')) listing.headers.push(entry.name);
    }
    return ok(listing);
  } catch (error) {
    const [code, message] = fileFailure(error, folder);
    return err(code, `Folder ${message}`);
  }
}

/** The headers that are records of their own. */
async function withoutSegments(
  folder: string,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const segments = new Set<string>();
  for (const name of names) {
    if (signal?.aborted) return [];
    await setImmediate();
    const header = await readHeader(path.join(folder, name));
    // A header that cannot be read stays in the list: whoever opens it tells the reader why.
    if (!header.ok) continue;
    for (const segment of header.value.segments ?? []) segments.add(`${segment.name}.hea`);
  }
  return names.filter((name) => !segments.has(name) && !name.endsWith('_layout.hea'));
}
