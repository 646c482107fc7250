/** Scans on a queue against a Redis of the test's own, with a stand-in for the process that reads recordings. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../shared/domain';
import { createModels } from '../analysis/models';
import { openRecording } from '../formats/list';
import { createFakeInference } from '../analysis/testing/fake-inference';
import { writeTestModel } from '../inference/testing/model-fixture';
import type { ModelFiles } from '../inference/types';
import { createRecordingCache } from '../recordings/recording-cache';
import { createScanToFile } from '../scan/scan-to-file';
import type { ScanProgress } from '../scan/scan-records';
import type { ScanRow } from '../scan/scan-row';
import { openQueueAdmin, type QueueAdmin } from './queue-admin';
import { queueScanner } from './queue-scanner';
import { startQueueWorker, type QueueWorker } from './queue-worker';
import { HAS_REDIS, startRedis, type TestRedis } from './testing/redis';
import { valueOf } from '../../shared/domain/testing/value-of';

const VERSION = '1.2.3';
const NAMES = ['jansen-a', 'jansen-b', 'jansen-c', 'jansen-slow-d', 'jansen-slow-e'];

let dir: string;
let starts: string;
let redis: TestRedis;
let model: ModelFiles;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  if (!HAS_REDIS) return;
  dir = await mkdtemp(join(tmpdir(), 'fiducial-queue-test-'));
  starts = join(dir, 'starts');
  await writeFile(starts, '');
  process.env['FIDUCIAL_TEST_STARTS'] = starts;
  redis = await startRedis();
  model = await testModel('models');
  await mkdir(join(dir, 'records'));
  await record(...NAMES);
});
afterEach(async () => {
  if (!HAS_REDIS) return;
  await Promise.all(closing.splice(0).map((close) => close()));
  await redis.close();
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
});

async function testModel(folder: string, description = ''): Promise<ModelFiles> {
  const card = description ? { version: description } : {};
  await writeTestModel(join(dir, folder), { card, inside: card });
  return valueOf(await createModels(join(dir, folder), () => null).find(null));
}

/** Headers alone: the stand-in reads nothing. */
async function record(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const own = basename(name);
    await writeFile(join(dir, 'records', `${name}.hea`), `${own} 1 250 250\n${own}.dat 16\n`);
    await writeFile(join(dir, 'records', `${name}.dat`), Buffer.alloc(500));
  }
}

const scanning = (): AbortController => new AbortController();

function scan(
  stop = scanning(),
  {
    out = 'rows.jsonl',
    models = 'models',
    ahead = 100,
    seen = [] as ScanProgress[],
    reports = null as string | null,
  } = {},
): Promise<Result<readonly ScanRow[]>> {
  const recordings = createRecordingCache(openRecording);
  const scanToFile = createScanToFile({
    scanner: { scan: () => Promise.reject(new Error('Nothing is read here.')) },
    models: createModels(join(dir, models), () => null),
    recordings,
    inference: createFakeInference(() => 0),
  });
  const { address } = redis;
  return scanToFile({
    given: [join(dir, 'records')],
    modelId: null,
    lead: null,
    stated: {},
    out: join(dir, out),
    stream: null,
    format: 'jsonl',
    workers: 1,
    reportDir: reports,
    scanner: queueScanner({
      ...{ address, version: VERSION, out: join(dir, out), ahead },
      priority: 'normal',
    }),
    signal: stop.signal,
    onProblem: () => undefined,
    onProgress: (progress) => void seen.push(progress),
  }).finally(() => recordings.close());
}

async function work(
  options: { model?: ModelFiles; concurrency?: number; log?(line: string): void } = {},
): Promise<QueueWorker> {
  const worker = valueOf(
    await startQueueWorker({
      address: redis.address,
      version: VERSION,
      model: options.model ?? model,
      processor: join(import.meta.dirname, 'testing/processor.mjs'),
      concurrency: options.concurrency ?? 2,
      takeOverMs: 2000,
      log: options.log ?? (() => undefined),
    }),
  );
  closing.push(worker.close);
  return worker;
}

async function admin(): Promise<QueueAdmin> {
  const opened = valueOf(await openQueueAdmin(redis.address));
  closing.push(opened.close);
  return opened;
}

const startsOf = async (name: string): Promise<number> =>
  (await readFile(starts, 'utf8')).split('\n').filter((line) => line === name).length;

async function waiting(): Promise<number> {
  const { queues } = await (await admin()).status();
  return queues.reduce((sum, queue) => sum + queue.waiting, 0);
}

describe.skipIf(!HAS_REDIS)('a scan on a queue (needs redis-server)', () => {
  it('has every row once, in order, and leaves no job behind', async () => {
    await work();
    const seen: ScanProgress[] = [];
    const rows = valueOf(await scan(scanning(), { seen }));
    expect(rows.map((row) => row.record)).toEqual(NAMES);
    const text = await readFile(join(dir, 'rows.jsonl'), 'utf8');
    expect(text.trim().split('\n')).toEqual(rows.map((row) => JSON.stringify(row)));
    for (const name of NAMES) expect(await startsOf(name)).toBe(1);
    expect(seen.every(({ current }) => current === null)).toBe(true);
    const { queues } = await (await admin()).status();
    expect(queues).toMatchObject([{ waiting: 0, active: 0, answered: 0, failed: 0 }]);
  });

  it('gives up a recording that ends its process twice, with an error row, and reads the others', async () => {
    await record('deadly');
    await work();
    const rows = valueOf(await scan());
    expect(rows.map((row) => [row.record, row.error?.code])).toEqual([
      ['deadly', 'inference-failed'],
      ...NAMES.map((name) => [name, undefined]),
    ]);
    expect(await startsOf('deadly')).toBe(2);
  });

  it('does not count against a recording that workers hand it back, and says why it was given up', async () => {
    await record('sick', 'wrong');
    await work();
    const rows = valueOf(await scan());
    const failed = rows.filter(({ error }) => error);
    expect(failed.map((row) => [row.record, row.error?.message])).toEqual([
      ['wrong', 'No worker could read this recording, and it was given up: Not here.'],
    ]);
    expect(rows.find((row) => row.record === 'sick')?.error).toBeUndefined();
    expect(await startsOf('sick')).toBe(4);
  });

  it('keeps no more in the queue than it may', async () => {
    const stop = scanning();
    const ended = scan(stop, { ahead: 2 });
    await expect.poll(waiting, { timeout: 10_000 }).toBe(2);
    stop.abort();
    expect(await ended).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });

  it('goes on where a coordinator ended, and reads nothing again', async () => {
    const stop = scanning();
    const first = scan(stop);
    await expect.poll(waiting, { timeout: 10_000 }).toBe(NAMES.length);
    stop.abort();
    await first;
    // Read while nobody waits for it.
    await work();
    await expect
      .poll(async () => (await (await admin()).status()).queues[0]!.answered, { timeout: 10_000 })
      .toBe(NAMES.length);
    expect(valueOf(await scan()).map((row) => row.record)).toEqual(NAMES);
    for (const name of NAMES) expect(await startsOf(name)).toBe(1);
  });

  it('writes a report under the name that it has now, whatever a coordinator before named it', async () => {
    const reports = join(dir, 'reports');
    const stop = scanning();
    const first = scan(stop, { reports });
    await expect.poll(waiting, { timeout: 10_000 }).toBe(NAMES.length);
    stop.abort();
    await first;
    // One more of that name, which comes first.
    await mkdir(join(dir, 'records', 'a'));
    await record(join('a', NAMES[0]!));
    const second = scan(scanning(), { reports });
    await expect.poll(waiting, { timeout: 10_000 }).toBe(NAMES.length + 1);
    await work();
    const rows = valueOf(await second);
    expect(rows.map((row) => row.error)).toEqual(rows.map(() => undefined));
    const written = await readdir(reports);
    expect(written).toHaveLength(NAMES.length + 1);
    const texts = await Promise.all(written.map((name) => readFile(join(reports, name), 'utf8')));
    for (const { path } of rows) expect(texts.join('')).toContain(path);
  });

  it('takes a queue that holds nothing and has no worker out of the list', async () => {
    const worker = await work();
    valueOf(await scan());
    expect((await (await admin()).status()).queues).toHaveLength(1);
    await worker.close();
    const queues = await admin();
    await queues.drain();
    expect((await (await admin()).status()).queues).toEqual([]);
  });

  it('is not answered by a worker with another version of the model', async () => {
    const other = await testModel('other-models', '9.9.9');
    await work({ model: other });
    const stop = scanning();
    const ended = scan(stop);
    await expect.poll(waiting, { timeout: 10_000 }).toBe(NAMES.length);
    await work();
    expect(valueOf(await ended)).toHaveLength(NAMES.length);
    const { queues } = await (await admin()).status();
    expect(queues).toHaveLength(2);
  });

  it('is halted, goes on, and ends when the queue is drained', async () => {
    const stop = scanning();
    const first = scan(stop);
    await expect.poll(waiting, { timeout: 10_000 }).toBe(NAMES.length);
    const queues = await admin();
    await queues.pause();
    await work();
    expect((await queues.status()).queues).toMatchObject([{ paused: true }]);
    expect(await readFile(starts, 'utf8')).toBe('');
    expect(await queues.drain()).toBe(NAMES.length);
    expect(await first).toMatchObject({ error: { message: expect.stringContaining('drained') } });
    await queues.resume();
    expect(valueOf(await scan())).toHaveLength(NAMES.length);
  });

  it('ends where the server is full, says so, and writes no row of it', async () => {
    const client = new Redis({ ...redis.address });
    closing.push(async () => client.disconnect());
    await client.config('SET', 'maxmemory-policy', 'noeviction');
    const first = scan();
    await expect.poll(waiting, { timeout: 10_000 }).toBe(NAMES.length);
    await client.config('SET', 'maxmemory', '1');
    expect(await scan(scanning(), { out: 'other.jsonl' })).toMatchObject({
      ok: false,
      error: { code: 'not-writable', message: expect.stringContaining('takes nothing more') },
    });
    expect(existsSync(join(dir, 'other.jsonl'))).toBe(false);
    await client.config('SET', 'maxmemory', '0');
    await work();
    expect(valueOf(await first)).toHaveLength(NAMES.length);
    const rows = valueOf(await scan(scanning(), { out: 'other.jsonl' }));
    expect(rows.map((row) => row.error)).toEqual(NAMES.map(() => undefined));
  });

  it('shows nothing of a recording in keys and logs', async () => {
    const lines: string[] = [];
    const client = new Redis({ ...redis.address });
    closing.push(async () => client.disconnect());
    const stop = scanning();
    const ended = scan(stop);
    await expect.poll(waiting, { timeout: 10_000 }).toBe(NAMES.length);
    const keys = await client.keys('*');
    await work({ log: (line) => lines.push(line) });
    valueOf(await ended);
    expect(keys.length).toBeGreaterThan(NAMES.length);
    expect(keys.join('\n')).not.toMatch(/jansen|records/);
    expect(lines.length).toBeGreaterThanOrEqual(NAMES.length);
    expect(lines.join('\n')).not.toMatch(/jansen|records/);
    const left = await client.keys('*:r*');
    expect(left).toEqual([]);
  });

  it('ends where the server is gone for good: a scan that is stopped, and a worker', async () => {
    const worker = await work();
    const stop = scanning();
    const ended = scan(stop, { ahead: 1 });
    await expect.poll(() => startsOf('jansen-a'), { timeout: 10_000 }).toBe(1);
    redis.child.kill('SIGKILL');
    stop.abort();
    expect(await ended).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await worker.close()).toBe(false);
    closing.splice(0);
  }, 30_000);
});

it('says where there is no queue', async () => {
  expect(await openQueueAdmin({ host: '127.0.0.1', port: 1, db: 0 })).toMatchObject({
    ok: false,
    error: { code: 'not-readable', message: expect.stringContaining('redis://127.0.0.1:1') },
  });
});
