import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { placesApart } from '../../src/core/recordings/places-apart';
import { prepareSegments } from '../../src/core/training-data/segment-prepare';
import { trainingCard } from '../../src/core/evaluation/training-card';
import { TrainingResult } from '../../src/core/evaluation/training-result';
import { checkParity, parityHolds } from './parity';
import { runCommand, trainingDir } from './python';
import { writeTrainedOn } from './write-trained-on';
import {
  chooseRecords,
  commitOf,
  evaluateModel,
  exponent,
  placesFor,
  project,
  reportRecord,
  step,
  valueOf,
  type TrainOptions,
} from './stages';

/** What a trained model depends on. */
const SOURCES = [
  'training',
  'scripts/train',
  'src/core/dsp',
  'src/core/formats/wfdb',
  'src/core/evaluation',
];

/** The reference network, from records to an evaluated model. @throws Error with a sentence for a person */
export async function trainAttentionCnn(
  given: TrainOptions,
  recipe: readonly string[],
): Promise<void> {
  const { python, run, tensors, out } = placesFor('attention-cnn', given);
  step('Prepare');
  const paths = await chooseRecords(given);
  const onRecord = reportRecord(paths.length);
  const prepared = valueOf(await prepareSegments({ paths, outDir: tensors, onRecord }));
  const records = [...new Set(prepared.segments.map(({ record }) => record))];
  console.log(`${prepared.segments.length} segments of ${records.length} records`);

  step(`Train with ${python}`);
  const module = ['-m', 'attention_cnn'];
  const inTraining = { cwd: trainingDir(project) };
  await runCommand(
    python,
    [
      ...[...module, 'train', '--segments', tensors, '--run', run],
      ...['--commit', commitOf(SOURCES), '--folds', given.folds ?? '4'],
      ...(given.epochs === undefined ? [] : ['--epochs', given.epochs]),
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
  const placeOf = placesApart(paths);
  const learned = paths.map((path) => ({
    path,
    name: [placeOf(path), basename(path, '.hea')].filter((part) => part !== '').join('/'),
  }));
  const told = await writeTrainedOn(out, learned, null);
  console.log(
    `Model and card in ${out}, and ${told} recordings that it is told to have learned from`,
  );

  step('Parity');
  const parity = await checkParity(join(out, 'attention-cnn.json'), run);
  console.log(
    `Largest differences on ${parity.segments} segments: from PyTorch, probability ${exponent(parity.probability)}, attention ${exponent(parity.attention)}; scan from explain graph ${exponent(parity.scan)}; evidence + bias from margin ${exponent(parity.evidence)}`,
  );
  if (!parityHolds(parity))
    throw new Error('the exported graphs do not agree with PyTorch, or with themselves');

  if (!given.evaluate) return;
  step('Evaluate');
  await evaluateModel('attention-cnn', out, given, records);
}
