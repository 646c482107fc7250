import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { LabelScheme, type Failure } from '../../shared/domain';
import { createModels } from '../../core/analysis/models';
import { evaluate, type Evaluation } from '../../core/evaluation/evaluate';
import { htmlReport } from '../../core/evaluation/html-report';
import { parseRecordList, selectRecords } from '../../core/evaluation/select-records';
import { textReport } from '../../core/evaluation/text-report';
import { projectDir } from '../../core/processes/entries';
import { createLocalInference } from '../../core/processes/local-inference';
import { createInlinePool } from '../../core/workers/inline-pool';

interface Options {
  model?: string;
  models: string;
  scheme?: string;
  split?: string;
  annotator: string;
  draws: string;
  seed: string;
  html?: string;
  json?: boolean;
}

/** `fiducial evaluate DB`: how well a model agrees with the reference annotations of a database. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('compare a model with the reference annotations of a database')
    .argument('<database>', 'folder of WFDB records with reference annotations')
    .option('--model <id>', "model to evaluate (default: the viewer's default model)")
    .option('--models <dir>', 'folder of models', join(projectDir(), 'resources', 'models'))
    .option('--scheme <scheme>', `${LabelScheme.options.join(', ')} (default: the model's own)`)
    .option(
      '--split <list>',
      'records: ds1, ds2, paced, names with commas between, or a file of names',
    )
    .option('--annotator <name>', 'extension of the annotation files', 'atr')
    .option('--draws <n>', 'draws of the bootstrap', '1000')
    .option('--seed <n>', 'seed of the bootstrap', '1')
    .option('--html <file>', 'also write a page with plots')
    .option('--json', 'print everything as JSON')
    .action(async (database: string, options: Options, command: Command) => {
      const usage = (message: string): never => command.error(`error: ${message}`, { exitCode: 2 });
      const scheme = LabelScheme.optional().safeParse(options.scheme);
      if (!scheme.success) usage(`--scheme is one of ${LabelScheme.options.join(', ')}`);
      const draws = Number(options.draws);
      const seed = Number(options.seed);
      if (!(Number.isInteger(draws) && draws >= 1)) usage('--draws is a whole number from 1 on');
      if (!Number.isInteger(seed)) usage('--seed is a whole number');

      const fail = ({ message }: Failure): void => {
        console.error(`fiducial evaluate: ${message}`);
        process.exitCode = 1;
      };
      const records = options.split ? await parseRecordList(options.split) : null;
      if (records && !records.ok) return fail(records.error);
      const selected = await selectRecords(database, records?.value ?? null);
      if (!selected.ok) return fail(selected.error);
      selected.value.problems.forEach(fail);
      const model = await createModels(options.models, () => null).find(options.model ?? null);
      if (!model.ok) return fail(model.error);

      const pool = createInlinePool();
      const inference = createLocalInference();
      try {
        const total = selected.value.headerPaths.length;
        const result = await evaluate({
          headerPaths: selected.value.headerPaths,
          model: model.value,
          ...(scheme.data ? { scheme: scheme.data } : {}),
          annotator: options.annotator,
          pool,
          inference,
          bootstrap: { draws, seed },
          onRecord: (done, record, problem) => {
            process.stderr.write(
              `${done}/${total} ${record}${problem ? ` ${problem.message}` : ''}\n`,
            );
          },
        });
        if (!result.ok) return fail(result.error);
        if (result.value.problems.length > 0) process.exitCode = 1;
        if (options.html) await writeFile(options.html, htmlReport(result.value));
        console.log(options.json ? asJson(result.value) : textReport(result.value));
      } finally {
        await inference.close();
        await pool.close();
      }
    });
}

/** JSON has no NaN: JSON.stringify writes figures that are not defined as null. */
function asJson(evaluation: Evaluation): string {
  return JSON.stringify(evaluation, null, 2);
}
