import { Command } from 'commander';
import {
  analyseRecord,
  findRecords,
  recordVerdict,
  resultRow,
  stageUpload,
  statedPath,
  teachingOf,
  type Workbench,
} from '../../core/workbench';
import { err, ok, type Result, type Segment, type Warning } from '../../shared/domain';
import { statedOf, withAnalysisOptions, type AnalysisOptions } from '../lib/analysis-options';
import { EXIT } from '../lib/exit-codes';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { notWith, withOptionRules } from '../lib/option-rules';
import { warn } from '../lib/warn';
import { createProgress } from '../lib/progress';
import { withWorkbench } from '../lib/workbench';

interface Options extends AnalysisOptions {
  header?: string;
  model?: string;
  json?: boolean;
}

/** `fiducial predict FILE`: Normal or Abnormal, for one record. */
export function predictCommand(): Command {
  const command = withAnalysisOptions(
    new Command('predict')
      .description('print Normal or Abnormal for one record, with its probability')
      .argument('<file>', 'a record, its header, or a .dat file')
      .option('--header <file>', 'header (.hea) of a .dat file that lies elsewhere')
      .option('--model <id>', 'model to use (default: as in the settings)')
      .option('--json', 'print the answer with every segment as JSON')
      .addHelpText(
        'after',
        `
A record is Abnormal as soon as one readable 10-second segment is; its probability is that of the most
abnormal segment. Without any readable segment it is Unreadable. A .dat without a header is read as
MIT-BIH's are: format 212, 2 signals, 360 Hz (--fs), 200 ADU/mV (--gain), baseline 1024.`,
      )
      .action(async (file: string, options: Options) => {
        // Whatever ends the process before its time ends no success.
        process.exitCode = EXIT.someFailed;
        process.exitCode = await interruptible((signal) =>
          withWorkbench(async (bench) => {
            const answer = await predict(file, options, bench, signal);
            if (!answer.ok) return fail(answer.error);
            const { verdict, probability } = answer.value;
            if (!options.json) {
              warn(answer.value.record, [...answer.value.warnings, ...unread(answer.value)]);
            }
            if (options.json) console.log(JSON.stringify(answer.value));
            else
              console.log(probability === null ? verdict : `${verdict} ${probability.toFixed(4)}`);
            return verdict === 'Unreadable' ? EXIT.someFailed : EXIT.done;
          }),
        );
      }),
  );
  // A header states both.
  return withOptionRules(command, [notWith('--header', '--fs', '--gain')]);
}

async function predict(file: string, options: Options, bench: Workbench, signal: AbortSignal) {
  const model = await bench.models.find(options.model ?? null);
  if (!model.ok) return model;
  const header = await headerFor(file, options, signal);
  if (!header.ok) return header;
  const progress = createProgress();
  try {
    const analysed = await analyseRecord({
      ...bench,
      path: header.value.path,
      model: model.value,
      lead: options.lead ?? null,
      signal,
      onProgress: (done) => progress.update(`${Math.round(100 * done)} % analysed`),
    });
    if (!analysed.ok) return analysed;
    const { info, plan, findings, result } = analysed.value;
    const teaching = teachingOf({ ...findings, unlike: result.unlike ?? null, other: null });
    const { card } = model.value;
    return ok({
      ...resultRow(file, model.value, { info, findings, teaching, lead: plan.lead?.name ?? null }),
      ...recordVerdict(findings.segments),
      modelVersion: card.version,
      warnings: [...header.value.warnings, ...info.warnings],
    });
  } finally {
    progress.end();
    await header.value.remove();
  }
}

interface RecordAnswer {
  readonly verdict: string;
  readonly segments: readonly Pick<Segment, 'verdict' | 'reason'>[];
}

/** A verdict speaks for the segments that could be judged: it never stands alone where some could not. */
function unread({ verdict, segments }: Pick<RecordAnswer, 'verdict' | 'segments'>): Warning[] {
  const left = segments.filter((segment) => segment.verdict === 'Unreadable');
  if (left.length === 0 || verdict === 'Unreadable') return [];
  const reasons = [...new Set(left.map(({ reason }) => reason ?? 'not judged'))].join(', ');
  const message = `${left.length} of ${segments.length} segments are Unreadable (${reasons}); the verdict speaks for the others.`;
  return [{ code: 'unreadable-segments', message }];
}

interface Staged {
  readonly path: string;
  readonly warnings: readonly { code: string; message: string }[];
  remove(): Promise<void>;
}

async function headerFor(
  file: string,
  options: Options,
  signal: AbortSignal,
): Promise<Result<Staged>> {
  const { header, fs, gain } = options;
  if (header !== undefined) return stageUpload({ signalPath: file, headerPath: header });
  const found = await findRecords([file], signal);
  if (!found.ok) return found;
  const { paths, folders, problems } = found.value;
  if (folders.length > 0) {
    return err('bad-input', `${file} is a folder; "fiducial scan" analyses folders.`);
  }
  if (paths[0]) {
    const path = statedPath(paths[0], statedOf(options));
    return ok({ path, warnings: [], remove: async () => undefined });
  }
  if (problems[0]?.code === 'unknown-format') {
    const layout = { ...(fs === undefined ? {} : { fs }), ...(gain === undefined ? {} : { gain }) };
    return stageUpload({ signalPath: file, headerPath: null, layout });
  }
  return {
    ok: false,
    error: problems[0] ?? { code: 'not-found', message: `${file} does not exist.` },
  };
}
