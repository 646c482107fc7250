import { Command } from 'commander';
import {
  beatTable,
  delineationTable,
  evaluate,
  htmlReport,
  markedAnnotators,
  textReport,
} from '../../core/workbench';
import type { Evaluation } from '../../core/evaluation/evaluate';
import { err, LabelScheme, ok, type Result, type Warning } from '../../shared/domain';
import { EXIT } from '../lib/exit-codes';
import { checkOutput } from '../lib/check-output';
import { fail } from '../lib/fail';
import { writeOutput } from '../lib/write-output';
import { evaluateBeats } from '../lib/evaluate-beats';
import { evaluateDelineation } from '../lib/evaluate-delineation';
import { evaluateExplain } from '../lib/evaluate-explain';
import { interruptible } from '../lib/interrupt';
import { notWith, onlyWith, withOptionRules } from '../lib/option-rules';
import { LEAD_HELP, leadIndex, positiveInteger, secondsFrom } from '../lib/options';
import { createProgress } from '../lib/progress';
import { selectAnnotated } from '../lib/select-annotated';
import { withWorkbench } from '../lib/workbench';

interface Options {
  model?: string;
  lead?: number;
  scheme?: string;
  split?: string;
  annotator?: string;
  draws: number;
  seed: number;
  html?: string;
  beats?: string | true;
  explain?: boolean;
  delineation?: boolean;
  most: number;
  from: number;
  json?: boolean;
}

/** `fiducial evaluate DB`: how well a model agrees with the reference annotations of a database. */
export function evaluateCommand(): Command {
  return withOptionRules(evaluation(), [
    notWith('--delineation', '--explain', '--beats', '--model', '--lead'),
    notWith('--explain', '--beats'),
    ...['--delineation', '--explain', '--beats'].map((other) =>
      notWith(other, '--scheme', '--draws', '--seed', '--html'),
    ),
    onlyWith('--explain', '--most'),
    onlyWith('--beats', '--from'),
    {
      options: ['--model'],
      counts: ({ beats = true }) => beats === true || beats === 'model',
      what: 'is for the beats of a model',
    },
    {
      options: ['--lead'],
      counts: ({ beats = true }) => beats === true || beats === 'model' || beats === 'detector',
      what: 'means nothing for beats of a file',
    },
  ]);
}

function evaluation(): Command {
  return new Command('evaluate')
    .description('compare a model with the reference annotations of a database')
    .argument('<database>', 'folder of WFDB records with reference annotations')
    .option('--model <id>', "model to evaluate (default: the viewer's)")
    .option('--lead <n>', LEAD_HELP, leadIndex)
    .option('--scheme <scheme>', `${LabelScheme.options.join(', ')} (default: the model's own)`)
    .option('--split <list>', 'records: ds1, ds2, paced, names with commas, or a file of names')
    .option(
      '--annotator <name>',
      'extension of the annotation files (default: atr; with --delineation those of the leads, or q1c)',
    )
    .option('--draws <n>', 'draws of the bootstrap', positiveInteger('--draws', 100_000), 1000)
    .option('--seed <n>', 'seed of the bootstrap', positiveInteger('--seed', 2 ** 31), 1)
    .option('--html <file>', 'also write a page with plots')
    .option(
      '--beats [source]',
      'compare beat by beat (EC57) instead: model, detector, or an annotator beside the records',
    )
    .option('--explain', "measure instead how far the model's overlays can be trusted")
    .option(
      '--most <n>',
      'with --explain: segments of a kind per record at most',
      positiveInteger('--most'),
      40,
    )
    .option(
      '--delineation',
      'compare instead where P, QRS and T begin, peak and end with marks by hand',
    )
    .option(
      '--from <seconds>',
      'with --beats: leave out the first seconds (EC57: 300)',
      secondsFrom('--from'),
      0,
    )
    .option('--json', 'print everything as JSON')
    .action(async (database: string, options: Options) => {
      if (options.delineation) {
        process.exitCode = await interruptible((signal) => delineation(database, options, signal));
        return;
      }
      if (options.explain) {
        process.exitCode = await interruptible((signal) => explain(database, options, signal));
        return;
      }
      if (options.beats !== undefined) {
        process.exitCode = await interruptible((signal) => compareBeats(database, options, signal));
        return;
      }
      const result = await interruptible((signal) => run(database, options, signal));
      if (!result.ok) {
        process.exitCode = fail(result.error);
        return;
      }
      if (result.value.problems.length > 0) process.exitCode = EXIT.someFailed;
      // JSON.stringify writes figures that are not defined (NaN) as null.
      const { value } = result;
      console.log(options.json ? JSON.stringify(value, null, 2) : textReport(value));
    });
}

async function compareBeats(
  database: string,
  options: Options,
  signal: AbortSignal,
): Promise<number> {
  const source = options.beats === true ? 'model' : options.beats!;
  const annotator = options.annotator ?? 'atr';
  const sources = [annotator, ...(source === 'model' || source === 'detector' ? [] : [source])];
  const selected = await selectAnnotated(database, options.split, async () => sources, signal);
  if (!selected.ok) return fail(selected.error);
  const report = await evaluateBeats({
    paths: selected.value.paths,
    source,
    modelId: options.model ?? null,
    annotator,
    lead: options.lead ?? null,
    fromS: options.from,
    signal,
  });
  if (!report.ok) return fail(report.error);
  const { warnings } = selected.value;
  const problems = [...selected.value.problems, ...report.value.problems];
  if (options.json) {
    const records = report.value.records.map(({ matrix, ...record }) => ({
      ...record,
      matrix: [...matrix],
    }));
    console.log(JSON.stringify({ ...report.value, records, problems, warnings }, null, 2));
  } else console.log(beatTable(report.value));
  for (const problem of problems) fail(problem);
  return problems.length > 0 ? EXIT.someFailed : EXIT.done;
}

async function delineation(
  database: string,
  options: Options,
  signal: AbortSignal,
): Promise<number> {
  const annotator = options.annotator ?? null;
  const selected = await selectAnnotated(
    database,
    options.split,
    async (recording) =>
      (await markedAnnotators(recording, annotator)).map((source) => source.annotator),
    signal,
  );
  if (!selected.ok) return fail(selected.error);
  const report = await evaluateDelineation({
    paths: selected.value.paths,
    annotator,
    signal,
  });
  if (!report.ok) return fail(report.error);
  const { warnings } = selected.value;
  const problems = [...selected.value.problems, ...report.value.problems];
  console.log(
    options.json
      ? JSON.stringify({ ...report.value, problems, warnings }, null, 2)
      : delineationTable(report.value),
  );
  for (const problem of problems) fail(problem);
  return problems.length > 0 ? EXIT.someFailed : EXIT.done;
}

async function explain(database: string, options: Options, signal: AbortSignal): Promise<number> {
  const annotator = options.annotator ?? 'atr';
  const selected = await selectAnnotated(database, options.split, async () => [annotator], signal);
  if (!selected.ok) return fail(selected.error);
  const explained = await evaluateExplain({
    paths: selected.value.paths,
    modelId: options.model ?? null,
    annotator,
    lead: options.lead ?? null,
    most: options.most,
    signal,
  });
  if (!explained.ok) return fail(explained.error);
  const { report, text } = explained.value;
  const { warnings } = selected.value;
  const problems = [...selected.value.problems, ...report.problems];
  console.log(options.json ? JSON.stringify({ ...report, problems, warnings }, null, 2) : text);
  for (const problem of problems) fail(problem);
  return problems.length > 0 ? EXIT.someFailed : EXIT.done;
}

async function run(
  database: string,
  options: Options,
  signal: AbortSignal,
): Promise<Result<Evaluation & { readonly warnings: readonly Warning[] }>> {
  const scheme = LabelScheme.optional().safeParse(options.scheme);
  if (!scheme.success) {
    return err('bad-input', `--scheme is one of ${LabelScheme.options.join(', ')}.`);
  }
  const place = options.html === undefined ? ok(null) : await checkOutput(options.html);
  if (!place.ok) return place;
  const annotator = options.annotator ?? 'atr';
  const selected = await selectAnnotated(database, options.split, async () => [annotator], signal);
  if (!selected.ok) return selected;
  const { paths, problems, warnings } = selected.value;
  const progress = createProgress();
  const result = await withWorkbench(async ({ pool, inference, models }) => {
    const model = await models.find(options.model ?? null);
    if (!model.ok) return model;
    return evaluate({
      paths,
      model: model.value,
      ...(scheme.data ? { scheme: scheme.data } : {}),
      annotator,
      lead: options.lead ?? null,
      pool,
      inference,
      bootstrap: { draws: options.draws, seed: options.seed },
      signal,
      onRecord: (done) => progress.update(`evaluating: ${done} of ${paths.length} records`),
    });
  });
  progress.end();
  if (!result.ok) return result;
  const evaluation = { ...result.value, problems: [...problems, ...result.value.problems] };
  if (options.html !== undefined) {
    const written = await writeOutput(options.html, [htmlReport(evaluation, warnings)]);
    if (!written.ok) return written;
  }
  return ok({ ...evaluation, warnings });
}
