import { Command } from 'commander';
import { table } from '../../core/workbench';
import { err, LabelScheme, type Result, type Warning } from '../../shared/domain';
import { EXIT } from '../lib/exit-codes';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import {
  prepareTensors,
  TENSOR_MODELS,
  type PreparedTensors,
  type TensorModel,
} from '../lib/prepare-tensors';
import { createProgress } from '../lib/progress';
import { selectAnnotated } from '../lib/select-annotated';

interface Options {
  out: string;
  model: string;
  records?: string;
  scheme?: string;
  annotator: string;
  json?: boolean;
}

/** `fiducial prepare DB... --out DIR`: training tensors from the application's own signal chain. */
export function prepareCommand(): Command {
  return new Command('prepare')
    .description('write the training tensors of annotated databases')
    .argument('<database...>', 'folders of WFDB records with reference annotations')
    .requiredOption('--out <dir>', 'folder to write to; made if absent')
    .option('--model <id>', `what to prepare for: ${TENSOR_MODELS.join(', ')}`, 'attention-cnn')
    .option('--records <list>', 'ds1, ds2, paced, names with commas, or a file of names')
    .option(
      '--scheme <scheme>',
      `with attention-cnn, labels to count: ${LabelScheme.options.join(', ')} (default: majority)`,
    )
    .option('--annotator <name>', 'extension of the annotation files', 'atr')
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      `
attention-cnn: segments.f32 and other-leads.f32 (standardised 10 s windows, one lead) and index.json.
beat-attention: a folder of NumPy files per record (detected beats, their windows and labels) and index.json.
strip-rhythm: strips.i16 (strips as they are, longer records in strips of 30 s, where the rhythm is known) and index.json.
Files appear once all are complete. Exit code 0: every record was written; 1: some were left out.`,
    )
    .action(async (databases: string[], options: Options) => {
      const result = await interruptible((signal) => run(databases, options, signal));
      if (!result.ok) {
        process.exitCode = fail(result.error);
        return;
      }
      const { rows, ...written } = result.value;
      for (const problem of written.problems) fail(problem);
      if (written.problems.length > 0) process.exitCode = EXIT.someFailed;
      console.log(options.json ? JSON.stringify(written) : table(rows));
    });
}

async function run(
  databases: readonly string[],
  options: Options,
  signal: AbortSignal,
): Promise<Result<PreparedTensors & { readonly warnings: readonly Warning[] }>> {
  const model = TENSOR_MODELS.find((name) => name === options.model);
  if (!model) return err('bad-input', `--model is ${TENSOR_MODELS.join(', ')}.`);
  const scheme = schemeFor(model, options.scheme);
  if (!scheme.ok) return scheme;
  const { annotator } = options;
  const selected = await selectAnnotated(
    databases,
    options.records,
    async () => [annotator],
    signal,
  );
  if (!selected.ok) return selected;
  const { paths, problems, warnings } = selected.value;
  const progress = createProgress();
  const prepared = await prepareTensors(model, {
    paths,
    outDir: options.out,
    scheme: scheme.value,
    annotator,
    signal,
    onRecord: (done) => progress.update(`preparing: ${done} of ${paths.length} records`),
  });
  progress.end();
  if (!prepared.ok) return prepared;
  return {
    ok: true,
    value: { ...prepared.value, problems: [...problems, ...prepared.value.problems], warnings },
  };
}

function schemeFor(model: TensorModel, wanted: string | undefined): Result<LabelScheme> {
  if (model !== 'attention-cnn' && wanted !== undefined) {
    return err('bad-input', '--scheme is for attention-cnn; the others take what is known.');
  }
  const scheme = LabelScheme.safeParse(wanted ?? 'majority');
  return scheme.success
    ? { ok: true, value: scheme.data }
    : err('bad-input', `--scheme is one of ${LabelScheme.options.join(', ')}.`);
}
