import { Command } from 'commander';
import { table } from '../../core/workbench';
import type { Dataset } from '../../core/training-data/from-reviews';
import { err, ok, type Result } from '../../shared/domain';
import { checkFolder } from '../lib/check-output';
import { EXIT } from '../lib/exit-codes';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { createProgress } from '../lib/progress';
import { withService } from '../lib/with-service';

interface Options {
  fromReviews: string;
  reader?: string;
  since?: string;
  withoutIdentity?: boolean;
  json?: boolean;
}

/** `fiducial dataset --from-reviews OUT`: what readers decided, as networks are trained on. */
export function datasetCommand(): Command {
  return new Command('dataset')
    .description('write reviewed recordings as WFDB records with what readers decided')
    .requiredOption('--from-reviews <dir>', 'folder to write to; made if absent')
    .option('--reader <name>', 'decisions of this reader alone (default: of all, the last counts)')
    .option('--since <date>', 'decisions of this day or later, as 2026-11-29')
    .option('--without-identity', 'leave out names, dates, comments and file names')
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      `
NAME.hea, NAME.dat, NAME.atr and NAME.mask.json of every recording that was decided on. The annotations are the beats and
rhythms that a reader set, saw or confirmed; "|" where a beat was taken out; rhythm (U where nobody decided. What is not
annotated is not known: "fiducial prepare", training and "fiducial compare" read that from the mask.
A recording that is there with the same decisions is left as it is, so that a run that was stopped goes on.
Exit code 0: everything was written; 1: some was not.`,
    )
    .action(async (options: Options) => {
      const written = await interruptible((signal) => write(options, signal));
      if (!written.ok) {
        process.exitCode = fail(written.error);
        return;
      }
      for (const { problem } of written.value.rows) if (problem) fail(problem);
      if (written.value.rows.some(({ problem }) => problem)) process.exitCode = EXIT.someFailed;
      console.log(options.json ? JSON.stringify(written.value) : text(written.value));
    });
}

async function write(options: Options, signal: AbortSignal): Promise<Result<Dataset>> {
  const since = options.since === undefined ? ok(null) : dayOf(options.since);
  if (!since.ok) return since;
  const folder = await checkFolder(options.fromReviews);
  if (!folder.ok) return folder;
  const progress = createProgress();
  const dataset = await withService((service) =>
    service.writeDataset({
      folder: folder.value,
      reader: options.reader ?? null,
      sinceMs: since.value,
      identity: options.withoutIdentity !== true,
      signal,
      onRecording: (done, total) => progress.update(`writing: ${done} of ${total} recordings`),
    }),
  );
  progress.end();
  return dataset;
}

/** Midnight at its beginning, in this machine's time. */
function dayOf(text: string): Result<number> {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const at = new Date(Number(year), Number(month) - 1, Number(day));
  return at.getMonth() === Number(month) - 1 && at.getDate() === Number(day)
    ? ok(at.getTime())
    : err('bad-input', `--since is a day as 2026-11-29, not "${text}".`);
}

function text({ folder, rows }: Dataset): string {
  const head = ['recording', 'record', 'state', 'beats', 'rhythms', 'segments'];
  const lines = rows.map(({ recording, name, state, beats, rhythms, segments }) => [
    ...[recording, name ?? '-', state],
    ...[beats, rhythms, segments].map(String),
  ]);
  return `${table([head, ...lines])}\n${folder}`;
}
