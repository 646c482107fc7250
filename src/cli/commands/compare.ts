import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { compareModels, comparisonText, modelAt, type Workbench } from '../../core/workbench';
import type { ModelComparison } from '../../core/evaluation/compare-models';
import type { ModelFiles } from '../../core/inference/types';
import { ok, type Result, type Warning } from '../../shared/domain';
import { EXIT } from '../lib/exit-codes';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { positiveInteger } from '../lib/options';
import { createProgress } from '../lib/progress';
import { selectAnnotated } from '../lib/select-annotated';
import { withWorkbench } from '../lib/workbench';

interface Options {
  split?: string;
  annotator: string;
  draws: number;
  seed: number;
  json?: boolean;
}

/** `fiducial compare MODEL_A MODEL_B DB...`: what became better and worse from one network to another. */
export function compareCommand(): Command {
  return new Command('compare')
    .description('say what became better and worse from one model to another')
    .argument('<before>', "a model's id or key (fiducial model list), or its folder or card")
    .argument('<after>', 'the model to compare with it')
    .argument('<database...>', 'folders of WFDB records with reference annotations or decisions')
    .option('--split <list>', 'records: ds1, ds2, paced, names with commas, or a file of names')
    .option('--annotator <name>', 'extension of the annotation files', 'atr')
    .option('--draws <n>', 'draws of the bootstrap', positiveInteger('--draws', 100_000), 1000)
    .option('--seed <n>', 'seed of the bootstrap', positiveInteger('--seed', 2 ** 31), 1)
    .option('--json', 'print everything as JSON, every changed segment among it')
    .addHelpText(
      'after',
      `
Beats by class (EC57), segments by flag, ectopy and fibrillation, and every record; differences by paired bootstrap over
patients. Of records that readers decided in part (fiducial dataset), what was decided counts.
Exit code 0: every record was compared; 1: some were left out.`,
    )
    .action(async (before: string, after: string, databases: string[], options: Options) => {
      const compared = await interruptible((signal) =>
        compare([before, after], databases, options, signal),
      );
      if (!compared.ok) {
        process.exitCode = fail(compared.error);
        return;
      }
      const { value } = compared;
      for (const problem of value.problems) fail(problem);
      if (value.problems.length > 0) process.exitCode = EXIT.someFailed;
      console.log(options.json ? JSON.stringify(value, null, 2) : comparisonText(value));
    });
}

async function compare(
  [before, after]: readonly [string, string],
  databases: readonly string[],
  { split, annotator, draws, seed }: Options,
  signal: AbortSignal,
): Promise<Result<ModelComparison & { readonly warnings: readonly Warning[] }>> {
  const selected = await selectAnnotated(databases, split, async () => [annotator], signal);
  if (!selected.ok) return selected;
  const { paths, problems, warnings } = selected.value;
  const progress = createProgress();
  const compared = await withWorkbench(async (bench) => {
    const first = await modelOf(bench, before);
    if (!first.ok) return first;
    const second = await modelOf(bench, after);
    if (!second.ok) return second;
    const { pool, inference, recordings, settings } = bench;
    return compareModels({
      ...{ pool, inference, recordings, settings, signal, annotator, paths },
      models: [first.value, second.value],
      bootstrap: { draws, seed },
      onRecord: (done) => progress.update(`comparing: ${done} of ${paths.length} records`),
    });
  });
  progress.end();
  if (!compared.ok) return compared;
  return ok({ ...compared.value, problems: [...problems, ...compared.value.problems], warnings });
}

/** By id or key, or from where it lies. */
function modelOf({ models }: Workbench, named: string): Promise<Result<ModelFiles>> {
  return existsSync(named) ? modelAt(named) : models.find(named);
}
