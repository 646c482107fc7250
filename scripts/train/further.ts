import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { BEAT_FEATURE_VERSION } from '../../src/core/beats/features';
import { loadModel } from '../../src/core/inference/load-models';
import { modelSha256 } from '../../src/core/inference/model-hash';
import { checkBeatModel, prepareBeats } from './beat-attention';
import { dropOtherNetworks } from './drop-other-networks';
import { runCommand, trainingDir } from './python';
import { placesFor, project, step, valueOf, type TrainOptions } from './stages';
import { writeTrainedOn } from './write-trained-on';

const STEPS = '300';
const CARD = 'beat-attention.json';

/**
 * A beat-attention model trained further with what readers decided, and a replay of the other databases.
 * @throws Error with a sentence for a person
 */
export async function trainFurther(given: TrainOptions, recipe: readonly string[]): Promise<void> {
  const { python, run, tensors, out } = placesFor('beat-attention', given);
  const inTraining = { cwd: trainingDir(project) };
  await runCommand(python, ['-c', 'from common.ready import ready; ready()'], inTraining);
  const from = resolve(given.startFrom!);
  const isFolder = (await stat(from).catch(() => null))?.isDirectory() ?? false;
  const model = valueOf(await loadModel(isFolder ? join(from, CARD) : from));
  const { kind, version, parameters } = model.card;
  if (kind !== 'beat-attention') throw new Error(`${from} is of kind ${kind}, not beat-attention`);
  if (version === given.modelVersion)
    throw new Error(`version ${version} is the one to go on from; name another --model-version`);
  if (parameters['featureVersion'] !== BEAT_FEATURE_VERSION)
    throw new Error(`${from} was trained on other features; train it anew`);
  const { records, learned } = await prepareBeats(given, tensors);
  const steps = given.steps ?? STEPS;
  const common = ['--data', tensors, '--steps', steps, '--model-version', given.modelVersion];
  await dropOtherNetworks(run, join(inTraining.cwd, 'beat_attention'), [
    `features ${BEAT_FEATURE_VERSION}, from ${modelSha256(model)}`,
    ...common,
    ...recipe,
    ...records,
  ]);
  step(`Train version ${version} further with ${python}`);
  await runCommand(
    python,
    [
      ...['-m', 'beat_attention.correct', ...common, ...recipe],
      ...['--model', isFolder ? from : dirname(from), '--out', run, '--model-out', out],
    ],
    inTraining,
  );
  const told = await writeTrainedOn(out, learned, model);
  console.log(
    `Model and card in ${out}, and ${told} recordings that it is told to have learned from`,
  );
  await checkBeatModel(out, run, given, records);
}
