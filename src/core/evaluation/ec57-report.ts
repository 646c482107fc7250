import { BEAT_CLASSES, type Failure, type Result, type TimeSpan, ok } from '../../shared/domain';
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
import { fibrillationTime, totalFibrillation, type FibrillationTime } from './ec57-fibrillation';
import { offsetsOf, placementOf, type Placement } from './ec57-placement';
import { eachRecord } from './each-record';
import { fibrillationSpans, rhythmChanges } from './reference-rhythms';
import { percent, table } from './text-report';
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
  testBeats(recording: OpenRecording): Promise<Result<TestBeats>>;
  onRecord?(done: number, record: string): void;
}

/** Beats to be judged, and with them where fibrillation was reported, if whoever found them looks for it. */
export interface TestBeats extends ClassedBeats {
  readonly fibrillation?: readonly TimeSpan[];
}

export interface RecordBeats {
  readonly record: string;
  readonly paced: boolean;
  readonly matrix: BeatMatrix;
  readonly statistics: BeatStatistics;
  /** Where its R peaks lie; null where none was found. */
  readonly placement: Placement | null;
  /** Null where nobody looked for fibrillation, or the reference names no rhythm. */
  readonly fibrillation: FibrillationTime | null;
}

export interface BeatsReport {
  readonly fromS: number;
  readonly records: readonly RecordBeats[];
  readonly all: BeatSummary;
  /** Without MIT-BIH's paced records, which EC57 leaves out; null when there are none of the others. */
  readonly withoutPaced: BeatSummary | null;
  readonly placement: Placement | null;
  readonly fibrillation: FibrillationTime | null;
  readonly problems: readonly Failure[];
}

/** Compares beats of many records with their reference. @returns `cancelled`, or the first failure when all failed */
export async function beatsReport(options: BeatsReportOptions): Promise<Result<BeatsReport>> {
  const { paths, signal, onRecord } = options;
  const compared = await eachRecord(paths, (path) => compareBeatsOfRecord(path, options), {
    ...{ signal, doing: 'compare', onRecord },
  });
  if (!compared.ok) return compared;
  const { problems } = compared.value;
  const records = compared.value.records.map(({ offsetsS: _, ...record }) => record);
  const offsets = compared.value.records.map(({ offsetsS }) => offsetsS);
  const own = records.filter(({ paced }) => !paced);
  return ok({
    fromS: options.fromS ?? 0,
    records,
    all: summariseBeats(records.map(({ matrix }) => matrix)),
    withoutPaced: own.length > 0 ? summariseBeats(own.map(({ matrix }) => matrix)) : null,
    placement: placementOf(offsets),
    fibrillation: totalFibrillation(records.map(({ fibrillation }) => fibrillation)),
    problems,
  });
}

/** The beats of one record against its reference annotations; with them, how far each lies from its reference, s. */
async function compareBeatsOfRecord(
  path: string,
  options: Pick<BeatsReportOptions, 'annotator' | 'fromS' | 'testBeats'>,
): Promise<Result<RecordBeats & { readonly offsetsS: Float64Array }>> {
  const opened = await openAnnotated(path, options.annotator ?? 'atr');
  if (!opened.ok) return opened;
  const { recording, annotations, rateHz, decided } = opened.value;
  try {
    const test = await options.testBeats(recording);
    if (!test.ok) return test;
    const reference = annotatedBeats(annotations, rateHz);
    const judged = judgedBeats(test.value, reference, decided, MATCH_WINDOW_S);
    const fromS = options.fromS ?? 0;
    const matrix = compareBeats(reference, judged, {
      flutter: flutterSpans(annotations, rateHz),
      fromS,
    });
    const offsetsS = offsetsOf(reference, judged, fromS);
    const namesRhythms = rhythmChanges(annotations).length > 0;
    const { fibrillation } = test.value;
    return ok({
      record: recording.name,
      paced: isPaced(annotations),
      matrix,
      statistics: beatStatistics(matrix),
      placement: placementOf([offsetsS]),
      offsetsS,
      fibrillation:
        fibrillation && namesRhythms
          ? fibrillationTime(
              fibrillationSpans(annotations, rateHz).map(({ startS, endS }) => ({
                startS,
                endS: Math.min(endS, recording.durationS),
              })),
              fibrillation,
            )
          : null,
    });
  } finally {
    await recording.close();
  }
}

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
  const from = report.fromS > 0 ? `from ${report.fromS} s on` : 'whole records';
  return [
    `Beat by beat, ANSI/AAMI EC57: 150 ms window, ${from}, ventricular flutter left out; per cent.`,
    table(rows),
    ...placed(report.placement),
    ...fibrillated(report.fibrillation),
  ].join('\n');
}

function placed(placement: Placement | null): string[] {
  if (!placement) return [];
  const { beats, meanMs, medianMs, p95Ms, steadyP95Ms } = placement;
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const within = `half within ${ms(medianMs)}, 95 % within ${ms(p95Ms)}`;
  const own = `95 % within ${ms(steadyP95Ms)} of their record's median`;
  return [`R peaks, found minus reference: mean ${ms(meanMs)}, ${within}; ${own} (${beats} beats)`];
}

function fibrillated(time: FibrillationTime | null): string[] {
  if (!time) return [];
  const { referenceS, foundS, sharedS } = time;
  const [minutes, found] = [referenceS, foundS].map((s) => (s / 60).toFixed(1));
  const scores = `Se ${percent(sharedS / referenceS)}, +P ${percent(sharedS / foundS)}`;
  return [
    `Fibrillation by its length: ${scores} (${minutes} min annotated, ${found} min reported)`,
  ];
}

function scores(
  all: readonly { readonly sensitivity: number; readonly positivePredictivity: number }[],
): string[] {
  return all.flatMap(({ sensitivity, positivePredictivity }) => [
    percent(sensitivity),
    percent(positivePredictivity),
  ]);
}
