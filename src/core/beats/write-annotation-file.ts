import { open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { writeFailure } from '../base/file-failure';
import { writeThrough } from '../base/write-through';
import { writeAnnotations } from '../formats/wfdb';
import type { Annotation } from '../formats/wfdb/types';

/** Extensions that belong to the files of a record itself. */
const RESERVED = new Set(['hea', 'dat', 'mat', 'edf', 'dcm', 'xws', 'json', 'partial', 'part']);

/** Whether a name can be an annotator's: letters, digits and `_`, no extension of a signal file. */
export function isAnnotatorName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]{0,31}$/.test(name) && !RESERVED.has(name.toLowerCase());
}

export interface AnnotationFileTarget {
  readonly directory: string;
  /** Record name, without a path. */
  readonly record: string;
  readonly annotator: string;
  /** Samples per second of the annotations, where the file has to state it; null where the record says it. */
  readonly timeResolutionHz: number | null;
  /** Replace a file that is there already. */
  readonly overwrite: boolean;
}

/**
 * Writes `record.annotator` through a temporary file, so that a failed write leaves nothing behind.
 * @returns the file's path; `conflict` when it exists and may not be replaced, `not-writable`
 */
export async function writeAnnotationFile(
  annotations: readonly Annotation[],
  { directory, record, annotator, timeResolutionHz, overwrite }: AnnotationFileTarget,
): Promise<Result<string>> {
  const path = join(directory, `${record}.${annotator}`);
  const content = writeAnnotations(annotations, { timeResolutionHz });
  try {
    if (!overwrite) {
      // Claims the name, so that two runs cannot both believe it free.
      await (await open(path, 'wx')).close();
    }
    await writeThrough(path, (part) => writeFile(part, content, { flush: true }));
    return ok(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === undefined) throw cause;
    if (code === 'EEXIST') {
      return errSaid('conflict', 'files.existsForce', { target: path });
    }
    if (!overwrite) await rm(path, { force: true });
    return writeFailure(path, cause);
  }
}
