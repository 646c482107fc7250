import path from 'node:path';
import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid } from '../../../shared/domain/said';
import type { RecordedAnnotations } from '../open-recording';
import { textAnnotation } from '../shared/annotation-text';
import type { AnnotationRecords } from './annotation-records';
import { parseTals } from './tal';

/** Name under which a file's own annotations are asked for. */
export const EDF_ANNOTATOR = 'edf';

/** More than a day of beats, ten times over. */
const MAX_ANNOTATIONS = 2_000_000;

/**
 * All annotations of a file in order of time.
 * @param firstOnsetS onset of the first data record, from which times count
 */
export async function readEdfAnnotations(
  file: string,
  signals: readonly AnnotationRecords[],
  firstOnsetS: number,
): Promise<Result<RecordedAnnotations>> {
  const found: { timeS: number; durationS: number; text: string }[] = [];
  const fileName = path.basename(file);
  let broken = 0;
  for (const records of signals) {
    for await (const bytes of records.telling()) {
      if (!bytes.ok) return bytes;
      const parsed = parseTals(bytes.value);
      broken += parsed.broken;
      for (const { onsetS, durationS, texts } of parsed.tals) {
        // The empty text is the one that keeps the time of a data record.
        for (const text of texts) {
          if (text !== '') found.push({ timeS: onsetS - firstOnsetS, durationS, text });
        }
      }
      if (found.length > MAX_ANNOTATIONS) {
        return errSaid('too-large', 'files.moreAnnotations', {
          file: fileName,
          limit: MAX_ANNOTATIONS,
        });
      }
    }
  }
  found.sort((a, b) => a.timeS - b.timeS);
  const warnings: Warning[] = [];
  if (broken > 0) {
    warnings.push(
      warningSaid('bad-annotation', 'warnings.edfAnnotations', { file: fileName, n: broken }),
    );
  }
  const notes = found.map(({ text, durationS }) => textAnnotation(text, durationS));
  return ok({
    annotator: EDF_ANNOTATOR,
    timeS: Float64Array.from(found, ({ timeS }) => timeS),
    durationS: Float64Array.from(found, ({ durationS }) => durationS),
    symbol: notes.map(({ symbol }) => symbol),
    aux: notes.map(({ aux }) => aux),
    warnings,
  });
}
