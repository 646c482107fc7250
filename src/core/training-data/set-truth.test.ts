import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSyntheticRecord } from '../synthesis';
import { prepareBeatTensors } from './beat-prepare';
import { openWithTruth, UNKNOWN } from './set-truth';

let dir: string;

/** Thirty seconds of sinus rhythm with one ventricular beat, in the folder of a set. */
async function record(set: string, name: string): Promise<string> {
  const folder = join(dir, set);
  await mkdir(folder, { recursive: true });
  await writeSyntheticRecord(folder, {
    name,
    durationS: 30,
    rateHz: 250,
    leads: 1,
    seed: 3,
    format: 212,
    scenario: {
      stretches: [{ untilS: 30, rhythm: 'sinus', heartRateBpm: 72, ectopy: ['pvc'] }],
      disturbances: [],
    },
  });
  return join(folder, `${name}.hea`);
}

async function truthOf(path: string) {
  const opened = await openWithTruth(path, 'atr');
  if (!opened.ok) throw new Error(opened.error.message);
  await opened.value.recording.close();
  return opened.value;
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-sets-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('what a set says', () => {
  it('is one answer per strip in cinc2017', async () => {
    const paths = await Promise.all(
      ['A1', 'A2', 'A3', 'A4'].map((name) => record('cinc2017', name)),
    );
    await writeFile(join(dir, 'cinc2017', 'REFERENCE-v3.csv'), 'A1,N\nA2,A\nA3,O\nA4,~\n');
    const answers = await Promise.all(paths.map(async (path) => (await truthOf(path)).whole));
    expect(answers).toEqual([
      { ectopy: 0, review: 0, fibrillation: 0, isSinus: true },
      { ectopy: UNKNOWN, review: 1, fibrillation: 1, isSinus: false },
      { ectopy: UNKNOWN, review: UNKNOWN, fibrillation: 0, isSinus: false },
      { ectopy: UNKNOWN, review: UNKNOWN, fibrillation: 0, isSinus: false },
    ]);
  });

  it('is a diagnosis per strip in ptbxl, by person', async () => {
    const path = await record('ptbxl', '00001_hr');
    const header = 'patient_id,scp_codes,extra_beats,pacemaker,filename_hr\n';
    const row = (codes: string, pacemaker = ''): Promise<void> =>
      writeFile(
        join(dir, 'ptbxl', 'ptbxl_database.csv'),
        `${header}77.0,"{${codes}}",,${pacemaker},records500/00001_hr\n`,
      );
    await row("'SR': 0.0, 'PVC': 100.0");
    const { whole, patient } = await truthOf(path);
    expect(whole).toMatchObject({ ectopy: 1, review: 1, fibrillation: 0 });
    expect(patient).toBe('ptbxl-77.0');
  });

  it('is the beats and rhythms of annotations elsewhere, and rhythms alone in vfdb', async () => {
    expect((await truthOf(await record('svdb', '800'))).knows.classes).toBe(true);
    const vfdb = await truthOf(await record('vfdb', '429'));
    expect([vfdb.knows.classes, vfdb.patient]).toEqual([false, '428']);
    expect((await truthOf(await record('mitdb-noisy', '203-noisy1'))).patient).toBe('203');
  });

  it('leaves unknown what nobody said, and takes intervals from a recording without a signal', async () => {
    const lender = await record('nsrdb', '16265');
    await rm(lender.replace('.hea', '.dat'));
    const outDir = join(dir, 'tensors');
    const paths = [
      ...['A1', 'A2', 'A3'].map((name) => join(dir, 'cinc2017', `${name}.hea`)),
      lender,
    ];
    const prepared = await prepareBeatTensors({ paths, outDir });
    if (!prepared.ok) throw new Error(prepared.error.message);
    expect(prepared.value.problems).toEqual([]);
    const column = async (name: string, array: string): Promise<Set<number>> => {
      const bytes = await readFile(join(outDir, name, `${array}.npy`));
      return new Set(new Int8Array(bytes.subarray(10 + bytes.readUInt16LE(8))));
    };
    expect(await column('A1', 'labels')).toEqual(new Set([0]));
    expect(await column('A1', 'fibrillation')).toEqual(new Set([0]));
    expect(await column('A2', 'labels')).toEqual(new Set([UNKNOWN]));
    expect(await column('A2', 'fibrillation')).toEqual(new Set([1]));
    const index = JSON.parse(await readFile(join(outDir, 'index.json'), 'utf8')) as {
      records: { record: string; leads: number; beats: number }[];
    };
    expect(index.records.at(-1)).toMatchObject({ record: '16265', leads: 0 });
    expect([...(await column('16265', 'labels'))].sort()).toEqual([0, 2]);
  });
});
