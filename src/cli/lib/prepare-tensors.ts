import { prepareBeatTensors, prepareSegments, prepareStrips } from '../../core/workbench';
import type { BeatTrainingCounts } from '../../core/training-data/beat-training-record';
import type { PreparedSegment } from '../../core/training-data/segment-prepare';
import type { PreparedStrip } from '../../core/training-data/strip-prepare';
import { ok, type Failure, type LabelScheme, type Result } from '../../shared/domain';

export const TENSOR_MODELS = ['attention-cnn', 'beat-attention', 'strip-rhythm'] as const;
export type TensorModel = (typeof TENSOR_MODELS)[number];

export interface PrepareTensorsOptions {
  readonly paths: readonly string[];
  readonly outDir: string;
  /** Labels to count; beat tensors hold `ectopy` and `review` whatever it says. */
  readonly scheme: LabelScheme;
  readonly annotator: string;
  readonly signal: AbortSignal;
  readonly onRecord: (done: number) => void;
}

/** What was written: for `--json`, and as rows of a table, the heading first. */
export interface PreparedTensors {
  readonly out: string;
  readonly model: TensorModel;
  readonly scheme?: LabelScheme;
  readonly records: readonly (SegmentCount | BeatTrainingCounts | StripCount)[];
  readonly problems: readonly Failure[];
  readonly rows: readonly (readonly string[])[];
}

interface SegmentCount {
  readonly record: string;
  readonly segments: number;
  readonly labelled: number;
  readonly abnormal: number;
  readonly unreadable: number;
}

/** Strips of a record, counted once for each lead. */
interface StripCount {
  readonly record: string;
  readonly strips: number;
  readonly fibrillation: number;
  readonly sinus: number;
}

/** Writes the tensors that one model is trained on, and counts what they hold. */
export async function prepareTensors(
  model: TensorModel,
  options: PrepareTensorsOptions,
): Promise<Result<PreparedTensors>> {
  const { outDir, scheme } = options;
  if (model === 'beat-attention') {
    const prepared = await prepareBeatTensors(options);
    if (!prepared.ok) return prepared;
    const { records, problems } = prepared.value;
    return ok({ out: outDir, model, records, problems, rows: beatRows(records) });
  }
  if (model === 'strip-rhythm') {
    const prepared = await prepareStrips(options);
    if (!prepared.ok) return prepared;
    const { strips, problems } = prepared.value;
    const records = stripCounts(strips);
    return ok({ out: outDir, model, records, problems, rows: stripRows(records) });
  }
  const prepared = await prepareSegments(options);
  if (!prepared.ok) return prepared;
  const records = countByRecord(prepared.value.segments, scheme);
  const { problems } = prepared.value;
  return ok({ out: outDir, model, scheme, records, problems, rows: segmentRows(records, scheme) });
}

function countByRecord(segments: readonly PreparedSegment[], scheme: LabelScheme): SegmentCount[] {
  return [...new Set(segments.map(({ record }) => record))].map((name) => {
    const own = segments.filter(({ record }) => record === name);
    return {
      record: name,
      segments: own.length,
      labelled: own.filter(({ labels }) => labels !== null).length,
      abnormal: own.filter(({ labels }) => labels?.[scheme] === 'Abnormal').length,
      unreadable: own.filter(({ unreadable }) => unreadable !== null).length,
    };
  });
}

function stripCounts(strips: readonly PreparedStrip[]): StripCount[] {
  const by = new Map<string, PreparedStrip[]>();
  for (const strip of strips) {
    const own = by.get(strip.record);
    if (own) own.push(strip);
    else by.set(strip.record, [strip]);
  }
  return [...by].map(([record, own]) => ({
    record,
    strips: own.length,
    fibrillation: own.filter(({ fibrillation }) => fibrillation === 1).length,
    sinus: own.filter(({ sinus }) => sinus === 1).length,
  }));
}

function stripRows(records: readonly StripCount[]): string[][] {
  return withSum(
    ['record', 'strips', 'fibrillation', 'sinus'],
    records.map(({ record, strips, fibrillation, sinus }) => ({
      record,
      figures: [strips, fibrillation, sinus],
    })),
  );
}

function segmentRows(records: readonly SegmentCount[], scheme: LabelScheme): string[][] {
  return withSum(
    ['record', 'segments', 'labelled', `Abnormal (${scheme})`, 'Unreadable'],
    records.map(({ record, segments, labelled, abnormal, unreadable }) => ({
      record,
      figures: [segments, labelled, abnormal, unreadable],
    })),
  );
}

function beatRows(records: readonly BeatTrainingCounts[]): string[][] {
  const classes = Object.keys(records[0]!.classes);
  return withSum(
    ['record', 'beats', ...classes, 'labelled segments', 'ectopy', 'review', 'fibrillation'],
    records.map(({ record, beats, classes: own, segments, ectopy, review, fibrillation }) => ({
      record,
      figures: [
        beats,
        ...classes.map((name) => own[name]!),
        ...[segments, ectopy, review, fibrillation],
      ],
    })),
  );
}

function withSum(
  head: readonly string[],
  rows: readonly { readonly record: string; readonly figures: readonly number[] }[],
): string[][] {
  const sum = head
    .slice(1)
    .map((_, column) => rows.reduce((total, { figures }) => total + figures[column]!, 0));
  return [
    [...head],
    ...[...rows, { record: 'all', figures: sum }].map(({ record, figures }) => [
      record,
      ...figures.map(String),
    ]),
  ];
}
