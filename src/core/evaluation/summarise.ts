import { bootstrapIntervals, type BootstrapOptions, type Interval } from './bootstrap';
import { calibrationBins, type CalibrationBin } from './calibration';
import { confusionAt, type Confusion } from './confusion';
import { precisionRecallCurve, rocCurve, type CurvePoint } from './curves';
import { segmentMetrics, type MetricName, type Metrics } from './metrics';
import { operatingPoints, rankByProbability, type Scored } from './ranking';
import type { ScoredRecord, ScoredSegment } from './score-record';

export interface RecordSummary {
  readonly record: string;
  readonly segments: number;
  readonly abnormal: number;
  readonly flagged: number;
  readonly unreadable: number;
  readonly confusion: Confusion;
  readonly metrics: Metrics;
}

/** All figures of a group of records: gross, with intervals, and per record. */
export interface GroupSummary {
  readonly records: number;
  readonly segments: number;
  readonly abnormal: number;
  readonly unreadable: number;
  readonly unlabelled: number;
  readonly confusion: Confusion;
  readonly metrics: Readonly<Record<MetricName, Interval>>;
  readonly roc: readonly CurvePoint[];
  readonly precisionRecall: readonly CurvePoint[];
  readonly calibration: readonly CalibrationBin[];
  readonly perRecord: readonly RecordSummary[];
}

/**
 * Sums up records at a threshold. Intervals are over patients (see `bootstrapIntervals`): records of one person
 * are drawn together.
 */
export function summariseGroup(
  records: readonly ScoredRecord[],
  threshold: number,
  options: BootstrapOptions = {},
): GroupSummary {
  const segments = records.flatMap((record) => record.segments);
  const patients = records.flatMap(({ patient, segments: own }) => own.map(() => patient));
  const scored = scoredOf(segments);
  const order = rankByProbability(scored.probability);
  const points = operatingPoints(scored, order);
  return {
    records: records.length,
    segments: segments.length,
    abnormal: segments.filter(({ abnormal }) => abnormal).length,
    unreadable: sum(records, unreadableOf),
    unlabelled: sum(records, ({ unlabelled }) => unlabelled),
    confusion: confusionAt(scored, threshold),
    metrics: bootstrapIntervals(
      patients,
      (weight) => segmentMetrics({ ...scored, weight }, threshold, order),
      options,
    ),
    roc: thin(rocCurve(points)),
    precisionRecall: thin(precisionRecallCurve(points)),
    calibration: calibrationBins(scored),
    perRecord: records.map((record) => summariseRecord(record, threshold)),
  };
}

function summariseRecord(record: ScoredRecord, threshold: number): RecordSummary {
  const scored = scoredOf(record.segments);
  return {
    record: record.record,
    segments: record.segments.length,
    abnormal: record.segments.filter(({ abnormal }) => abnormal).length,
    flagged: record.segments.filter(({ probability }) => probability >= threshold).length,
    unreadable: unreadableOf(record),
    confusion: confusionAt(scored, threshold),
    metrics: segmentMetrics(scored, threshold),
  };
}

function scoredOf(segments: readonly ScoredSegment[]): Scored {
  return {
    abnormal: segments.map(({ abnormal }) => abnormal),
    probability: Float64Array.from(segments, ({ probability }) => probability),
  };
}

function unreadableOf({ unreadable }: ScoredRecord): number {
  return unreadable.normal + unreadable.abnormal;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** Enough points for a plot: one per thousandth of the way along the curve, and every corner between. */
function thin(curve: readonly CurvePoint[]): CurvePoint[] {
  const kept: CurvePoint[] = [];
  for (const [i, point] of curve.entries()) {
    const last = kept[kept.length - 1];
    const far = !last || Math.abs(point.x - last.x) + Math.abs(point.y - last.y) >= 2e-3;
    if (far || i === curve.length - 1) kept.push(point);
  }
  return kept;
}
