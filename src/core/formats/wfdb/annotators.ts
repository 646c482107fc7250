import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { RecordReader } from './types';
import { openToRead } from '../shared/open-to-read';

// Files that share a record's name in public collections without being annotations.
const OTHER_FILES = new Set(
  'hea dat mat edf bdf wav dcm xml json txt csv tsv pdf png jpg svg html md gz zip bak tmp'.split(
    ' ',
  ),
);

/** Annotation files beside a record, by extension, sorted. An unreadable folder has none. */
export async function annotatorsOf(
  record: Pick<RecordReader, 'headerPath' | 'name' | 'files'>,
): Promise<string[]> {
  const folder = path.dirname(record.headerPath);
  const signalFiles = new Set(record.files.map((file) => path.basename(file)));
  const names = await readdir(folder).catch(() => []);
  const annotators: string[] = [];
  for (const name of names) {
    if (!name.startsWith(`${record.name}.`) || signalFiles.has(name)) continue;
    const extension = name.slice(record.name.length + 1);
    if (!/^[A-Za-z][\w-]{0,31}$/.test(extension) || OTHER_FILES.has(extension.toLowerCase()))
      continue;
    if (extension === 'atr' || (await endsLikeAnnotations(path.join(folder, name))))
      annotators.push(extension);
  }
  return annotators.sort();
}

/** Annotation files consist of 16-bit words, the last of which is zero (annot(5)). */
async function endsLikeAnnotations(file: string): Promise<boolean> {
  try {
    const handle = await openToRead(file);
    try {
      const status = await handle.stat();
      if (!status.isFile() || status.size < 2 || status.size % 2 !== 0) return false;
      const end = Buffer.alloc(2);
      await handle.read(end, 0, 2, status.size - 2);
      return end[0] === 0 && end[1] === 0;
    } finally {
      await handle.close();
    }
  } catch {
    return false;
  }
}
