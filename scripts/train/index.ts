/**
 * `npm run train -- --db DB [--db DB2] [--model ID] [--records LIST] [--epochs N] [--folds N] [--out DIR] [--run DIR]
 * [--start-from MODEL] [-- RECIPE...]`: prepare, train, export, parity and evaluate in one go (see training/README.md). Killed and started
 * again with the same options, training goes on where it was. What follows `--` goes to the training as it is.
 */
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { trainAttentionCnn } from './attention-cnn';
import { trainBeatAttention } from './beat-attention';
import { trainFurther } from './further';
import type { TrainOptions } from './stages';

const command = new Command('train')
  .requiredOption('--db <dir...>', 'folders of WFDB records with reference annotations')
  .addOption(
    new Option('--model <id>', 'what to train')
      .choices(['attention-cnn', 'beat-attention', 'both'])
      .default('attention-cnn'),
  )
  .option(
    '--records <list>',
    'ds1, names with commas, or a file (default: all without paced beats)',
  )
  .option(
    '--folds <n>',
    'folds of the cross-validation by patient (default: 4 for attention-cnn, 5 for beat-attention)',
  )
  .option(
    '--epochs <n>',
    'attention-cnn: length of the schedule, within which early stopping chooses; beat-attention: of every training (default: 24)',
  )
  .option('--members <n>', 'beat-attention: networks whose answers are averaged', '3')
  .option('--jobs <n>', 'beat-attention: networks trained at the same time', '1')
  .option(
    '--start-from <model>',
    "beat-attention: folder or card of a model that is trained further; databases of readers' decisions (fiducial dataset) are learned, the others replayed",
  )
  .option('--steps <n>', 'with --start-from: batches per network (default: 300)')
  .option('--run <dir>', 'tensors and checkpoints (default: training/runs/MODEL)')
  .option('--out <dir>', 'where model and card go (default: model/ in the run folder)')
  .option('--model-version <text>', 'version on the card', '1.0.0')
  .option('--no-evaluate', 'leave out the evaluation of the final model')
  .argument('[recipe...]', 'after --: options of the training')
  .parse(process.argv.slice(2), { from: 'user' });

try {
  await train(command.opts<TrainOptions>(), command.args);
} catch (error) {
  console.error(`train: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function train(options: TrainOptions, recipe: readonly string[]): Promise<void> {
  if (options.startFrom !== undefined) return trainFurther(options, recipe);
  if (options.model === 'beat-attention') return trainBeatAttention(options, recipe);
  if (options.model === 'attention-cnn') return trainAttentionCnn(options, recipe);
  // Each in a folder of its own; what follows -- would have to suit both.
  if (recipe.length > 0) throw new Error('what follows -- is for one model; name it with --model');
  const inOwnFolder = (model: string): TrainOptions =>
    options.run === undefined ? options : { ...options, run: join(options.run, model) };
  await trainAttentionCnn(inOwnFolder('attention-cnn'), []);
  await trainBeatAttention(inOwnFolder('beat-attention'), []);
}
