import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MISSING_UV } from '../../../shared/domain';
import { pulses, writeRecord } from '../../recordings/testing/write-record';
import { createInlinePool } from '../../workers/inline-pool';
import { formsTask, shapesTask } from './forms-task';
import { shapesInUv } from './shapes-in-uv';

let dir: string;
let path: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-forms-'));
  path = join(dir, 'a.hea');
  await writeRecord(dir, {
    name: 'a',
    rateHz: 360,
    seconds: 600,
    leads: { II: pulses, V1: (at) => (at > 300 ? NaN : -pulses(at)) },
  });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const timeS = Float64Array.from({ length: 590 }, (_, i) => 1.5 + i);
const pool = createInlinePool();

it('reads every beat of a recording, over the seams of its blocks, in the leads that show it', async () => {
  const read = await pool.run(shapesTask, { path, leads: [0, 1], timeS });
  if (!read.ok) throw new Error(read.error.message);
  const uv = shapesInUv(
    read.value,
    timeS.map((_, i) => i),
  );
  const size = 2 * read.value.samples;
  const first = uv.subarray(10 * size, 10 * size + read.value.samples);
  for (const beat of [50, 238, 239, 240, 241, 479, 480, 580]) {
    const own = uv.subarray(beat * size, beat * size + read.value.samples);
    const furthest = own.reduce((most, value, k) => Math.max(most, Math.abs(value - first[k]!)), 0);
    expect(furthest).toBeLessThan(60);
  }
  expect(uv[400 * size + read.value.samples]).toBe(MISSING_UV);
  expect(uv[100 * size + read.value.samples]).not.toBe(MISSING_UV);
});

it('finds one form where there is one', async () => {
  const beatClass = new Uint8Array(timeS.length);
  const found = await pool.run(formsTask, { path, leads: [0, 1], timeS, beatClass });
  if (!found.ok) throw new Error(found.error.message);
  expect(found.value.form.every((form) => form === 0)).toBe(true);
});

it('is cancelled at once, and refuses a lead that there is not', async () => {
  const controller = new AbortController();
  const input = { path, leads: [0, 1], timeS, beatClass: new Uint8Array(timeS.length) };
  const answer = pool.run(formsTask, input, { signal: controller.signal });
  controller.abort();
  expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await pool.run(shapesTask, { path, leads: [5], timeS })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
});
