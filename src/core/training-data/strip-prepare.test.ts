import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeSyntheticRecord } from '../synthesis';
import { prepareStrips, type PreparedStrip } from './strip-prepare';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-strips-'));
  await mkdir(join(dir, 'cinc2017'));
  const answers = { A1: 'A', N1: 'N', O1: 'O' };
  for (const [i, name] of Object.keys(answers).entries()) {
    await writeSyntheticRecord(join(dir, 'cinc2017'), {
      ...record(name, 20, 1),
      seed: 5 + i,
    });
  }
  const rows = Object.entries(answers).map((row) => row.join(','));
  await writeFile(join(dir, 'cinc2017', 'REFERENCE-v3.csv'), `${rows.join('\n')}\n`);
  await writeSyntheticRecord(dir, record('long', 100, 2));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const record = (name: string, durationS: number, leads: number) => ({
  name,
  durationS,
  rateHz: 250,
  leads,
  seed: 3,
  format: 212 as const,
  scenario: {
    stretches: [
      { untilS: durationS, rhythm: 'sinus' as const, heartRateBpm: 72, ectopy: ['pvc' as const] },
    ],
    disturbances: [],
  },
});

interface Index {
  readonly rateHz: number;
  readonly strips: readonly PreparedStrip[];
}

async function prepared(out: string, ...paths: string[]): Promise<[Index, Buffer]> {
  const outDir = join(dir, out);
  const result = await prepareStrips({ paths: paths.map((path) => join(dir, path)), outDir });
  if (!result.ok) throw new Error(result.error.message);
  const index = JSON.parse(await readFile(join(outDir, 'index.json'), 'utf8')) as Index;
  return [index, await readFile(join(outDir, 'strips.i16'))];
}

it('writes a strip as it is, with what its set says of it, one after the other', async () => {
  const strips = ['A1', 'N1', 'O1'].map((name) => `cinc2017/${name}.hea`);
  const [index, bytes] = await prepared('strips', ...strips);
  expect(index.rateHz).toBe(100);
  expect(index.strips).toMatchObject([
    { record: 'A1', database: 'cinc2017', samples: 2000, fibrillation: 1, sinus: 0 },
    { record: 'N1', samples: 2000, fibrillation: 0, sinus: 1 },
    { record: 'O1', samples: 2000, fibrillation: 0, sinus: 0 },
  ]);
  expect(bytes).toHaveLength(2 * 3 * 2000);
  // In heights of QRS: the median second reaches one, that is 8,000 steps.
  const second = Array.from({ length: 2000 }, (_, i) => Math.abs(bytes.readInt16LE(2 * i)));
  expect(Math.max(...second)).toBeGreaterThan(7000);
});

it('cuts what is longer to strips of 30 s of every lead, and leaves out what nobody told the rhythm of', async () => {
  const [{ strips }] = await prepared('pieces', 'long.hea');
  expect(strips.map(({ startS, lead }) => [startS, lead])).toEqual(
    [0, 30, 60].flatMap((startS) => [0, 1].map((lead) => [startS, lead])),
  );
  expect(strips.every(({ samples, fibrillation }) => samples === 3000 && fibrillation === 0)).toBe(
    true,
  );
  expect(new Set(strips.map(({ sinus }) => sinus)).has(0)).toBe(true);
  await mkdir(join(dir, 'silent'));
  for (const file of ['long.hea', 'long.dat'])
    await copyFile(join(dir, file), join(dir, 'silent', file));
  const silent = await prepareStrips({
    paths: [join(dir, 'silent/long.hea')],
    outDir: join(dir, 'none'),
  });
  expect(silent.ok).toBe(false);
});
