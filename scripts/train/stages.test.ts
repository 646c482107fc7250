import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { chooseRecords } from './stages';

it('leaves out records of paced hearts, and no strip whose name ends like theirs', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'fiducial-choose-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  for (const name of ['102', 'A00102', '217', 'A02217', '100'])
    await writeSyntheticRecord(dir, {
      name,
      seed: 1,
      durationS: 10,
      rateHz: 100,
      leads: 1,
      format: 16,
    });
  const chosen = await chooseRecords({ db: [dir], records: undefined });
  expect(chosen.map((path) => basename(path, '.hea')).sort()).toEqual(['100', 'A00102', 'A02217']);
});
