import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { readHeader } from './read-header';

/**
 * Which headers of a folder are records of their own, and which are segments of a record there (also in a folder below
 * it) or layouts.
 * @param names headers in the folder
 * @returns the records' headers, and the absolute paths of segments wherever they lie, without an ending
 */
export async function withoutSegments(
  folder: string,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<{ readonly records: string[]; readonly segments: ReadonlySet<string> }> {
  const segments = new Set<string>();
  for (const name of names) {
    if (signal?.aborted) break;
    await setImmediate();
    const header = await readHeader(path.join(folder, name));
    // A header that cannot be read stays in the list: whoever opens it tells the reader why.
    if (!header.ok) continue;
    for (const segment of header.value.segments ?? []) {
      segments.add(path.resolve(folder, segment.name));
    }
  }
  return { records: names.filter((name) => !/_layout\.hea$/i.test(name)), segments };
}
