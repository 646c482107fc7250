import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { readHeader } from './read-header';

/** What the headers of a folder are, and what belongs to them. */
export interface FolderHeaders {
  /** Headers that are records of their own, and no segments of a record there or layouts. */
  readonly records: readonly string[];
  /** Absolute paths of segments wherever they lie, without an ending. */
  readonly segments: ReadonlySet<string>;
  /** Absolute paths of the files that hold their samples. */
  readonly signalFiles: ReadonlySet<string>;
}

/** @param names headers in the folder */
export async function withoutSegments(
  folder: string,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<FolderHeaders> {
  const segments = new Set<string>();
  const signalFiles = new Set<string>();
  for (const name of names) {
    if (signal?.aborted) break;
    await setImmediate();
    const header = await readHeader(path.join(folder, name));
    // A header that cannot be read stays in the list: whoever opens it tells the reader why.
    if (!header.ok) continue;
    for (const segment of header.value.segments ?? []) {
      segments.add(path.resolve(folder, segment.name));
    }
    for (const { fileName } of header.value.signals) {
      signalFiles.add(path.resolve(folder, fileName));
    }
  }
  const records = names.filter((name) => !/_layout\.hea$/i.test(name));
  return { records, segments, signalFiles };
}
