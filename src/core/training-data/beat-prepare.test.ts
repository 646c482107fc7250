import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeSyntheticRecord } from '../synthesis';
import { prepareBeatTensors } from './beat-prepare';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-beat-tensors-'));
  for (const [i, name] of ['201', '202', '203'].entries()) {
    await writeSyntheticRecord(dir, {
      name,
      durationS: 40,
      rateHz: 250,
      leads: 2,
      seed: 5 + i,
      format: 212,
      scenario: {
        stretches: [{ untilS: 40, rhythm: 'sinus', heartRateBpm: 72, ectopy: ['pvc'] }],
        disturbances: [],
      },
    });
  }
  await rm(join(dir, '203.atr'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));
const headers = (...names: string[]): string[] => names.map((name) => join(dir, `${name}.hea`));

/** Shape and first bytes of a NumPy file. */
async function npy(path: string): Promise<{ shape: number[]; data: Buffer }> {
  const bytes = await readFile(path);
  const length = bytes.readUInt16LE(8);
  const shape = /'shape': \(([^)]*)\)/.exec(bytes.toString('latin1', 10, 10 + length))![1]!;
  return {
    shape: shape.split(',').filter(Boolean).map(Number),
    data: bytes.subarray(10 + length),
  };
}

it('writes a folder of arrays per record, which agree with the index and with each other', async () => {
  const outDir = join(dir, 'tensors');
  const result = await prepareBeatTensors({ paths: headers('201', '202'), outDir });
  if (!result.ok) throw new Error(result.error.message);
  expect((await readdir(outDir)).sort()).toEqual(['201', '202', 'index.json']);
  const index = JSON.parse(await readFile(join(outDir, 'index.json'), 'utf8')) as {
    format: string;
    marginSamples: number;
    window: { samples: number };
    records: { record: string; patient: string; beats: number; leads: number }[];
  };
  expect(index.format).toBe('fiducial-beats-3');
  // Records of MIT-BIH 201 and 202 are one person; these are no records of MIT-BIH.
  expect(index.records.map(({ patient }) => patient)).toEqual(['201', '202']);
  for (const [i, { record, beats, leads }] of index.records.entries()) {
    // 40 s at 72 beats per minute.
    expect(beats).toBeGreaterThan(40);
    expect(leads).toBe(2);
    const samples = index.window.samples + 2 * index.marginSamples;
    const { shape } = await npy(join(outDir, record, 'windows.npy'));
    expect(shape).toEqual([beats, leads, samples]);
    const means = await npy(join(outDir, record, 'form-means.npy'));
    expect(means.shape.slice(1)).toEqual([leads, samples]);
    const forms = await npy(join(outDir, record, 'forms.npy'));
    expect(forms.shape).toEqual([beats]);
    const indices = Array.from({ length: beats }, (_, beat) => forms.data.readInt16LE(2 * beat));
    expect(Math.max(...indices)).toBe(means.shape[0]! - 1);
    const labels = await npy(join(outDir, record, 'labels.npy'));
    const counts = result.value.records[i]!;
    expect(labels.shape).toEqual([beats]);
    expect(counts.classes).toMatchObject({ V: 1, S: 0 });
    expect([...labels.data].filter((label) => label === 2)).toHaveLength(1);
    // Starts at 0, 5, ... 30 s; the one ectopic beat makes one or two of them Abnormal.
    expect((await npy(join(outDir, record, 'segments.npy'))).shape).toEqual([7, 4]);
    expect(counts.segments).toBe(7);
    expect([1, 2]).toContain(counts.ectopy);
    expect(counts.review).toBe(counts.ectopy);
  }
});

it('leaves out a record without annotations, and one whose name was there before', async () => {
  const seen: string[] = [];
  const result = await prepareBeatTensors({
    paths: headers('203', '201', '201'),
    outDir: join(dir, 'partly'),
    onRecord: (done, record, problem) => seen.push(`${done} ${record} ${problem?.code ?? 'fine'}`),
  });
  expect(seen).toEqual(['1 203 not-found', '2 201 fine', '3 201 bad-input']);
  expect(result.ok && result.value.problems[0]!.message).toContain('203.atr');
});

it('keeps what was there, and leaves nothing else, when it is cancelled or no record can be used', async () => {
  const outDir = join(dir, 'kept');
  await prepareBeatTensors({ paths: headers('202'), outDir });
  const controller = new AbortController();
  const cancelled = await prepareBeatTensors({
    paths: headers('201', '202'),
    outDir,
    signal: controller.signal,
    onRecord: () => controller.abort(),
  });
  expect(cancelled).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  const unusable = await prepareBeatTensors({ paths: headers('203'), outDir });
  expect(unusable).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect((await readdir(outDir)).sort()).toEqual(['202', 'index.json']);
});

it('stops in the middle of a record', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1);
  const result = await prepareBeatTensors({
    paths: headers('201'),
    outDir: join(dir, 'stopped'),
    signal: controller.signal,
  });
  expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});

it('says so when the folder cannot be made', async () => {
  await writeFile(join(dir, 'file'), '');
  const result = await prepareBeatTensors({
    paths: headers('201'),
    outDir: join(dir, 'file', 'below'),
  });
  expect(result).toMatchObject({ ok: false });
});
