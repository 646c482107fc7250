import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { err, type Result } from '../../../shared/domain';
import { fileFailure } from '../file-pool';
import { LIMITS } from '../limits';
import type { AnnotationFile } from '../types';
import { parseAnnotations } from './parse';

export { MAX_AUX_BYTES, writeAnnotations, type WriteOptions } from './encode';
export { parseAnnotations } from './parse';

/**
 * Reads an annotation file.
 * @param file the file itself, as in `mitdb/208.atr`
 */
export async function readAnnotations(file: string): Promise<Result<AnnotationFile>> {
  const name = path.basename(file);
  try {
    const status = await stat(file);
    if (!status.isFile()) return err('bad-annotation', `${name} is not a regular file.`);
    if (status.size > LIMITS.annotationBytes) {
      return err('too-large', `${name} is too large for an annotation file.`);
    }
    return parseAnnotations(await readFile(file), name);
  } catch (error) {
    return err(...fileFailure(error, file));
  }
}
