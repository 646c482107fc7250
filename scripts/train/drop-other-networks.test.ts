import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dropOtherNetworks } from './drop-other-networks';

const NETWORKS = ['fold0-1.pt', 'member0.pt'];
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-networks-'));
  await mkdir(join(dir, 'code'));
  await mkdir(join(dir, 'run'));
  await writeFile(join(dir, 'code', 'model.py'), 'one');
});
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

it('keeps the networks of the same recipe, data and code, and no others', async () => {
  const run = join(dir, 'run');
  const after = async (...recipe: string[]): Promise<string[]> => {
    await dropOtherNetworks(run, join(dir, 'code'), recipe);
    const kept = (await readdir(run)).filter((name) => name !== 'run.json');
    for (const name of NETWORKS) await writeFile(join(run, name), 'weights');
    await writeFile(join(run, 'answers.pkl'), 'answers');
    return kept.sort();
  };
  expect(await after('--epochs 1')).toEqual([]);
  expect(await after('--epochs 1')).toEqual(['answers.pkl', ...NETWORKS]);
  expect(await after('--epochs 2')).toEqual(['answers.pkl']);
  expect(await after('--epochs 2')).toEqual(['answers.pkl', ...NETWORKS]);
  await writeFile(join(dir, 'code', 'model.py'), 'two');
  expect(await after('--epochs 2')).toEqual(['answers.pkl']);
});
