import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MITDB_PACED } from '../../src/core/evaluation/databases';
import { fingerprintsBeside } from '../../src/core/evaluation/trained-on';
import { loadModel } from '../../src/core/inference/load-models';
import { projectDir } from '../../src/core/processes/entries';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { findPython, trainingDir } from './python';

const project = projectDir();
const python = findPython(project);
const built = existsSync(join(project, 'out', 'main', 'cli.js'));

/** Two epochs at once, against one that is broken off after the first and started again: the same weights. */
const RESUME = `
import sys, torch, numpy as np
from pathlib import Path
from common.segments import read_segments
from attention_cnn.fit import fit
from attention_cnn.recipe import Recipe
tensors, run = map(Path, sys.argv[1:])
recipe = Recipe(epochs=2, windows_per_patient=2, batch=4)
segments = read_segments(tensors, "majority")
rows = np.arange(len(segments))
whole, _ = fit(segments, rows, {}, recipe, run / "whole.pt")
def die(text):
    raise KeyboardInterrupt
try:
    fit(segments, rows, {}, recipe, run / "parts.pt", log=die)
    raise SystemExit("it was not broken off")
except KeyboardInterrupt:
    pass
epochs = []
parts, _ = fit(segments, rows, {}, recipe, run / "parts.pt", log=epochs.append)
assert len(epochs) == 1, epochs
assert all(torch.equal(a, b) for a, b in zip(whole.state_dict().values(), parts.state_dict().values()))
print("the same weights")
`;

describe.skipIf(!python)('npm run train (needs a Python with PyTorch)', () => {
  let dir: string;
  let log = '';
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fiducial-train-'));
    for (const [i, name] of ['syn1', 'syn2', 'syn3', MITDB_PACED[0]!].entries()) {
      const options = { durationS: 25, rateHz: 360, leads: 2, format: 212 } as const;
      await writeSyntheticRecord(join(dir), { name, seed: 40 + i, ...options });
    }
    const args = [
      ...[join(project, 'scripts', 'train.mjs'), '--db', dir, '--run', join(dir, 'run')],
      ...['--folds', '3', '--epochs', '1', '--model-version', '0.0.1-test'],
      ...(built ? [] : ['--no-evaluate']),
      ...['--', '--windows-per-patient', '2', '--simulated', '64', '--pretrain-epochs', '1'],
      ...['--teacher-epochs', '1', '--threads', '1'],
    ];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    log = `${stdout}\n${stderr}`;
  }, 600_000);
  afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

  it("passes training's own unit tests", () => {
    const { status, stderr } = spawnSync(
      python!,
      ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'],
      { cwd: trainingDir(project), encoding: 'utf8' },
    );
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/Ran [1-9][0-9] tests/);
  });

  it('writes a model whose card, graphs and weights agree, and finds parity', async () => {
    expect(log).toMatch(/Largest differences on \d+ segments/);
    const model = await loadModel(join(dir, 'run', 'model', 'attention-cnn.json'));
    if (!model.ok) throw new Error(`${model.error.message}\n${log}`);
    const { card } = model.value;
    expect(card).toMatchObject({ version: '0.0.1-test', scheme: 'majority', samplingRateHz: 360 });
    expect(card.training.records).toEqual(['syn1', 'syn2', 'syn3']);
    const known = Object.values(await fingerprintsBeside(model.value));
    expect([...new Set(known)].sort()).toEqual(['syn1', 'syn2', 'syn3']);
    expect(Object.keys(card.metrics)).toEqual(['crossValidation', 'leakyRandomSplit']);
    expect(card.threshold.value).toBeGreaterThan(0);
    expect(card.threshold.value).toBeLessThan(1);
  });

  it.skipIf(!built)('evaluates the model on the records of its training (needs out/)', () => {
    expect(log).toContain('Model attention-cnn 0.0.1-test, scheme majority');
    for (const name of ['syn1', 'syn2', 'syn3']) {
      expect(log).toMatch(new RegExp(`^${name} +\\d+`, 'm'));
    }
    expect(log).not.toMatch(new RegExp(`^${MITDB_PACED[0]} +\\d+`, 'm'));
  });

  it('judges every segment by a model that never saw its patient', async () => {
    const result = JSON.parse(await readFile(join(dir, 'run', 'training.json'), 'utf8')) as {
      folds: { patients: string[] }[];
      crossValidation: { patient: string; fold: number }[];
    };
    // Three records of four segments; one that is Unreadable is left out.
    expect(result.crossValidation.length).toBeGreaterThan(8);
    for (const { patient, fold } of result.crossValidation) {
      expect(result.folds[fold]!.patients).toContain(patient);
    }
    expect(result.folds.flatMap(({ patients }) => patients).sort()).toEqual([
      'syn1',
      'syn2',
      'syn3',
    ]);
  });

  it('goes on after an end as if it had not been interrupted', () => {
    const { stdout, stderr } = spawnSync(
      python!,
      ['-c', RESUME, join(dir, 'run', 'tensors'), join(dir, 'resume')],
      { cwd: trainingDir(project), encoding: 'utf8' },
    );
    expect(stdout, stderr).toContain('the same weights');
  }, 120_000);
});
