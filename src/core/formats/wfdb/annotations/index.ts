import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result } from '../../../../shared/domain';
import { errSaid, warningSaid } from '../../../../shared/domain/said';
import { cannotRead } from '../../shared/cannot-read';
import { LIMITS } from '../limits';
import type { AnnotationFile, RecordReader } from '../types';
import { parseAnnotations } from './parse';

export { MAX_AUX_BYTES, writeAnnotations, type WriteOptions } from './encode';
export { parseAnnotations } from './parse';

/**
 * Reads an annotation file.
 * @param file the file itself, as in `mitdb/208.atr`
 * @param record the record it belongs to, when annotations outside of it should be warned of
 */
export async function readAnnotations(
  file: string,
  record?: Pick<RecordReader, 'frames' | 'frameRateHz'>,
): Promise<Result<AnnotationFile>> {
  const name = path.basename(file);
  try {
    const status = await stat(file);
    if (!status.isFile()) return errSaid('bad-annotation', 'failures.noRegularFile', { name });
    if (status.size > LIMITS.annotationBytes) {
      return errSaid('too-large', 'files.annotationsTooLarge', { name });
    }
    const parsed = parseAnnotations(await readFile(file), name);
    if (!parsed.ok || !record) return parsed;
    const outside = countOutside(parsed.value, record);
    if (outside === 0) return parsed;
    const said = { name, outside, count: parsed.value.annotations.length };
    const warning = warningSaid('outside-recording', 'warnings.outsideRecording', said);
    return ok({ ...parsed.value, warnings: [...parsed.value.warnings, warning] });
  } catch (error) {
    return cannotRead(file, error);
  }
}

function countOutside(
  { annotations, timeResolutionHz }: AnnotationFile,
  record: Pick<RecordReader, 'frames' | 'frameRateHz'>,
): number {
  const end = (record.frames / record.frameRateHz) * (timeResolutionHz ?? record.frameRateHz);
  // Tools mark the end of a recording at its length, so that one is not outside.
  return annotations.filter(({ sample }) => sample < 0 || sample > end).length;
}
