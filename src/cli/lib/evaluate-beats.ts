import {
  analyseRecord,
  annotatedBeats,
  beatsReport,
  detectRecord,
  isAnnotatorName,
  type Workbench,
} from '../../core/workbench';
import type { ClassedBeats } from '../../core/evaluation/ec57-beats';
import type { BeatsReport, TestBeats } from '../../core/evaluation/ec57-report';
import type { OpenRecording } from '../../core/formats/open-recording';
import { err, ok, type Result } from '../../shared/domain';
import { createProgress } from './progress';
import { withWorkbench } from './workbench';

export interface EvaluateBeatsOptions {
  readonly paths: readonly string[];
  /** `detector`, `model`, or the annotator of files beside the records. */
  readonly source: string;
  readonly modelId: string | null;
  /** Extension of the reference annotations. */
  readonly annotator: string;
  /** Index of the lead to read; null lets model or detector choose. */
  readonly lead: number | null;
  readonly fromS: number;
  readonly signal: AbortSignal;
}

/** `fiducial evaluate DB --beats`: beat-by-beat comparison per ANSI/AAMI EC57. */
export async function evaluateBeats(options: EvaluateBeatsOptions): Promise<Result<BeatsReport>> {
  const { paths, source, annotator, fromS, signal } = options;
  const progress = createProgress();
  const compare = (
    testBeats: (recording: OpenRecording) => Promise<Result<TestBeats>>,
  ): Promise<Result<BeatsReport>> =>
    beatsReport({
      paths,
      annotator,
      fromS,
      signal,
      testBeats,
      onRecord: (done) => progress.update(`comparing: ${done} of ${paths.length} records`),
    });
  try {
    if (source === 'detector')
      return await compare((recording) => detectedBeats(recording, options));
    if (source === 'model') {
      return await withWorkbench((bench) => compareModel(options, bench, compare));
    }
    if (!isAnnotatorName(source)) {
      return err('bad-input', `--beats is detector, model, or an annotator; not "${source}".`);
    }
    return await compare((recording) => beatsOfFile(recording, source));
  } finally {
    progress.end();
  }
}

async function detectedBeats(
  recording: OpenRecording,
  { lead, signal }: EvaluateBeatsOptions,
): Promise<Result<ClassedBeats>> {
  const beats = await detectRecord(recording, { ...(lead === null ? {} : { lead }), signal });
  if (!beats.ok) return beats;
  const timeS = beats.value.map((beat) => beat.timeS);
  return ok({ timeS, beatClass: new Uint8Array(timeS.length) });
}

async function beatsOfFile(
  recording: OpenRecording,
  annotator: string,
): Promise<Result<ClassedBeats>> {
  const read = await recording.annotations(annotator);
  if (!read.ok) return read;
  const rateHz = 1000;
  const { timeS, symbol, aux } = read.value;
  return ok(
    annotatedBeats(
      symbol.map((own, i) => ({ sample: timeS[i]! * rateHz, symbol: own, aux: aux[i]! })),
      rateHz,
    ),
  );
}

async function compareModel(
  { modelId, lead, signal }: EvaluateBeatsOptions,
  bench: Workbench,
  compare: (
    testBeats: (recording: OpenRecording) => Promise<Result<TestBeats>>,
  ) => Promise<Result<BeatsReport>>,
): Promise<Result<BeatsReport>> {
  const model = await bench.models.find(modelId);
  if (!model.ok) return model;
  if (model.value.card.kind !== 'beat-attention') {
    return err('bad-input', `Model ${model.value.card.id} classes no beats.`);
  }
  return compare(async ({ path }) => {
    const analysed = await analyseRecord({
      ...bench,
      path,
      model: model.value,
      lead,
      signal,
    });
    if (!analysed.ok) return analysed;
    const { result, findings } = analysed.value;
    return ok({
      ...result.beats,
      fibrillation: findings.findings.filter(({ kind }) => kind === 'af'),
    });
  });
}
