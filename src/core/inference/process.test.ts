import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { getPriority, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Channel } from '../base/channel';
import { forkNode } from '../processes/node-channel';
import { requireBuild } from '../../../tests/contract/double/require-build';
import { entryPath } from '../processes/entries';
import { createInference } from './client';
import type { InferenceProcess } from './types';
import { loadModels } from './load-models';
import { TEST_HEADS, TEST_TOKENS, TEST_WINDOW, writeTestModel } from './testing/model-fixture';
import type { ModelFiles, Tensors } from './types';

/** The built inference process with real ONNX Runtime, on a model whose answer is known. */
let dir: string;
let model: ModelFiles;
let process: Channel | null = null;
let inference: InferenceProcess;

beforeAll(async () => {
  await requireBuild();
  const entry = entryPath('inference');
  dir = await mkdtemp(join(tmpdir(), 'fiducial-inference-'));
  await writeTestModel(dir, { externalFile: 'weights.bin' });
  const models = await loadModels(dir);
  if (!models.ok) throw new Error(models.error.message);
  model = models.value.models[0]!;
  await mkdir(join(dir, 'tmp'));
  vi.stubEnv('TMPDIR', join(dir, 'tmp'));
  inference = createInference({ spawn: () => (process = forkNode(entry, { quiet: true })) });
});
afterEach(() => expect(process?.pid).toBeGreaterThan(0));
afterAll(async () => {
  await inference.close();
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true, force: true });
});

/** Segments that are constant, one value each: their mean is the value. */
function segments(values: readonly number[]): Tensors {
  const data = new Float32Array(values.length * TEST_WINDOW);
  values.forEach((v, i) => data.fill(v, i * TEST_WINDOW, (i + 1) * TEST_WINDOW));
  return { segments: { type: 'float32', dims: [values.length, 1, TEST_WINDOW], data } };
}
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

async function abnormal(values: readonly number[]): Promise<number[]> {
  const result = await inference.run(model, 'scan', segments(values));
  if (!result.ok) throw new Error(result.error.message);
  const { dims, data } = result.value['probability']!;
  expect(dims).toEqual([values.length, 2]);
  return values.map((_, i) => Number(data[2 * i + 1]));
}

it('runs a batch with weights kept in a file beside the graph', async () => {
  const values = [-1, 0, 0.25, 2];
  const got = await abnormal(values);
  values.forEach((m, i) => expect(got[i]).toBeCloseTo(sigmoid(4 * m), 5));
});

it.runIf(platform() === 'linux')(
  'gives way to others once the first batch was answered',
  async () => {
    let started: Channel | null = null;
    const own = createInference({
      spawn: () => (started = forkNode(entryPath('inference'), { quiet: true })),
    });
    await own.ready(model);
    const { pid } = started! as Channel;
    const nice = () =>
      new Set(readdirSync(`/proc/${pid}/task`).map((thread) => getPriority(Number(thread))));
    expect(nice()).toEqual(new Set([getPriority()]));
    await own.run(model, 'scan', segments([0.5]));
    await vi.waitFor(() => expect(nice()).toEqual(new Set([10])));
    await own.close();
  },
);

it.runIf(platform() === 'linux')('writes nothing: its telemetry is off', async () => {
  await abnormal([0.5]);
  // With telemetry on, ONNX Runtime 1.30 keeps a session file and a log there.
  expect(await readdir(join(dir, 'tmp'))).toEqual([]);
});

it('explains: evidence adds up to the margin, attention to 1', async () => {
  const result = await inference.run(model, 'explain', segments([0.3]));
  if (!result.ok) throw new Error(result.error.message);
  const { attention, evidence } = result.value;
  expect(attention!.dims).toEqual([1, TEST_HEADS, TEST_TOKENS]);
  const sum = (evidence!.data as Float32Array).reduce((a, b) => a + b, 0);
  expect(sum).toBeCloseTo(4 * 0.3, 3);
  const firstHead = (attention!.data as Float32Array).subarray(0, TEST_TOKENS);
  expect(firstHead.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
});

it('is killed while batches run, and loses or doubles none', async () => {
  const values = Array.from({ length: 40 }, (_, i) => i / 40 - 0.5);
  const before = process!.pid;
  const killed = setTimeout(() => process!.close(), 5);
  const answers = await Promise.all(values.map(async (v) => ({ v, p: (await abnormal([v]))[0]! })));
  clearTimeout(killed);
  expect(process!.pid).not.toBe(before);
  expect(answers).toHaveLength(values.length);
  for (const { v, p } of answers) expect(p).toBeCloseTo(sigmoid(4 * v), 5);
});

it('answers an abort within 200 ms while a long batch runs', async () => {
  const abort = new AbortController();
  const long = inference.run(model, 'scan', segments(new Array(2000).fill(0)), abort.signal);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const start = performance.now();
  abort.abort();
  const result = await long;
  expect(performance.now() - start).toBeLessThan(200);
  expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await abnormal([0])).toEqual([0.5]);
});

it('answers a batch of the wrong shape with a failure and goes on', async () => {
  const wrong: Tensors = { segments: { type: 'float32', dims: [1, 7], data: new Float32Array(7) } };
  const result = await inference.run(model, 'scan', wrong);
  expect(result).toMatchObject({ ok: false, error: { code: 'inference-failed' } });
  expect(await abnormal([0])).toEqual([0.5]);
});

it.each(['weights.bin', 'exchanged.scan.onnx'])(
  'refuses %s when it was exchanged after the check, in every process that starts later',
  async (file) => {
    const own = join(dir, `own-${file}`);
    await writeTestModel(own, { id: 'exchanged', externalFile: 'weights.bin' });
    const loaded = await loadModels(own);
    if (!loaded.ok) throw new Error(loaded.error.message);
    const checked = loaded.value.models[0]!;
    const path = join(own, 'exchanged', file);
    const right = await readFile(path);
    const wrong = Buffer.from(right);
    wrong[wrong.length - 2]! ^= 0x10;
    const answer = async (): Promise<unknown> => inference.run(checked, 'scan', segments([0.25]));

    await writeFile(path, wrong);
    const refusal = await answer();
    expect(refusal).toMatchObject({ ok: false, error: { code: 'bad-model' } });
    expect(JSON.stringify(refusal)).toContain(`${file} does not have the SHA-256`);

    await writeFile(path, right);
    expect(await answer()).toMatchObject({ ok: true });
    // What this process has is what was checked; the next one reads the file anew.
    await writeFile(path, wrong);
    expect(await answer()).toMatchObject({ ok: true });
    process!.close();
    expect(await answer()).toMatchObject({ ok: false, error: { code: 'bad-model' } });
    await writeFile(path, right);
  },
);
