import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeSyntheticRecord } from '../synthesis';
import { prepareSegments, type PreparedSegment } from './segment-prepare';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-prepare-'));
  for (const [i, name] of ['201', '202', '203'].entries()) {
    await writeSyntheticRecord(dir, {
      name,
      durationS: 62,
      rateHz: 250,
      leads: 2,
      seed: 5 + i,
      format: 212,
    });
  }
  await rm(join(dir, '203.atr'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));
const headers = (...names: string[]): string[] => names.map((name) => join(dir, `${name}.hea`));

it('writes a standardised row per segment of the plain grid, and says what each is', async () => {
  const outDir = join(dir, 'tensors');
  const result = await prepareSegments({ paths: headers('201', '202'), outDir });
  if (!result.ok) throw new Error(result.error.message);
  const index = JSON.parse(await readFile(join(outDir, 'index.json'), 'utf8')) as {
    format: string;
    windowSamples: number;
    segments: PreparedSegment[];
  };
  expect(index).toMatchObject({
    format: 'fiducial-segments-1',
    samplingRateHz: 360,
    windowSamples: 3600,
    hopSamples: 1800,
    filter: { lowHz: 0.5, highHz: 50, order: 5 },
  });
  // 62 s: starts at 0, 5, ... 50 s; the flush window of the viewer is not among them.
  expect(index.segments).toHaveLength(22);
  expect(index.segments.map(({ startS }) => startS).slice(0, 11)).toEqual(
    Array.from({ length: 11 }, (_, i) => 5 * i),
  );
  expect(new Set(index.segments.map(({ patient }) => patient))).toEqual(new Set(['201', '202']));

  for (const name of ['segments.f32', 'other-leads.f32']) {
    const bytes = await readFile(join(outDir, name));
    expect(bytes.length).toBe(22 * 3600 * 4);
    const row = Array.from({ length: 3600 }, (_, i) => bytes.readFloatLE((3600 * 3 + i) * 4));
    const mean = row.reduce((sum, v) => sum + v, 0) / 3600;
    const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 3600;
    expect(mean).toBeCloseTo(0, 5);
    expect(variance).toBeCloseTo(1, 5);
  }
});

it('leaves out a record without annotations and says so', async () => {
  const outDir = join(dir, 'partly');
  const seen: string[] = [];
  const result = await prepareSegments({
    paths: headers('203', '201'),
    outDir,
    onRecord: (done, record, problem) => seen.push(`${done} ${record} ${problem?.code ?? 'fine'}`),
  });
  expect(result.ok && result.value.problems[0]!.message).toContain('203.atr');
  expect(seen).toEqual(['1 203 not-found', '2 201 fine']);
});

it('leaves nothing behind when no record can be read, or when it is cancelled', async () => {
  const outDir = join(dir, 'none');
  const result = await prepareSegments({ paths: headers('203'), outDir });
  expect(result.ok).toBe(false);
  expect(await readdir(outDir)).toEqual([]);
  const controller = new AbortController();
  const cancelled = await prepareSegments({
    paths: headers('201', '202'),
    outDir,
    signal: controller.signal,
    onRecord: () => controller.abort(),
  });
  expect(cancelled).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await readdir(outDir)).toEqual([]);
});

it('says so when the folder cannot be made', async () => {
  await writeFile(join(dir, 'file'), '');
  const result = await prepareSegments({
    paths: headers('201'),
    outDir: join(dir, 'file', 'below'),
  });
  expect(result).toMatchObject({ ok: false });
});
