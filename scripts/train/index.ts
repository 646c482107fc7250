/**
 * `npm run train -- --db DB [--records LIST] [--epochs N] [--folds N] [--out DIR] [--run DIR] [-- RECIPE...]`: prepare,
 * train, export, parity and evaluate in one go. Killed and started again with the same options, training goes on
 * where it was. What follows `--` goes to `python -m attention_cnn train` as it is (see training/README.md).
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { MITDB_PACED } from '../../src/core/evaluation/databases';
import { prepareSegments } from '../../src/core/evaluation/prepare';
import { parseRecordList, selectRecords } from '../../src/core/evaluation/select-records';
import { trainingCard } from '../../src/core/evaluation/training-card';
import { TrainingResult } from '../../src/core/evaluation/training-result';
import { projectDir } from '../../src/core/processes/entries';
import type { Result } from '../../src/shared/domain';
import { checkParity, parityHolds } from './parity';
import { findPython, runCommand, trainingDir } from './python';

interface Options {
  db: string;
  records?: string;
  folds: string;
  epochs?: string;
  out?: string;
  run: string;
  modelVersion: string;
  evaluate: boolean;
}

/** What a trained model depends on. */
const TRAINING_SOURCES = [
  'training',
  'scripts/train',
  'src/core/dsp',
  'src/core/wfdb',
  'src/core/evaluation',
];
const project = projectDir();
const command = new Command('train')
  .requiredOption('--db <dir>', 'folder of WFDB records with reference annotations')
  .option(
    '--records <list>',
    'ds1, names with commas, or a file (default: all without paced beats)',
  )
  .option('--folds <n>', 'folds of the cross-validation by patient', '4')
  .option('--epochs <n>', 'length of the schedule; early stopping chooses within it')
  .option('--run <dir>', 'tensors and checkpoints', join('training', 'runs', 'attention-cnn'))
  .option('--out <dir>', 'where model and card go (default: model/ in the run folder)')
  .option('--model-version <text>', 'version on the card', '1.0.0')
  .option('--no-evaluate', 'leave out the evaluation of the final model')
  .argument('[recipe...]', 'after --: options of the recipe')
  .parse(process.argv.slice(2), { from: 'user' });

const options = command.opts<Options>();
try {
  await train(options, command.args);
} catch (error) {
  console.error(`train: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function train(given: Options, recipe: readonly string[]): Promise<void> {
  const python = findPython(project);
  if (!python) {
    throw new Error(
      'no Python with PyTorch and NumPy; see training/README.md, or name one in FIDUCIAL_PYTHON',
    );
  }
  const run = resolve(given.run);
  const out = resolve(given.out ?? join(run, 'model'));
  const tensors = join(run, 'tensors');
  const cli = join(project, 'bin', 'fiducial.mjs');
  if (given.evaluate && !existsSync(join(project, 'out', 'main', 'cli.js'))) {
    throw new Error('the evaluation needs the built application; run "npm run build" first');
  }

  step('Prepare');
  const headerPaths = await chooseRecords(given);
  const prepared = valueOf(
    await prepareSegments({
      headerPaths,
      outDir: tensors,
      onRecord: (done, record, problem) =>
        console.log(
          `  ${done}/${headerPaths.length} ${record} ${problem?.message ?? ''}`.trimEnd(),
        ),
    }),
  );
  const records = [...new Set(prepared.segments.map(({ record }) => record))];
  console.log(`${prepared.segments.length} segments of ${records.length} records`);

  step(`Train with ${python}`);
  const epochs = given.epochs === undefined ? [] : ['--epochs', given.epochs];
  const module = ['-m', 'attention_cnn'];
  const inTraining = { cwd: trainingDir(project) };
  await runCommand(
    python,
    [
      ...module,
      'train',
      '--segments',
      tensors,
      '--run',
      run,
      '--commit',
      commit(),
      '--folds',
      given.folds,
      ...epochs,
      ...recipe,
    ],
    inTraining,
  );

  step('Export');
  const result = TrainingResult.parse(
    JSON.parse(await readFile(join(run, 'training.json'), 'utf8')),
  );
  const card = trainingCard(result, { version: given.modelVersion });
  const cardPath = join(run, 'card.json');
  await mkdir(out, { recursive: true });
  await writeFile(cardPath, JSON.stringify(card));
  await runCommand(
    python,
    [...module, 'export', '--run', run, '--card', cardPath, '--segments', tensors, '--out', out],
    inTraining,
  );
  console.log(`Model and card in ${out}`);

  step('Parity');
  const parity = await checkParity(join(out, 'attention-cnn.json'), run);
  console.log(
    `Largest differences on ${parity.segments} segments: from PyTorch, probability ${exponent(parity.probability)}, attention ${exponent(parity.attention)}; scan from explain graph ${exponent(parity.scan)}; evidence + bias from margin ${exponent(parity.evidence)}`,
  );
  if (!parityHolds(parity))
    throw new Error('the exported graphs do not agree with PyTorch, or with themselves');

  if (!given.evaluate) return;
  step('Evaluate');
  await runCommand(
    process.execPath,
    [cli, 'evaluate', given.db, '--model', 'attention-cnn', '--split', records.join(',')],
    { env: { ...process.env, FIDUCIAL_MODELS: out } },
  );
}

async function chooseRecords({ db, records }: Options): Promise<readonly string[]> {
  if (records !== undefined) {
    const list = valueOf(await parseRecordList(records));
    const selected = valueOf(await selectRecords(db, list));
    // A list names what has to be there: training on less would be another model.
    if (selected.problems[0]) throw new Error(selected.problems[0].message);
    return selected.headerPaths;
  }
  const { headerPaths } = valueOf(await selectRecords(db, null));
  return headerPaths.filter((path) => !MITDB_PACED.some((name) => path.endsWith(`${name}.hea`)));
}

/** The commit that trains, marked where the working tree differs from it. */
function commit(): string {
  const git = (...args: string[]): string =>
    spawnSync('git', args, { cwd: project, encoding: 'utf8' }).stdout?.trim() ?? '';
  const head = git('rev-parse', 'HEAD');
  if (!head) return 'unknown';
  return git('status', '--porcelain', '--', ...TRAINING_SOURCES) ? `${head} with changes` : head;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function step(title: string): void {
  console.log(`\n== ${title} ==`);
}

function exponent(value: number): string {
  return value.toExponential(1);
}
