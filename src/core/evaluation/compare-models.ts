import { ok, type Failure, type Result } from '../../shared/domain';
import { modelKey } from '../inference/model-hash';
import type { ModelFiles } from '../inference/types';
import { bootstrapIntervals, type BootstrapOptions, type Interval } from './bootstrap';
import { compareRecord, type ComparedRecord, type CompareRecordOptions } from './compared-record';
import { comparisonFigures, FIGURES, type FigureName } from './comparison-figures';
import { eachRecord } from './each-record';

/** A figure of both models, and the second minus the first: above 0 the second is better. */
export interface ComparedFigure {
  readonly name: FigureName;
  readonly first: Interval;
  readonly second: Interval;
  readonly difference: Interval;
  /** `better` and `worse` where the interval of the difference leaves out 0. */
  readonly change: 'better' | 'worse' | 'not told apart';
}

/** A segment that one of the models flags and the other does not. */
export interface ChangedSegment {
  readonly record: string;
  readonly startS: number;
  readonly endS: number;
  /** Under `review`; null where the reference does not say. */
  readonly reference: 'Normal' | 'Abnormal' | null;
  /** Whether the second flags it, so that the first does not. */
  readonly flaggedNow: boolean;
  readonly probabilities: readonly [number, number];
}

export interface RecordChange {
  readonly record: string;
  readonly patient: string;
  readonly trainedOn: readonly [boolean, boolean];
  /** F1 of both models by class; NaN where there is none. */
  readonly vF1: readonly [number, number];
  readonly sF1: readonly [number, number];
  readonly flags: readonly [number, number];
  readonly flagsGone: number;
  readonly flagsNew: number;
}

export interface ModelComparison {
  readonly models: readonly [ComparedModel, ComparedModel];
  readonly patients: number;
  readonly figures: readonly ComparedFigure[];
  readonly records: readonly RecordChange[];
  readonly changed: readonly ChangedSegment[];
  readonly problems: readonly Failure[];
}

export interface ComparedModel {
  readonly key: string;
  readonly version: string;
}

export interface CompareModelsOptions extends CompareRecordOptions {
  readonly paths: readonly string[];
  readonly bootstrap?: BootstrapOptions;
  readonly onRecord?: (done: number, record: string, problem: Failure | null) => void;
}

/**
 * Two models over the same annotated records: what became better and worse from the first to the second, by paired
 * bootstrap over patients (both models see the same patients in every draw).
 * @returns `cancelled`, or the first failure when all failed
 */
export async function compareModels(
  options: CompareModelsOptions,
): Promise<Result<ModelComparison>> {
  const { paths, models, bootstrap, onRecord } = options;
  const compared = await eachRecord(paths, (path) => compareRecord(path, options), {
    ...{ signal: options.signal, doing: 'compare', onRecord },
  });
  if (!compared.ok) return compared;
  const { records, problems } = compared.value;
  const named = ({ card }: ModelFiles) => ({ key: modelKey({ card }), version: card.version });
  return ok({
    models: [named(models[0]), named(models[1])],
    patients: new Set(records.map(({ patient }) => patient)).size,
    figures: comparedFigures(records, bootstrap),
    records: records.map(changeOf),
    changed: records.flatMap(changedSegments),
    problems,
  });
}

/** Every figure that both models have. */
function comparedFigures(
  records: readonly ComparedRecord[],
  bootstrap?: BootstrapOptions,
): ComparedFigure[] {
  const patients = records.map(({ patient }) => patient);
  const figuresOf = (weight: Float64Array): Record<string, number> => {
    const [first, second] = ([0, 1] as const).map((which) =>
      comparisonFigures(records, which, weight),
    );
    return Object.fromEntries(
      FIGURES.flatMap((name) => [
        [`${name} first`, first![name]],
        [`${name} second`, second![name]],
        [`${name} difference`, second![name] - first![name]],
      ]),
    );
  };
  const intervals = bootstrapIntervals(patients, figuresOf, bootstrap);
  return FIGURES.flatMap((name): ComparedFigure[] => {
    const [first, second, difference] = ['first', 'second', 'difference'].map(
      (which) => intervals[`${name} ${which}`]!,
    );
    if (!Number.isFinite(difference!.value)) return [];
    const change =
      difference!.low > 0 ? 'better' : difference!.high < 0 ? 'worse' : 'not told apart';
    return [{ name, first: first!, second: second!, difference: difference!, change }];
  });
}

function changeOf(record: ComparedRecord): RecordChange {
  const alone = ([0, 1] as const).map((which) =>
    comparisonFigures([record], which, Float64Array.of(1)),
  );
  const flags = (which: 0 | 1): number =>
    record.segments.filter(({ said }) => said[which].flagged).length;
  const changed = changedSegments(record);
  return {
    record: record.record,
    patient: record.patient,
    trainedOn: record.trainedOn,
    vF1: [alone[0]!.vF1, alone[1]!.vF1],
    sF1: [alone[0]!.sF1, alone[1]!.sF1],
    flags: [flags(0), flags(1)],
    flagsGone: changed.filter(({ flaggedNow }) => !flaggedNow).length,
    flagsNew: changed.filter(({ flaggedNow }) => flaggedNow).length,
  };
}

function changedSegments({ record, segments }: ComparedRecord): ChangedSegment[] {
  return segments.flatMap(({ startS, endS, review, said: [one, other] }) => {
    if (one.flagged === other.flagged) return [];
    return [
      {
        ...{ record, startS, endS },
        reference: review === null ? null : review ? ('Abnormal' as const) : ('Normal' as const),
        flaggedNow: other.flagged,
        probabilities: [one.probability, other.probability] as const,
      },
    ];
  });
}
