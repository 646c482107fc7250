import { extname } from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import { readAnnotations } from './annotations';
import { openRecord } from './open-record';
import type { Annotation, RecordReader } from './types';

/** A record and the annotations beside it. */
export interface AnnotatedRecord {
  /** To be closed by the caller. */
  readonly reader: RecordReader;
  readonly annotations: readonly Annotation[];
  /** Samples per second that the annotations count in: their file's own, else the record's. */
  readonly rateHz: number;
}

/**
 * Opens a record that has to be annotated.
 * @param headerPath absolute path of the header; the annotations lie beside it
 * @param annotator extension of the annotation file
 * @returns the first failure of annotations or header
 */
export async function openAnnotated(
  headerPath: string,
  annotator: string,
): Promise<Result<AnnotatedRecord>> {
  const stem = headerPath.slice(0, -extname(headerPath).length);
  const file = await readAnnotations(`${stem}.${annotator}`);
  if (!file.ok) return file;
  const opened = await openRecord(headerPath);
  if (!opened.ok) return opened;
  const { annotations, timeResolutionHz } = file.value;
  const rateHz = timeResolutionHz ?? opened.value.frameRateHz;
  return ok({ reader: opened.value, annotations, rateHz });
}
