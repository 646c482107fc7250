import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { err, ok } from '../../shared/domain';
import { valueOf } from '../../shared/domain/testing/value-of';
import { createModels } from '../analysis/models';
import { createFakeInference } from '../analysis/testing/fake-inference';
import { createAdoptedModels } from '../inference/adopted-models';
import { modelKey, modelSha256 } from '../inference/model-hash';
import type { Inference } from '../inference/types';
import { writeTestModel } from '../inference/testing/model-fixture';
import { pulses, writeRecord } from '../recordings/testing/write-record';
import { createService } from '../service';
import { createScanOne } from './scan-one';
import type { Scanner } from './scan-recordings';
import type { ScanProgress } from './scan-records';
import { errorRow } from './scan-row';
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

it('keeps the network that it began with, where another one is adopted meanwhile', async () => {
  const later = { version: '2.0.0' };
  await writeTestModel(join(dir, 'later'), { card: later, inside: later });
  const inference = createFakeInference(() => 0.9);
  const used: string[] = [];
  const adopted = createAdoptedModels(join(dir, 'data', 'models'));
  const run = inference.run.bind(inference);
  inference.run = async (model, ...rest) => {
    used.push(model.card.version);
    if (used.length === 1) {
      const added = valueOf(await adopted.add(join(dir, 'later', 'test-model')));
      valueOf(await adopted.adopt(modelKey(added), 'Dr. Ito'));
    }
    return run(model, ...rest);
  };
  const rows = valueOf(await scan(inference, undefined, { workers: 1 }));
  expect(rows).toHaveLength(3);
  expect(used).toEqual(['1.0.0', '1.0.0']);
  // And a worker of such a scan, on a machine where it was adopted in the middle of it.
  const models = createModels(join(dir, 'models'), () => null, adopted);
  const before = valueOf(await createModels(join(dir, 'models'), () => null).find('test-model'));
  expect(valueOf(await models.find('test-model')).card.version).toBe('2.0.0');
  const seen: string[] = [];
  const scanner: Scanner = {
    async scan({ model, onRow }) {
      seen.push(model.card.version);
      await onRow(errorRow('a', { code: 'bad-header', message: '' }), 0, false);
      return ok({} as ScanProgress);
    },
  };
  const asked = { modelId: 'test-model', lead: null, stated: {}, report: null };
  const signal = new AbortController().signal;
  const one = { ...asked, path: 'a', modelSha256: modelSha256(before), signal };
  valueOf(await createScanOne({ scanner, models })(one));
  expect(seen).toEqual(['1.0.0']);
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

it('writes reports on the paper of the settings, as `fiducial report` does unless it is told another', async () => {
  const service = await createService({
    pool: createInlinePool(),
    inference: createFakeInference(() => 0.9),
    dataDir: join(dir, 'data'),
    modelsDir: join(dir, 'models'),
    host: 'cli',
    version: '0.0.0',
    emit: () => undefined,
  });
  const { handlers, close } = valueOf(service);
  const { signal } = new AbortController();
  valueOf(await handlers['settings.set']({ paper: 'Letter' }, { signal }));
  await close();
  const reportDir = join(dir, 'reports');
  const options = { given: [join(dir, 'records', 'a.hea')], reportDir };
  expect(
    await scan(
      createFakeInference(() => 0.9),
      signal,
      options,
    ),
  ).toMatchObject({ ok: true });
  const pdf = await readFile(join(reportDir, 'a.pdf'), 'latin1');
  expect(new Set(pdf.match(/\/MediaBox \[.*?\]/g))).toEqual(new Set(['/MediaBox [0 0 612 792]']));
});
