import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { err } from '../../shared/domain';
import { createFakeInference } from '../analysis/testing/fake-inference';
import type { Inference } from '../inference/types';
import { writeTestModel } from '../inference/testing/model-fixture';
import { pulses, writeRecord } from '../recordings/testing/write-record';
import { createService } from '../service';
import type { FileScan } from './scan-to-file';
import { createInlinePool } from '../workers/inline-pool';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-scan-to-file-'));
  await mkdir(join(dir, 'records'));
  await writeTestModel(join(dir, 'models'));
  for (const [name, gain] of Object.entries({ a: 1, b: 1.5 })) {
    const leads = { II: (t: number) => gain * pulses(t) };
    await writeRecord(join(dir, 'records'), { name, rateHz: 360, seconds: 30, leads });
  }
  await writeFile(join(dir, 'records', 'broken.hea'), 'broken 1 0\nbroken.dat 16\n');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function scan(
  inference: Inference,
  signal = new AbortController().signal,
  options: Partial<FileScan> = {},
) {
  const service = await createService({
    pool: createInlinePool(),
    inference,
    dataDir: join(dir, 'data'),
    modelsDir: join(dir, 'models'),
    host: 'cli',
    version: '0.0.0',
    emit: () => undefined,
  });
  if (!service.ok) throw new Error(service.error.message);
  try {
    return await service.value.scanToFile({
      given: [join(dir, 'records')],
      modelId: null,
      lead: null,
      stated: {},
      out: join(dir, 'rows.jsonl'),
      format: 'jsonl',
      workers: 2,
      stream: null,
      reportDir: null,
      signal,
      onProblem: () => undefined,
      onProgress: () => undefined,
      ...options,
    });
  } finally {
    await service.value.close();
  }
}

it('writes a row for every recording in order, and analyses none twice', async () => {
  const first = createFakeInference(() => 0.9);
  expect(await scan(first)).toMatchObject({
    ok: true,
    value: [{ record: 'a' }, { record: 'b' }, { record: 'broken', error: { code: 'bad-header' } }],
  });
  const written = await readFile(join(dir, 'rows.jsonl'), 'utf8');
  const second = createFakeInference(() => 0.1);
  await scan(second);
  expect(await readFile(join(dir, 'rows.jsonl'), 'utf8')).toBe(written);
  expect([first.batches.length, second.batches.length]).toEqual([2, 0]);
});

it('says in a row what an analysis failed of, in its own words and code', async () => {
  const failing = createFakeInference(() => 0.9);
  failing.run = async () => err('too-large', 'The batch does not fit.');
  expect(await scan(failing)).toMatchObject({
    ok: true,
    value: [
      {
        record: 'a',
        segments: [],
        error: { code: 'too-large', message: 'The batch does not fit.' },
      },
      { record: 'b', error: { code: 'too-large' } },
      { record: 'broken', error: { code: 'bad-header' } },
    ],
  });
});

it('stops when cancelled, and leaves what is done to be taken up', async () => {
  const controller = new AbortController();
  const slow = createFakeInference(() => 0.9, { delayMs: 5000 });
  const ended = scan(slow, controller.signal);
  await expect.poll(() => slow.batches.length).toBe(2);
  controller.abort();
  expect(await ended).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await readFile(join(dir, 'rows.jsonl.partial'), 'utf8')).toContain('"scan":');
});

it('keeps the reports of recordings of one name apart, also when it is taken up again', async () => {
  const folders = ['one', 'two'].map((name) => join(dir, 'named', name));
  for (const folder of folders) {
    await mkdir(folder, { recursive: true });
    await writeRecord(folder, { name: 'x', rateHz: 360, seconds: 30, leads: { II: pulses } });
  }
  const controller = new AbortController();
  const inference = createFakeInference(() => 0.9);
  const options = { given: [join(dir, 'named')], reportDir: join(dir, 'reports'), workers: 1 };
  const stopped = await scan(inference, controller.signal, {
    ...options,
    onProgress: ({ done }) => done === 1 && controller.abort(),
  });
  expect(stopped).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await readdir(join(dir, 'reports'))).toEqual(['x.pdf']);
  const first = await readFile(join(dir, 'reports', 'x.pdf'));
  expect(await scan(inference, undefined, options)).toMatchObject({ ok: true });
  expect((await readdir(join(dir, 'reports'))).sort()).toEqual(['two-x.pdf', 'x.pdf']);
  expect(await readFile(join(dir, 'reports', 'x.pdf'))).toEqual(first);
});
