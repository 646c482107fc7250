import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { err, type Failure, type Result } from '../../shared/domain';
import { fileFailure } from './file-errors';

/** Headers that were found, each once, in the order of the paths given, then by name. */
export interface FoundRecords {
  readonly headerPaths: readonly string[];
  /** The folders among the given paths, absolute. */
  readonly folders: readonly string[];
  /** What could not be searched; the rest is still found. */
  readonly problems: readonly Failure[];
}

/**
 * Resolves what a person names: a header, a record name without an extension, any other file of a record
 * (its header lies beside it), or a folder, searched recursively. Within a folder, the headers that are
 * segments of a multi-segment record there are left to that record.
 * @returns `cancelled` only; everything else that goes wrong is among `problems`
 */
export async function findRecords(
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<Result<FoundRecords>> {
  const headerPaths = new Set<string>();
  const folders: string[] = [];
  const problems: Failure[] = [];
  for (const given of paths) {
    if (signal?.aborted) return err('cancelled', 'The search for records was cancelled.');
    const path = resolve(given);
    const kind = await kindOf(path);
    if (kind === 'folder') {
      folders.push(path);
      await searchFolder(path, headerPaths, problems, signal);
    } else {
      const header = await headerOf(path, kind === 'file');
      if (header.ok) headerPaths.add(header.value);
      else problems.push(header.error);
    }
  }
  if (signal?.aborted) return err('cancelled', 'The search for records was cancelled.');
  return { ok: true, value: { headerPaths: [...headerPaths], folders, problems } };
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'none'> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'none';
  }
}

async function headerOf(path: string, exists: boolean): Promise<Result<string>> {
  if (exists && extname(path).toLowerCase() === '.hea') return { ok: true, value: path };
  const candidates = [`${path}.hea`];
  if (exists) candidates.push(join(dirname(path), `${basename(path, extname(path))}.hea`));
  for (const candidate of candidates) {
    if ((await kindOf(candidate)) === 'file') return { ok: true, value: candidate };
  }
  return exists
    ? err('not-wfdb', `${basename(path)} has no header (.hea) beside it.`)
    : err('not-found', `${path} does not exist, and neither does ${basename(path)}.hea.`);
}

async function searchFolder(
  folder: string,
  headerPaths: Set<string>,
  problems: Failure[],
  signal?: AbortSignal,
): Promise<void> {
  if (signal?.aborted) return;
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    problems.push(fileFailure(folder, cause));
    return;
  }
  entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const headers: string[] = [];
  const subfolders: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    // Links to folders are not followed: they can lead in circles.
    if (entry.isDirectory()) subfolders.push(path);
    else if (extname(entry.name).toLowerCase() === '.hea') headers.push(path);
  }
  const segments = await segmentNames(headers);
  for (const header of headers) {
    if (!segments.has(basename(header, extname(header)))) headerPaths.add(header);
  }
  for (const subfolder of subfolders) {
    await searchFolder(subfolder, headerPaths, problems, signal);
  }
}

/** A multi-segment header begins `name/segments`; its other lines begin with a segment's name (header(5)). */
const MULTI_SEGMENT = /^\S+\/\d+\s/;
const LARGEST_HEADER_BYTES = 4 * 1024 * 1024;

async function segmentNames(headers: readonly string[]): Promise<Set<string>> {
  const names = new Set<string>();
  for (const header of headers) {
    const lines = await readLines(header);
    if (!lines[0] || !MULTI_SEGMENT.test(lines[0])) continue;
    for (const line of lines.slice(1)) {
      const name = line.split(/\s/, 1)[0]!;
      if (name !== '~') names.add(name);
    }
  }
  return names;
}

async function readLines(header: string): Promise<string[]> {
  try {
    if ((await stat(header)).size > LARGEST_HEADER_BYTES) return [];
    const text = await readFile(header, 'latin1');
    return text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  } catch {
    // A header that cannot be read stays in the list: opening it gives the error a person sees.
    return [];
  }
}
