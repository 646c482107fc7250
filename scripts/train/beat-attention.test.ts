import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beatParameters } from '../../src/core/analysis/beat-model/beat-parameters';
import { fingerprintsBeside } from '../../src/core/evaluation/trained-on';
import { loadModel } from '../../src/core/inference/load-models';
import { projectDir } from '../../src/core/processes/entries';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { findPython } from './python';

const project = projectDir();
const built = existsSync(join(project, 'out', 'main', 'cli.js'));
const NAMES = ['one', 'two', 'three', 'four'];

describe.skipIf(!findPython(project))('npm run train -- --model beat-attention', () => {
  let dir: string;
  let log = '';
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fiducial-beats-'));
    for (const [i, name] of NAMES.entries()) {
      const options = { durationS: 75, rateHz: i % 2 ? 250 : 360, leads: 2, format: 212 } as const;
      const database = join(dir, i < 2 ? 'a' : 'b');
      await mkdir(database, { recursive: true });
      await writeSyntheticRecord(database, { name, seed: 50 + i, ...options });
    }
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        ...[join(project, 'scripts', 'train.mjs'), '--model', 'beat-attention'],
        ...['--db', join(dir, 'a'), '--db', join(dir, 'b'), '--run', join(dir, 'run')],
        ...['--folds', '2', '--epochs', '1', '--members', '2', '--jobs', '2'],
        ...['--model-version', '0.0.1-test'],
        ...(built ? [] : ['--no-evaluate']),
        ...['--', '--threads', '1'],
      ],
      { encoding: 'utf8' },
    );
    log = `${stdout}\n${stderr}`;
  }, 600_000);
  afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

  it('goes from the records of two databases to a model that the product accepts', async () => {
    const model = await loadModel(join(dir, 'run', 'model', 'beat-attention.json'));
    if (!model.ok) throw new Error(`${model.error.message}\n${log}`);
    const { card } = model.value;
    expect(card.version).toBe('0.0.1-test');
    expect([...card.training.records].sort()).toEqual([...NAMES].sort());
    const known = Object.values(await fingerprintsBeside(model.value));
    expect([...new Set(known)].sort()).toEqual([...NAMES].sort());
    const parameters = beatParameters(card);
    if (!parameters.ok) throw new Error(parameters.error.message);
    expect(parameters.value.members).toBe(2);
    expect(card.threshold.value).toBeGreaterThan(0);
    expect(card.threshold.value).toBeLessThan(1);
  });

  it('finds that ONNX Runtime and PyTorch agree on real beats', () => {
    const differences = /Largest differences from PyTorch on real beats: (.*)/.exec(log)?.[1];
    expect(differences, log).toContain('classes');
    for (const [, value] of differences!.matchAll(/ (\d\S*)(?:,|$)/g)) {
      expect(Number(value)).toBeLessThanOrEqual(1e-4);
    }
  });

  it.skipIf(!built)(
    'evaluates it on both databases, by segment and beat by beat (needs out/)',
    () => {
      for (const name of NAMES) expect(log).toMatch(new RegExp(`^${name} +\\d+`, 'm'));
      expect(log.match(/^Model beat-attention 0\.0\.1-test, scheme review/gm), log).toHaveLength(2);
      expect(log.match(/^Beat by beat/gm), log).toHaveLength(2);
    },
  );
});
