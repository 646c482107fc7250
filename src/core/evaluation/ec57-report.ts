import { basename } from 'node:path';
import { BEAT_CLASSES, err, type Failure, type Result, ok } from '../../shared/domain';
import { openAnnotated } from '../recordings/open-annotated';
import type { OpenRecording } from '../formats/open-recording';
import { isPaced } from './paced';
import { judgedBeats } from './decided-windows';
import {
  annotatedBeats,
  compareBeats,
  flutterSpans,
  MATCH_WINDOW_S,
  type BeatMatrix,
  type ClassedBeats,
} from './ec57-beats';
import {
  beatStatistics,
  summariseBeats,
  type BeatStatistics,
  type BeatSummary,
} from './ec57-statistics';

export interface BeatsReportOptions {
  readonly paths: readonly string[];
  /** Extension of the reference annotations, which lie beside the header. Default `atr`. */
  readonly annotator?: string;
  /** Leaves out the first seconds; 300 is EC57's learning period. Default 0. */
  readonly fromS?: number;
  readonly signal?: AbortSignal;
  /** Beats to be judged: a detector's, a model's, or those of another annotation file. */
  testBeats(recording: OpenRecording): Promise<Result<ClassedBeats>>;
  onRecord?(done: number, record: string): void;
}

export interface RecordBeats {
  readonly record: string;
  readonly paced: boolean;
  readonly matrix: BeatMatrix;
  readonly statistics: BeatStatistics;
}

export interface BeatsReport {
  readonly fromS: number;
  readonly records: readonly RecordBeats[];
  readonly all: BeatSummary;
  /** Without MIT-BIH's paced records, which EC57 leaves out; null when there are none of the others. */
  readonly withoutPaced: BeatSummary | null;
  readonly problems: readonly Failure[];
}

/** Compares beats of many records with their reference. @returns `cancelled`, or the first failure when all failed */
export async function beatsReport(options: BeatsReportOptions): Promise<Result<BeatsReport>> {
  const records: RecordBeats[] = [];
  const problems: Failure[] = [];
  for (const [i, path] of options.paths.entries()) {
    if (options.signal?.aborted) return err('cancelled', 'The comparison was cancelled.');
    const compared = await compareBeatsOfRecord(path, options);
    if (compared.ok) records.push(compared.value);
    else if (compared.error.code === 'cancelled') return compared;
    else problems.push(compared.error);
    options.onRecord?.(i + 1, basename(path, '.hea'));
  }
  if (records.length === 0) {
    return problems[0]
      ? { ok: false, error: problems[0] }
      : err('not-found', 'There is no record to compare.');
  }
  const own = records.filter(({ paced }) => !paced);
  return ok({
    fromS: options.fromS ?? 0,
    records,
    all: summariseBeats(records.map(({ matrix }) => matrix)),
    withoutPaced: own.length > 0 ? summariseBeats(own.map(({ matrix }) => matrix)) : null,
    problems,
  });
}

/** Compares the beats of one record with its reference annotations. */
export async function compareBeatsOfRecord(
  path: string,
  options: Pick<BeatsReportOptions, 'annotator' | 'fromS' | 'testBeats'>,
): Promise<Result<RecordBeats>> {
  const opened = await openAnnotated(path, options.annotator ?? 'atr');
  if (!opened.ok) return opened;
  const { recording, annotations, rateHz, decided } = opened.value;
  try {
    const test = await options.testBeats(recording);
    if (!test.ok) return test;
    const reference = annotatedBeats(annotations, rateHz);
    const judged = judgedBeats(test.value, reference, decided, MATCH_WINDOW_S);
    const matrix = compareBeats(reference, judged, {
      flutter: flutterSpans(annotations, rateHz),
      fromS: options.fromS ?? 0,
    });
    return ok({
      record: recording.name,
      paced: isPaced(annotations),
      matrix,
      statistics: beatStatistics(matrix),
    });
  } finally {
    await recording.close();
  }
}

const percent = (value: number): string =>
  Number.isFinite(value) ? (100 * value).toFixed(2) : '-';

/** The report as text: one line per record, then gross and average, in per cent. */
export function beatTable(report: BeatsReport): string {
  const head = ['record', 'beats', 'missed', 'extra', 'QRS Se', 'QRS +P'];
  for (const name of BEAT_CLASSES) head.push(`${name} Se`, `${name} +P`);
  const counted = (name: string, { qrs, classes }: BeatStatistics): string[] => [
    name,
    String(qrs.truePositives + qrs.falseNegatives),
    String(qrs.falseNegatives),
    String(qrs.falsePositives),
    ...scores([qrs, ...BEAT_CLASSES.map((beatClass) => classes[beatClass])]),
  ];
  const averaged = (name: string, { average }: BeatSummary): string[] => [
    name,
    '',
    '',
    '',
    ...scores([average.qrs, ...BEAT_CLASSES.map((beatClass) => average.classes[beatClass])]),
  ];
  const rows = [
    head,
    ...report.records.map(({ record, statistics }) => counted(record, statistics)),
    counted('gross', report.all.gross),
    averaged('average', report.all),
  ];
  if (report.withoutPaced && report.records.some(({ paced }) => paced)) {
    rows.push(
      counted('gross, unpaced', report.withoutPaced.gross),
      averaged('average, unpaced', report.withoutPaced),
    );
  }
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((text, i) => (i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
      .join('  '),
  );
  const from = report.fromS > 0 ? `from ${report.fromS} s on` : 'whole records';
  return [
    `Beat by beat, ANSI/AAMI EC57: 150 ms window, ${from}, ventricular flutter left out; per cent.`,
    ...lines,
  ].join('\n');
}

function scores(
  all: readonly { readonly sensitivity: number; readonly positivePredictivity: number }[],
): string[] {
  return all.flatMap(({ sensitivity, positivePredictivity }) => [
    percent(sensitivity),
    percent(positivePredictivity),
  ]);
}
