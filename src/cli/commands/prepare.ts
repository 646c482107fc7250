import { Command } from 'commander';
import { prepareSegments, type PreparedSegment } from '../../core/evaluation/prepare';
import { parseRecordList, selectRecords } from '../../core/evaluation/select-records';
import { table } from '../../core/evaluation/text-report';
import { err, LabelScheme, ok, type Failure, type Result } from '../../shared/domain';
import { EXIT } from '../lib/exit-codes';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { createProgress } from '../lib/progress';

interface Options {
  out: string;
  records?: string;
  scheme: string;
  annotator: string;
  json?: boolean;
}

interface Output {
  readonly out: string;
  readonly scheme: LabelScheme;
  readonly records: readonly RecordCount[];
  readonly problems: readonly Failure[];
}

interface RecordCount {
  readonly record: string;
  readonly segments: number;
  readonly labelled: number;
  readonly abnormal: number;
  readonly unreadable: number;
}

/** `fiducial prepare DB --out DIR`: training tensors from the application's own signal chain. */
export function prepareCommand(): Command {
  return new Command('prepare')
    .description('write the training tensors of an annotated database (segments.f32, index.json)')
    .argument('<database>', 'folder of WFDB records with reference annotations')
    .requiredOption('--out <dir>', 'folder to write to')
    .option('--records <list>', 'ds1, ds2, paced, names with commas, or a file of names')
    .option('--scheme <scheme>', `labels to count: ${LabelScheme.options.join(', ')}`, 'majority')
    .option('--annotator <name>', 'extension of the annotation files', 'atr')
    .option('--json', 'print what was written as JSON')
    .action(async (database: string, options: Options) => {
      const result = await interruptible((signal) => run(database, options, signal));
      if (!result.ok) {
        process.exitCode = fail(result.error);
        return;
      }
      const { value } = result;
      for (const problem of value.problems) fail(problem);
      if (value.problems.length > 0) process.exitCode = EXIT.someFailed;
      console.log(options.json ? JSON.stringify(value) : asTable(value));
    });
}

async function run(
  database: string,
  options: Options,
  signal: AbortSignal,
): Promise<Result<Output>> {
  const scheme = LabelScheme.safeParse(options.scheme);
  if (!scheme.success) {
    return err('bad-input', `--scheme is one of ${LabelScheme.options.join(', ')}.`);
  }
  const records = options.records === undefined ? null : await parseRecordList(options.records);
  if (records && !records.ok) return records;
  const selected = await selectRecords(database, records?.value ?? null, signal);
  if (!selected.ok) return selected;
  const { headerPaths, problems } = selected.value;
  const progress = createProgress();
  const prepared = await prepareSegments({
    headerPaths,
    outDir: options.out,
    annotator: options.annotator,
    signal,
    onRecord: (done) => progress.update(`preparing: ${done} of ${headerPaths.length} records`),
  });
  progress.end();
  if (!prepared.ok) return prepared;
  return ok({
    out: options.out,
    scheme: scheme.data,
    records: countByRecord(prepared.value.segments, scheme.data),
    problems: [...problems, ...prepared.value.problems],
  });
}

function countByRecord(segments: readonly PreparedSegment[], scheme: LabelScheme): RecordCount[] {
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

function asTable({ records, scheme }: Output): string {
  const sum = (key: 'segments' | 'labelled' | 'abnormal' | 'unreadable'): number =>
    records.reduce((total, row) => total + row[key], 0);
  const all = {
    record: 'all',
    segments: sum('segments'),
    labelled: sum('labelled'),
    abnormal: sum('abnormal'),
    unreadable: sum('unreadable'),
  };
  return table([
    ['record', 'segments', 'labelled', `Abnormal (${scheme})`, 'Unreadable'],
    ...[...records, all].map((row) => [
      row.record,
      String(row.segments),
      String(row.labelled),
      String(row.abnormal),
      String(row.unreadable),
    ]),
  ]);
}
