import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { NOT_KEPT, PRIORITIES, queueScanner, SCAN_FORMATS } from '../../core/service';
import type { FileScan } from '../../core/scan/scan-to-file';
import type { ScanProgress } from '../../core/scan/scan-records';
import { ok, type Result } from '../../shared/domain';
import type { ScanRow } from '../../core/scan/scan-row';
import { statedOf, withAnalysisOptions, type AnalysisOptions } from '../lib/analysis-options';
import { EXIT } from '../lib/exit-codes';
import { checkFolder, checkOutput } from '../lib/check-output';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { notWith, onlyWith, withOptionRules } from '../lib/option-rules';
import { positiveInteger } from '../lib/options';
import { createProgress, durationText } from '../lib/progress';
import { QUEUE_HELP, readQueueAddress } from '../lib/queue-options';
import { summaryOf, summaryText } from '../lib/scan-summary';
import { version } from '../lib/version';
import { withService } from '../lib/with-service';
import { STDOUT, writeOutput } from '../lib/write-output';

interface Options extends AnalysisOptions {
  out: string;
  format: (typeof SCAN_FORMATS)[number];
  workers: number;
  model?: string;
  reports?: string;
  store: boolean;
  queue?: string;
  ahead: number;
  priority: keyof typeof PRIORITIES;
  json?: boolean;
}

/** `fiducial scan PATH... --out FILE`: every record of a folder, one row each. */
export function scanCommand(): Command {
  const command = withAnalysisOptions(
    new Command('scan')
      .description('analyse every record under the given paths and write one row per record')
      .argument('<path...>', 'folders, records or headers')
      .requiredOption(
        '--out <file>',
        'file to write, or - for standard output; a killed scan goes on from <file>.partial',
      )
      .addOption(
        new Option('--format <format>', 'one JSON object, line of CSV or row of Parquet per record')
          .choices(SCAN_FORMATS)
          .default('jsonl'),
      )
      .option(
        '--workers <n>',
        'records at work at a time',
        positiveInteger('--workers'),
        Math.min(4, availableParallelism()),
      )
      .option('--model <id>', 'model to use (default: as in the settings)')
      .option('--reports <dir>', 'also write the PDF report of every record into this folder')
      .option('--no-store', 'keep nothing: the viewer will not know what was found')
      .option('--queue <address>', 'let the workers of a queue read the recordings')
      .option(
        '--ahead <n>',
        'with --queue: recordings in the queue at a time',
        positiveInteger('--ahead', 100_000),
        1000,
      )
      .addOption(
        new Option('--priority <priority>', 'with --queue: before or after other scans')
          .choices(Object.keys(PRIORITIES))
          .default('normal'),
      )
      .option('--json', 'print the summary as JSON')
      .addHelpText(
        'after',
        `
What is found is kept where the viewer keeps it, so that every record opens at once there, and is found again instead
of analysed again; rows carry decisions that a reader made.
Exit code 0: every record has a result; 1: some have an error row; 130: stopped by Ctrl-C.

Without a store (--no-store, --queue) no settings are read: model and thresholds are the defaults.

With --queue "fiducial worker" reads the recordings, on machines that see them under the same paths. Rows are those of a scan
with --no-store. A scan that was stopped or killed goes on with the same command, and finds what was read meanwhile.
${QUEUE_HELP}`,
      )
      .action(async (paths: string[], options: Options) => {
        // Whatever ends the process before its time ends no success.
        process.exitCode = EXIT.someFailed;
        process.exitCode = await interruptible((signal) => scan(paths, options, signal));
      }),
  );
  return withOptionRules(command, [
    onlyWith('--queue', '--ahead', '--priority'),
    notWith('--queue', '--workers'),
  ]);
}

async function scan(
  given: readonly string[],
  options: Options,
  signal: AbortSignal,
): Promise<number> {
  const { out, format, workers, reports } = options;
  const place = await checkOutput(out, given);
  if (!place.ok) return fail(place.error);
  const folder = reports === undefined ? null : await checkFolder(reports);
  if (folder && !folder.ok) return fail(folder.error);
  const elsewhere = scannerOf(options);
  if (!elsewhere.ok) return fail(elsewhere.error);
  const progress = createProgress();
  let unsearched = 0;
  const rows = await withService(
    (service) =>
      service.scanToFile({
        given,
        modelId: options.model ?? null,
        lead: options.lead ?? null,
        stated: statedOf(options),
        out,
        stream: place.value === 'file' ? null : (content) => writeOutput(out, content),
        format,
        workers,
        reportDir: folder?.value ?? null,
        ...elsewhere.value,
        signal,
        onProblem({ message }) {
          unsearched += 1;
          console.error(`fiducial: ${message}`);
        },
        onProgress: (state) => progress.update(progressText(state)),
      }),
    { analysesAtATime: workers, store: options.store && !options.queue ? 'may' : 'no' },
  );
  progress.end();
  if (!rows.ok) return fail(rows.error);
  sayUnkept(rows.value);
  const summary = summaryOf(rows.value);
  const said = options.json ? JSON.stringify(summary) : summaryText(summary, out);
  // Rows on standard output stand alone.
  if (out === STDOUT) console.error(said);
  else console.log(said);
  return summary.failed + unsearched > 0 ? EXIT.someFailed : EXIT.done;
}

/** The scanner of a queue, where one is named. */
function scannerOf({ queue, out, ahead, priority }: Options): Result<Pick<FileScan, 'scanner'>> {
  if (queue === undefined) return ok({});
  const address = readQueueAddress(queue);
  if (!address.ok) return address;
  const scanner = queueScanner({
    address: address.value,
    version: version(),
    out,
    ahead,
    priority,
  });
  return ok({ scanner });
}

/** Once for all of them: what a full or locked store did not take is for the same reason. */
function sayUnkept(rows: readonly ScanRow[]): void {
  const unkept = rows.flatMap(({ warnings }) => warnings.filter(({ code }) => code === NOT_KEPT));
  if (unkept[0]) console.error(`fiducial: ${unkept.length} records: ${unkept[0].message}`);
}

function progressText(state: ScanProgress): string {
  const { done, total, failed, current, recordsPerS, remainingS } = state;
  const left = remainingS === null ? '' : `, ${durationText(remainingS)} left`;
  const who = state.workers === undefined ? '' : `, workers: ${state.workers ?? 'unknown'}`;
  const errors = failed > 0 ? `, ${failed} failed` : '';
  return `${done} of ${total} records${errors}, ${recordsPerS.toFixed(1)}/s${left}${who}  ${current ?? ''}`;
}
