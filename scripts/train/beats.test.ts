import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beatParameters } from '../../src/core/analysis/beat-parameters';
import { loadModel } from '../../src/core/inference/load-models';
import { projectDir } from '../../src/core/processes/entries';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { findPython } from './python';

const project = projectDir();

describe.skipIf(!findPython(project))('training of beat-attention (needs PyTorch)', () => {
  let dir: string;
  let log = '';
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fiducial-beats-'));
    for (const [i, name] of ['one', 'two', 'three', 'four'].entries()) {
      const options = { durationS: 90, rateHz: i % 2 ? 250 : 360, leads: 2, format: 212 } as const;
      await writeSyntheticRecord(dir, { name, seed: 50 + i, ...options });
    }
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        ...[join(project, 'scripts', 'run-ts.mjs'), join(project, 'scripts', 'train', 'beats.ts')],
        ...[
          '--db',
          dir,
          '--run',
          join(dir, 'run'),
          '--folds',
          '2',
          '--epochs',
          '1',
          '--members',
          '2',
        ],
      ],
      { encoding: 'utf8' },
    );
    log = `${stdout}\n${stderr}`;
  }, 180_000);
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('goes from records to a model that the product accepts and that agrees with PyTorch', async () => {
    expect(log).toMatch(/Largest differences from PyTorch on real beats: classes/);
    const model = await loadModel(join(dir, 'run', 'model', 'beat-attention.json'));
    if (!model.ok) throw new Error(`${model.error.message}\n${log}`);
    const { card } = model.value;
    expect(card.training.records).toEqual(expect.arrayContaining(['one', 'two', 'three', 'four']));
    const parameters = beatParameters(card);
    if (!parameters.ok) throw new Error(parameters.error.message);
    expect(parameters.value.members).toBe(2);
    expect(card.threshold.value).toBeGreaterThan(0);
    expect(card.threshold.value).toBeLessThan(1);
  });
});
