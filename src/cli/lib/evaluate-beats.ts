import { analyseRecord } from '../../core/analysis/analyse-record';
import { detectRecord } from '../../core/beats/detect-record';
import { annotatedBeats, type ClassedBeats } from '../../core/evaluation/ec57-beats';
import { beatsReport, type BeatsReport } from '../../core/evaluation/ec57-report';
import { isAnnotatorName } from '../../core/beats/write-annotation-file';
import { readAnnotations } from '../../core/formats/wfdb';
import type { RecordReader } from '../../core/formats/wfdb/types';
import { err, ok, type Result } from '../../shared/domain';
import { createProgress } from './progress';
import { withWorkbench, type Workbench } from './workbench';

export interface EvaluateBeatsOptions {
  readonly headerPaths: readonly string[];
  /** `detector`, `model`, or the annotator of files beside the records. */
  readonly source: string;
  readonly modelId: string | null;
  /** Extension of the reference annotations. */
  readonly annotator: string;
  readonly fromS: number;
  readonly signal: AbortSignal;
}

/** `fiducial evaluate DB --beats`: beat-by-beat comparison per ANSI/AAMI EC57. */
export async function evaluateBeats(options: EvaluateBeatsOptions): Promise<Result<BeatsReport>> {
  const { headerPaths, source, annotator, fromS, signal } = options;
  const progress = createProgress();
  const compare = (
    testBeats: (reader: RecordReader) => Promise<Result<ClassedBeats>>,
  ): Promise<Result<BeatsReport>> =>
    beatsReport({
      headerPaths,
      annotator,
      fromS,
      signal,
      testBeats,
      onRecord: (done) => progress.update(`comparing: ${done} of ${headerPaths.length} records`),
    });
  try {
    if (source === 'detector') return await compare((reader) => detectedBeats(reader, signal));
    if (source === 'model') {
      return await withWorkbench((bench) => compareModel(options, bench, compare));
    }
    if (!isAnnotatorName(source)) {
      return err('bad-input', `--beats is detector, model, or an annotator; not "${source}".`);
    }
    return await compare((reader) => beatsOfFile(reader, source));
  } finally {
    progress.end();
  }
}

async function detectedBeats(
  reader: RecordReader,
  signal: AbortSignal,
): Promise<Result<ClassedBeats>> {
  const beats = await detectRecord(reader, { signal });
  if (!beats.ok) return beats;
  const timeS = beats.value.map((beat) => beat.timeS);
  return ok({ timeS, beatClass: new Uint8Array(timeS.length) });
}

async function beatsOfFile(reader: RecordReader, annotator: string): Promise<Result<ClassedBeats>> {
  const file = await readAnnotations(reader.headerPath.replace(/\.hea$/, `.${annotator}`));
  if (!file.ok) return file;
  const { annotations, timeResolutionHz } = file.value;
  return ok(annotatedBeats(annotations, timeResolutionHz ?? reader.frameRateHz));
}

async function compareModel(
  { modelId, signal }: EvaluateBeatsOptions,
  { pool, inference, models, readers }: Workbench,
  compare: (
    testBeats: (reader: RecordReader) => Promise<Result<ClassedBeats>>,
  ) => Promise<Result<BeatsReport>>,
): Promise<Result<BeatsReport>> {
  const model = await models.find(modelId);
  if (!model.ok) return model;
  if (model.value.card.kind !== 'beat-attention') {
    return err('bad-input', `Model ${model.value.card.id} classes no beats.`);
  }
  return compare(async ({ headerPath }) => {
    const analysed = await analyseRecord({
      headerPath,
      model: model.value,
      lead: null,
      readers,
      pool,
      inference,
      signal,
    });
    return analysed.ok ? ok(analysed.value.result.beats) : analysed;
  });
}
