import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { annotatedBeats } from '../../src/core/evaluation/ec57-beats';
import { createDirectInference } from '../../src/core/inference/testing/direct-inference';
import { projectDir } from '../../src/core/processes/entries';
import { openAnnotated } from '../../src/core/recordings/open-annotated';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import { BEAT_CLASSES } from '../../src/shared/domain';
import { valueOf } from '../../src/shared/domain/testing/value-of';
import { simulatedDecisions } from './reader';
import { simulateCorrections } from './simulate';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-corrections-'));
});
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

it('corrects what is wrong, and sees what is right as far as it looks', () => {
  const [N, S, V] = [0, 1, 2];
  const found = {
    timeS: Float64Array.of(1, 2, 2.5, 4, 5, 6, 20),
    beatClass: Uint8Array.of(N, N, N, V, V, N, N),
  };
  const reference = { timeS: [1.01, 2, 3, 4, 5, 6, 7, 20], beatClass: [N, V, V, V, S, N, N, N] };
  const flutter = [{ startS: 19, endS: 21 }];
  const exceptions = [
    { kind: 'delete-beats', timesS: [2.5] },
    { kind: 'relabel-beats', timesS: [2], beatClass: 'V' },
    { kind: 'relabel-beats', timesS: [5], beatClass: 'S' },
    { kind: 'see-beats', timesS: [4] },
    { kind: 'add-beat', timeS: 3, beatClass: 'V' },
  ];
  const some = simulatedDecisions(found, reference, flutter, 'exceptions');
  expect(some).toMatchObject({ edits: exceptions, corrected: 4, confirmed: 1 });
  const all = simulatedDecisions(found, reference, flutter, 'everything');
  expect(all).toMatchObject({ corrected: 5, confirmed: 3 });
  expect(all.edits).toContainEqual(
    expect.objectContaining({ kind: 'see-beats', timesS: [1, 4, 6] }),
  );
  expect(all.edits.at(-1)).toEqual({ kind: 'add-beat', timeS: 7, beatClass: 'N' });
});

it('runs from records to a comparison, and a dataset holds what the reference says', async () => {
  const shape = { durationS: 40, rateHz: 250, leads: 2, format: 212 } as const;
  const ectopy = ['pvc', 'pac', 'pvc'] as const;
  const stretch = { untilS: 40, rhythm: 'sinus', heartRateBpm: 80, ectopy } as const;
  const scenario = { stretches: [stretch], disturbances: [] };
  for (const [i, name] of ['one', 'two'].entries())
    await writeSyntheticRecord(dir, { name, seed: 30 + i, scenario, ...shape });
  const at = (name: string): string => join(dir, `${name}.hea`);
  const [base, shipped] = [join(dir, 'base'), join(projectDir(), 'resources', 'models')];
  await mkdir(base);
  for (const file of await readdir(shipped))
    if (file.startsWith('beat-attention')) await copyFile(join(shipped, file), join(base, file));
  const inference = createDirectInference();
  const trainedOn: string[] = [];
  const outcomes = await simulateCorrections({
    ...{ pool: createInlinePool(), inference, base, run: join(dir, 'run'), draws: 20 },
    corrected: [at('one')],
    judged: [at('two')],
    log: () => undefined,
    train: async (dataset, kind) => (trainedOn.push(`${kind} ${dataset}`), base),
  });
  await inference.close();
  expect(trainedOn).toEqual(outcomes.map(({ kind, dataset }) => `${kind} ${dataset}`));
  const [some, all] = outcomes.map(({ dataset }) => dataset);
  const beatsOf = async (header: string): Promise<string[]> => {
    const { recording, annotations, rateHz } = valueOf(await openAnnotated(header, 'atr'));
    await recording.close();
    return Array.from(annotatedBeats(annotations, rateHz).beatClass, (code) => BEAT_CLASSES[code]!);
  };
  const reference = await beatsOf(at('one'));
  expect(await beatsOf(join(all!, 'one.hea'))).toEqual(reference);
  const decided = await beatsOf(join(some!, 'one.hea'));
  const ectopic = (names: string[]): string[] => names.filter((name) => name !== 'N');
  expect(ectopic(decided)).toEqual(ectopic(reference));
  expect(ectopic(decided).length).toBeGreaterThan(1);
  expect(decided.length).toBeLessThan(reference.length / 2);
  for (const { comparison } of outcomes) {
    expect(comparison.patients).toBe(1);
    expect(comparison.figures.find(({ name }) => name === 'vF1')?.difference.value).toBe(0);
    expect(comparison.changed).toEqual([]);
  }
});
