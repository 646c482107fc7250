import { basename } from 'node:path';
import { ok, type Failure, type Result } from '../../../shared/domain';
import { MARK_NAMES, type MarkName } from '../../beats/delineation';
import { openRecording } from '../../formats/list';
import { eachRecord } from '../each-record';
import { percent, table } from '../text-report';
import { WAVES, type WaveName } from './compare-marks';
import { compareRecordMarks, type ComparedSource } from './delineate-record';

export interface MarkFigures {
  readonly mark: MarkName;
  readonly count: number;
  /** Found minus marked, ms: over all marks, and the mean of the records' (or leads') own deviations. */
  readonly meanMs: number;
  readonly sdMs: number;
  readonly sdWithinMs: number;
  /** Two standard deviations between readers; null where none was agreed on. */
  readonly toleranceMs: number | null;
}

export interface WaveFigures {
  readonly wave: WaveName;
  readonly marked: number;
  /** 0 to 1; NaN where nothing was marked or found. */
  readonly sensitivity: number;
  readonly predictivity: number;
}

export interface DelineationReport {
  readonly records: number;
  readonly waves: readonly WaveFigures[];
  readonly marks: readonly MarkFigures[];
  readonly problems: readonly Failure[];
}

/**
 * What readers differ by: two standard deviations, ms (The CSE Working Party, "Recommendations for measurement
 * standards in quantitative electrocardiography", Eur Heart J 1985; 6:815-825).
 */
const CSE_MS: Partial<Record<MarkName, number>> = {
  pOnset: 10.2,
  pEnd: 12.7,
  qrsOnset: 6.5,
  qrsEnd: 11.6,
  tEnd: 30.6,
};

export interface DelineationOptions {
  readonly paths: readonly string[];
  /** Null for what the database has: an annotator a lead, or `q1c`. */
  readonly annotator: string | null;
  readonly signal?: AbortSignal;
  onRecord?(done: number): void;
}

/** Compares the delineator with marks by hand. @returns `cancelled`, or the first failure when all failed */
export async function delineationReport(
  options: DelineationOptions,
): Promise<Result<DelineationReport>> {
  const { paths, signal, onRecord } = options;
  const work = async (path: string): Promise<Result<ComparedSource[]>> => {
    const one = await compareFile(path, options);
    if (one.ok) return one;
    return { ok: false, error: { ...one.error, details: { record: basename(path, '.hea') } } };
  };
  const compared = await eachRecord(paths, work, {
    ...{ signal, doing: 'compare', onRecord },
  });
  if (!compared.ok) return compared;
  const { records, problems } = compared.value;
  const sources = records.flat();
  return ok({
    records: records.length,
    waves: waveFigures(sources),
    marks: markFigures(sources),
    problems,
  });
}

async function compareFile(
  path: string,
  { annotator, signal }: DelineationOptions,
): Promise<Result<ComparedSource[]>> {
  const opened = await openRecording(path);
  if (!opened.ok) return opened;
  try {
    return await compareRecordMarks(opened.value, annotator, signal);
  } finally {
    await opened.value.close();
  }
}

function waveFigures(sources: readonly ComparedSource[]): WaveFigures[] {
  return WAVES.map((wave) => {
    const sum = (of: 'found' | 'missed' | 'extra'): number =>
      sources.reduce((total, { waves }) => total + waves[wave][of], 0);
    const found = sum('found');
    const marked = found + sum('missed');
    return {
      wave,
      marked,
      sensitivity: found / marked,
      predictivity: found / (found + sum('extra')),
    };
  });
}

function markFigures(sources: readonly ComparedSource[]): MarkFigures[] {
  return MARK_NAMES.map((mark) => {
    const own = sources.map(({ errorsMs }) => errorsMs[mark]).filter(({ length }) => length > 0);
    const all = own.flat();
    return {
      mark,
      count: all.length,
      meanMs: mean(all),
      sdMs: deviation(all),
      sdWithinMs: mean(own.map(deviation)),
      toleranceMs: CSE_MS[mark] ?? null,
    };
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

const TITLES: Readonly<Record<MarkName, string>> = {
  pOnset: 'P onset',
  pPeak: 'P peak',
  pEnd: 'P end',
  qrsOnset: 'QRS onset',
  qrsEnd: 'QRS end',
  tPeak: 'T peak',
  tEnd: 'T end',
};

/** The report as text for a terminal. */
export function delineationTable({ records, waves, marks }: DelineationReport): string {
  const ms = (value: number | null): string =>
    value !== null && Number.isFinite(value) ? value.toFixed(1) : '-';
  return [
    `Delineation against marks by hand, ${records} ${records === 1 ? 'record' : 'records'}; a wave counts as found within 150 ms.`,
    table([
      ['wave', 'marked', 'Se %', '+P %'],
      ...waves.map(({ wave, marked, sensitivity, predictivity }) => [
        wave,
        String(marked),
        percent(sensitivity),
        percent(predictivity),
      ]),
    ]),
    table([
      ['mark', 'marks', 'mean ms', 'SD ms', 'SD within ms', 'CSE 2 SD ms'],
      ...marks.map(({ mark, count, meanMs, sdMs, sdWithinMs, toleranceMs }) => [
        TITLES[mark],
        String(count),
        ms(meanMs),
        ms(sdMs),
        ms(sdWithinMs),
        ms(toleranceMs),
      ]),
    ]),
    'Found minus marked. SD within: mean of the deviations of each record, or lead of a record.',
  ].join('\n\n');
}
