/**
 * `node scripts/run-ts.mjs scripts/train/beats.ts --db DB [--db DB2] [--run DIR] [--out DIR]`: prepare, cross-validate by
 * patient, train, export and check parity of the default model, `beat-attention`.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { prepareBeatTensors } from '../../src/core/analysis/beat-prepare';
import { MITDB_PACED } from '../../src/core/evaluation/databases';
import { selectRecords } from '../../src/core/evaluation/select-records';
import { projectDir } from '../../src/core/processes/entries';
import { checkBeatParity } from './beat-parity';
import { PARITY_LIMIT } from './evidence';
import { findPython, runCommand, trainingDir } from './python';

interface Options {
  db: string[];
  folds: string;
  epochs: string;
  members: string;
  threads: string;
  run: string;
  out?: string;
}

const project = projectDir();
const command = new Command('train beats')
  .requiredOption('--db <dir...>', 'folders of WFDB records with reference annotations')
  .option('--folds <n>', 'folds of the cross-validation by patient', '5')
  .option('--epochs <n>', 'epochs of every training', '12')
  .option('--members <n>', 'networks whose answers the shipped model averages', '3')
  .option('--threads <n>', 'threads of PyTorch', '1')
  .option('--run <dir>', 'tensors and weights', join('training', 'runs', 'beat-attention'))
  .option('--out <dir>', 'where model and card go (default: model/ in the run folder)')
  .parse(process.argv.slice(2), { from: 'user' });

try {
  await train(command.opts<Options>());
} catch (error) {
  console.error(`train: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function train(options: Options): Promise<void> {
  const python = findPython(project);
  if (!python) {
    throw new Error(
      'no Python with PyTorch and NumPy; see training/README.md, or name one in FIDUCIAL_PYTHON',
    );
  }
  const run = resolve(options.run);
  const out = resolve(options.out ?? join(run, 'model'));
  const tensors = join(run, 'tensors');
  const headerPaths: string[] = [];
  for (const db of options.db) {
    const found = await selectRecords(db, null);
    if (!found.ok) throw new Error(found.error.message);
    // Paced beats are a class that EC57 leaves out; the model does not learn them as Q.
    headerPaths.push(
      ...found.value.headerPaths.filter(
        (path) => !MITDB_PACED.some((name) => path.endsWith(`${name}.hea`)),
      ),
    );
  }
  const prepared = await prepareBeatTensors({
    headerPaths,
    outDir: tensors,
    onRecord: (done, record, problem) =>
      console.log(`  ${done}/${headerPaths.length} ${record} ${problem?.message ?? ''}`.trimEnd()),
  });
  if (!prepared.ok) throw new Error(prepared.error.message);

  const inTraining = { cwd: trainingDir(project) };
  const common = ['--data', tensors, '--epochs', options.epochs, '--threads', options.threads];
  await runCommand(
    python,
    ['-m', 'beat_attention.crossval', ...common, '--out', run, '--folds', options.folds],
    inTraining,
  );
  await runCommand(
    python,
    [
      ...['-m', 'beat_attention.train', ...common, '--answers', join(run, 'answers.pkl')],
      ...['--members', options.members, '--weights', run, '--parity', run, '--out', out],
    ],
    inTraining,
  );

  const difference = await checkBeatParity(join(out, 'beat-attention.json'), run);
  const text = Object.entries(difference).map(
    ([name, value]) => `${name} ${value.toExponential(1)}`,
  );
  console.log(`Largest differences from PyTorch on real beats: ${text.join(', ')}`);
  if (!Object.values(difference).every((value) => value <= PARITY_LIMIT)) {
    throw new Error('the exported graph does not agree with PyTorch');
  }
  const card = JSON.parse(await readFile(join(out, 'beat-attention.json'), 'utf8')) as {
    id: string;
  };
  console.log(`Model ${card.id} and its card in ${out}`);
}
