import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { prepareBeatTensors } from '../../src/core/training-data/beat-prepare';
import { BEAT_FEATURE_VERSION } from '../../src/core/beats/features';
import { loadModel } from '../../src/core/inference/load-models';
import { checkBeatParity } from './beat-parity';
import { dropOtherNetworks } from './drop-other-networks';
import { PARITY_LIMIT } from './evidence';
import { runCommand, trainingDir } from './python';
import { writeTrainedOn, type Learned } from './write-trained-on';
import {
  chooseRecords,
  evaluateModel,
  exponent,
  placesFor,
  project,
  reportRecord,
  step,
  valueOf,
  type TrainOptions,
} from './stages';

const FOLDS = '5';
const EPOCHS = '22';
const CARD = 'beat-attention.json';

/** The default model, from records to an evaluated model. @throws Error with a sentence for a person */
export async function trainBeatAttention(
  given: TrainOptions,
  recipe: readonly string[],
): Promise<void> {
  const { python, run, tensors, out } = placesFor('beat-attention', given);
  const inTraining = { cwd: trainingDir(project) };
  await runCommand(python, ['-c', 'from common.ready import ready; ready()'], inTraining);
  const { records, learned } = await prepareBeats(given, tensors);

  const common = ['--data', tensors, '--epochs', given.epochs ?? EPOCHS, ...recipe];
  await dropOtherNetworks(run, join(inTraining.cwd, 'beat_attention'), [
    `features ${BEAT_FEATURE_VERSION}`,
    ...common,
    ...records,
  ]);
  step(`Cross-validate with ${python}`);
  await runCommand(
    python,
    [
      ...['-m', 'beat_attention.crossval', ...common, '--out', run],
      ...['--folds', given.folds ?? FOLDS, '--members', given.members],
      ...['--jobs', given.jobs],
    ],
    inTraining,
  );
  step('Train and export');
  await mkdir(out, { recursive: true });
  await runCommand(
    python,
    [
      ...['-m', 'beat_attention.train', ...common, '--answers', join(run, 'answers.pkl')],
      ...['--members', given.members, '--model-version', given.modelVersion],
      ...['--jobs', given.jobs],
      ...['--weights', run, '--parity', run, '--out', out],
    ],
    inTraining,
  );
  // Of a set of strips some may be left out, so that they do not drown the others; the card names who was not.
  const named = new Set(valueOf(await loadModel(join(out, CARD))).card.training.records);
  const told = await writeTrainedOn(
    out,
    learned.filter(({ name }) => named.has(name)),
    null,
  );
  console.log(
    `Model and card in ${out}, and ${told} recordings that it is told to have learned from`,
  );

  await checkBeatModel(out, run, given, records);
}

/** What tensors were written of, by name, and where it lies. */
export interface PreparedRecords {
  readonly records: readonly string[];
  readonly learned: readonly Learned[];
}

/** Tensors of the chosen records, and what they are called. @throws Error as `trainBeatAttention` */
export async function prepareBeats(given: TrainOptions, outDir: string): Promise<PreparedRecords> {
  step('Prepare');
  const paths = await chooseRecords(given);
  const onRecord = reportRecord(paths.length);
  const prepared = valueOf(await prepareBeatTensors({ paths, outDir, onRecord }));
  const beats = prepared.records.reduce((sum, record) => sum + record.beats, 0);
  console.log(`${beats} beats of ${prepared.records.length} records`);
  const records = prepared.records.map(({ record }) => record);
  // The first of a name was taken.
  const learned = records.flatMap((name) => {
    const path = paths.find((one) => basename(one, '.hea') === name);
    return path === undefined ? [] : [{ path, name }];
  });
  return { records, learned };
}

/** Compares the exported model with PyTorch, and evaluates it. @throws Error where they do not agree */
export async function checkBeatModel(
  out: string,
  run: string,
  given: TrainOptions,
  records: readonly string[],
): Promise<void> {
  step('Parity');
  const difference = await checkBeatParity(join(out, CARD), run);
  const text = Object.entries(difference).map(([name, value]) => `${name} ${exponent(value)}`);
  console.log(`Largest differences from PyTorch on real beats: ${text.join(', ')}`);
  if (!Object.values(difference).every((value) => value <= PARITY_LIMIT)) {
    throw new Error('the exported graph does not agree with PyTorch');
  }

  if (!given.evaluate) return;
  step('Evaluate');
  await evaluateModel('beat-attention', out, given, records);
  await evaluateModel('beat-attention', out, given, records, '--beats');
}
