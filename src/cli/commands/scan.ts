import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { analyseRecord } from '../../core/analysis/analyse-record';
import { modelSha256 } from '../../core/analysis/analysis-key';
import type { ModelFiles } from '../../core/inference/types';
import { findRecords } from '../../core/recordings/find-records';
import { recordFingerprint } from '../../core/recordings/fingerprint';
import { openPartialFile, type PartialFile } from '../../core/scan/partial-file';
import { SCAN_CSV_HEADER, scanCsvLine } from '../../core/scan/scan-csv';
import { scanParquet } from '../../core/scan/scan-parquet';
import { scanRecords } from '../../core/scan/scan-records';
import { resultRow, type ScanRow } from '../../core/scan/scan-row';
import { err, ok, type Result } from '../../shared/domain';
import { EXIT } from '../lib/exit-codes';
import { checkOutput } from '../lib/check-output';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { positiveInteger } from '../lib/options';
import { createProgress, durationText } from '../lib/progress';
import { openReportingScan } from '../lib/scan-with-reports';
import { summaryOf, summaryText } from '../lib/scan-summary';
import { STDOUT, writeOutput } from '../lib/write-output';
import { withWorkbench, type Workbench } from '../lib/workbench';

interface Options {
  out: string;
  format: 'jsonl' | 'csv' | 'parquet';
  workers: number;
  model?: string;
  reports?: string;
  json?: boolean;
}

/** `fiducial scan PATH... --out FILE`: every record of a folder, one row each. */
export function scanCommand(): Command {
  return new Command('scan')
    .description('analyse every record under the given paths and write one row per record')
    .argument('<path...>', 'folders, records or headers')
    .requiredOption(
      '--out <file>',
      'file to write, or - for standard output; a killed scan goes on from <file>.partial',
    )
    .addOption(
      new Option('--format <format>', 'one JSON object, line of CSV or row of Parquet per record')
        .choices(['jsonl', 'csv', 'parquet'])
        .default('jsonl'),
    )
    .option(
      '--workers <n>',
      'records at work at a time',
      positiveInteger('--workers'),
      Math.min(4, availableParallelism()),
    )
    .option('--model <id>', 'model to use (default: the default model)')
    .option('--reports <dir>', 'also write the PDF report of every record into this folder')
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      '\nExit code 0: every record has a result; 1: some have an error row, or the scan was stopped.',
    )
    .action(async (paths: string[], options: Options) => {
      // Whatever ends the process before its time ends no success.
      process.exitCode = EXIT.someFailed;
      process.exitCode = await interruptible((signal) =>
        withWorkbench(async (bench) => {
          const scanned = await scan(paths, options, bench, signal);
          if (!scanned.ok) return fail(scanned.error);
          const { rows, unsearched } = scanned.value;
          const summary = summaryOf(rows);
          const said = options.json ? JSON.stringify(summary) : summaryText(summary, options.out);
          // Rows on standard output stand alone.
          if (options.out === STDOUT) console.error(said);
          else console.log(said);
          return summary.failed + unsearched > 0 ? EXIT.someFailed : EXIT.done;
        }),
      );
    });
}

async function scan(
  given: readonly string[],
  options: Options,
  bench: Workbench,
  signal: AbortSignal,
): Promise<Result<{ rows: ScanRow[]; unsearched: number }>> {
  const { models, recordings } = bench;
  const place = await checkOutput(options.out);
  if (!place.ok) return place;
  const model = await models.find(options.model ?? null);
  if (!model.ok) return model;
  const found = await findRecords(given, signal);
  if (!found.ok) return found;
  const { paths, problems } = found.value;
  for (const problem of problems) console.error(`fiducial: ${problem.message}`);
  if (paths.length === 0) {
    return err('not-found', `There is no recording in ${given.join(', ')}.`);
  }

  // Once for a machine, and worth it for more than one record.
  if (paths.length > 1) await bench.inference.tryDevices(model.value, { signal });

  const out = resolve(options.out);
  const reportDir = options.reports === undefined ? null : resolve(options.reports);
  // A row that was made without its report is not done for a scan that wants one.
  const kind = `findings ${model.value.card.id} ${modelSha256(model.value)} ${reportDir ?? ''}`;
  const partial =
    place.value === 'file' ? await openPartialFile(out, kind) : ok(streamedRows(options.out));
  if (!partial.ok) return partial;
  const reporting =
    reportDir === null ? null : await openReportingScan(bench, model.value, reportDir, signal);
  if (reporting && !reporting.ok) {
    await partial.value.close();
    return reporting;
  }
  const rows = new Array<ScanRow>(paths.length);
  const fingerprints = new Map<string, string>();
  const progress = createProgress();
  try {
    const scanned = await scanRecords({
      paths,
      workers: options.workers,
      signal,
      analyse: (path) =>
        reporting ? reporting.value.analyse(path) : analyseOnly(bench, path, model.value, signal),
      async known(path) {
        const fingerprint = await recordFingerprint(path, recordings);
        fingerprints.set(path, fingerprint);
        return partial.value.known(path, fingerprint);
      },
      async onRow(row, index, wasKnown) {
        rows[index] = row;
        if (!wasKnown) await partial.value.append(fingerprints.get(row.path) ?? 'missing', row);
      },
      onProgress({ done, total, failed, current, recordsPerS, remainingS }) {
        const left = remainingS === null ? '' : `, ${durationText(remainingS)} left`;
        const errors = failed > 0 ? `, ${failed} failed` : '';
        progress.update(
          `${done} of ${total} records${errors}, ${recordsPerS.toFixed(1)}/s${left}  ${current ?? ''}`,
        );
      },
    });
    if (!scanned.ok) return scanned;
    const finished = await partial.value.finish(contentOf(rows, options.format));
    return finished.ok ? ok({ rows, unsearched: problems.length }) : finished;
  } finally {
    progress.end();
    await reporting?.value.close();
    await partial.value.close();
  }
}

async function analyseOnly(
  bench: Workbench,
  path: string,
  model: ModelFiles,
  signal: AbortSignal,
): Promise<Result<ScanRow>> {
  const analysed = await analyseRecord({ ...bench, path, model, lead: null, signal });
  if (!analysed.ok) return analysed;
  const { info, plan, findings } = analysed.value;
  return ok(resultRow(path, model, { info, findings, lead: plan.lead?.name ?? null }));
}

/** Rows for what is no file: there is nothing to go on from, and all of them are written at the end. */
function streamedRows(out: string): PartialFile {
  return {
    known: () => null,
    append: () => Promise.resolve(),
    finish: (content) => writeOutput(out, content),
    close: () => Promise.resolve(),
  };
}

function* contentOf(
  rows: readonly ScanRow[],
  format: Options['format'],
): Iterable<string | Uint8Array> {
  if (format === 'parquet') return yield scanParquet(rows);
  if (format === 'csv') yield `${SCAN_CSV_HEADER}\r\n`;
  for (const row of rows) {
    yield format === 'csv' ? `${scanCsvLine(row)}\r\n` : `${JSON.stringify(row)}\n`;
  }
}
