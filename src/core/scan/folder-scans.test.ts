import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  METHODS,
  type EventName,
  type EventPayload,
  type RequestContext,
} from '../../shared/contract';
import { err } from '../../shared/domain';
import { createFakeInference } from '../analysis/testing/fake-inference';
import { writeTestModel } from '../inference/testing/model-fixture';
import { pulses, writeRecord } from '../recordings/testing/write-record';
import { createService, type Service } from '../service';
import { createInlinePool } from '../workers/inline-pool';
import { valueOf } from '../../shared/domain/testing/value-of';

const context: RequestContext = { signal: new AbortController().signal };

let dir: string;
let folder: string;
let service: Service | null = null;
let events: { event: EventName; payload: unknown }[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-folder-scan-'));
  folder = join(dir, 'records');
  events = [];
  await mkdir(join(folder, 'inner'), { recursive: true });
  await writeTestModel(join(dir, 'models'));
  for (const [name, gain] of Object.entries({ a: 1, b: 1.5 })) {
    const leads = { II: (t: number) => gain * pulses(t) };
    await writeRecord(folder, { name, rateHz: 360, seconds: 30, leads });
  }
  await writeRecord(join(folder, 'inner'), {
    name: 'c',
    rateHz: 360,
    seconds: 30,
    leads: { II: (t) => 2 * pulses(t) },
  });
  await writeFile(join(folder, 'broken.hea'), 'broken 1 0\nbroken.dat 16\n');
});
afterEach(async () => {
  await service?.close();
  service = null;
  await rm(dir, { recursive: true, force: true });
});

async function open(
  inference: ReturnType<typeof createFakeInference>,
  meanwhile?: () => Promise<unknown>,
): Promise<string[]> {
  await service?.close();
  service = valueOf(
    await createService({
      pool: createInlinePool(),
      inference,
      dataDir: join(dir, 'data'),
      modelsDir: join(dir, 'models'),
      host: 'browser',
      version: '0.0.0',
      emit: <E extends EventName>(event: E, payload: EventPayload<E>) =>
        void events.push({ event, payload }),
    }),
  );
  const admitted = service.admit([folder]);
  await meanwhile?.();
  return valueOf(await admitted).sourceIds;
}

async function start(sourceIds: string[]): Promise<string> {
  const { handlers } = service!;
  return valueOf(await handlers['scan.start']({ sourceIds, modelId: null }, context)).scanId;
}

async function finished(scanId: string) {
  const { handlers } = service!;
  for (;;) {
    const answer = valueOf(await handlers['scan.rows']({ scanId, from: 0 }, context));
    if (answer.done) return answer.rows;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('a folder scan in the viewer', () => {
  it('waits for its folder where an engine that was started again still looks through it', async () => {
    const inference = createFakeInference(() => 0.9);
    const sourceIds = await open(inference);
    let scanId = '';
    await open(inference, async () => (scanId = await start(sourceIds)));
    expect(await finished(scanId)).toHaveLength(4);
    const unknown = await service!.handlers['scan.start'](
      { sourceIds: ['unknown'], modelId: null },
      context,
    );
    expect(unknown).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('marks the rows of records whose files have changed since', async () => {
    const scanId = await start(await open(createFakeInference(() => 0.9)));
    expect((await finished(scanId)).filter((row) => row.changed)).toEqual([]);
    const leads = { II: (t: number) => 3 * pulses(t) };
    await writeRecord(folder, { name: 'b', rateHz: 360, seconds: 31, leads });
    await writeFile(join(folder, 'broken.hea'), 'broken 1 0\nbroken.dat 16 mended\n');
    await rm(join(folder, 'inner', 'c.dat'));
    const rows = await finished(scanId);
    const changed = rows.filter((row) => row.changed).map((row) => row.record);
    expect(changed.sort()).toEqual(['b', 'broken', 'c']);
  });

  it('gives every record a row, and leaves them analysed on the worklist', async () => {
    const scanId = await start(await open(createFakeInference(() => 0.9)));
    const rows = await finished(scanId);
    expect(() => METHODS['scan.rows'].output.parse({ rows, done: true })).not.toThrow();
    expect(rows.map(({ path }) => path).sort()).toEqual(
      ['a.hea', 'b.hea', 'broken.hea', join('inner', 'c.hea')].sort(),
    );
    expect(JSON.stringify(rows)).not.toContain(dir);
    const broken = rows.find(({ record }) => record === 'broken')!;
    expect(broken).toMatchObject({ segments: [], error: { code: 'bad-header' } });
    for (const row of rows.filter(({ error }) => !error)) {
      expect(row).toMatchObject({ model: 'test-model', lead: 'II', fs: 360, durationS: 30 });
      expect(row.segments).toHaveLength(5);
    }
    const { entries } = valueOf(await service!.handlers['recordings.list']({}, context));
    expect(new Map(entries.map((entry) => [entry.name, entry.state]))).toEqual(
      new Map([
        ['a', 'analysed'],
        ['b', 'analysed'],
        ['c', 'analysed'],
        ['broken', 'failed'],
      ]),
    );
    const told = events.filter(({ event }) => event === 'scan.row');
    expect(told.map(({ payload }) => (payload as EventPayload<'scan.row'>).index)).toEqual([
      0, 1, 2, 3,
    ]);
    const last = events.filter(({ event }) => event === 'scan.progress').at(-1)!;
    expect(last.payload).toMatchObject({ done: 4, total: 4, failed: 1, state: 'done' });
  });

  it('finds in the store what an earlier scan finished', async () => {
    await finished(await start(await open(createFakeInference(() => 0.9))));
    const inference = createFakeInference(() => 0.1);
    const rows = await finished(await start(await open(inference)));
    expect(inference.batches).toEqual([]);
    expect(rows.filter(({ error }) => !error)).toHaveLength(3);
    expect(rows.find(({ record }) => record === 'a')!.segments[0]!.probability).toBeCloseTo(0.9, 6);
  });

  it('analyses again what changed since', async () => {
    await finished(await start(await open(createFakeInference(() => 0.9))));
    await writeRecord(folder, { name: 'a', rateHz: 360, seconds: 40, leads: { II: pulses } });
    const inference = createFakeInference(() => 0.1);
    const rows = await finished(await start(await open(inference)));
    expect(inference.batches).toEqual([7]);
    expect(rows.find(({ record }) => record === 'a')).toMatchObject({ durationS: 40 });
  });

  it('stops when cancelled', async () => {
    const inference = createFakeInference(() => 0.9, { delayMs: 5000 });
    const scanId = await start(await open(inference));
    // Two analyses at a time (`jobs.ts`), both waiting for their answer.
    await expect.poll(() => inference.batches.length).toBe(2);
    const beganMs = performance.now();
    valueOf(await service!.handlers['scan.cancel']({ scanId }, context));
    await finished(scanId);
    expect(performance.now() - beganMs).toBeLessThan(200);
    const last = events.filter(({ event }) => event === 'scan.progress').at(-1)!;
    expect(last.payload).toMatchObject({ state: 'cancelled' });
  });

  it('knows only folders that were brought in', async () => {
    await open(createFakeInference(() => 0.9));
    const answer = await service!.handlers['scan.start'](
      { sourceIds: ['/etc'], modelId: null },
      context,
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});

describe('the worklist', () => {
  it('shows why a recording could not be analysed', async () => {
    await open(createFakeInference(() => 0.9));
    const { handlers } = service!;
    const list = async () => valueOf(await handlers['recordings.list']({}, context)).entries;
    const broken = (await list()).find(({ name }) => name === 'broken')!;
    const { recordingId } = broken;
    const started = await handlers['analysis.start'](
      { recordingId, modelId: null, lead: null },
      context,
    );
    expect(started.ok).toBe(false);
    expect((await list()).find(({ name }) => name === 'broken')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('broken.hea') as string,
    });
  });

  it('says so at the next start as well, until the recording can be read', async () => {
    await finished(await start(await open(createFakeInference(() => 0.9))));
    const sourceIds = await open(createFakeInference(() => 0.9));
    const broken = async () => {
      const { entries } = valueOf(await service!.handlers['recordings.list']({}, context));
      return entries.find(({ name }) => name === 'broken');
    };
    expect(await broken()).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('broken.hea') as string,
    });
    await writeRecord(folder, { name: 'broken', rateHz: 360, seconds: 30, leads: { II: pulses } });
    await finished(await start(sourceIds));
    expect(await broken()).toMatchObject({ state: 'analysed', message: null });
    await open(createFakeInference(() => 0.9));
    expect(await broken()).toMatchObject({ state: 'analysed' });
  });

  it('says nothing of the files where it was the machine that failed', async () => {
    const failing = createFakeInference(() => 0.9);
    failing.run = async () => err('inference-failed', 'It ended three times.');
    await finished(await start(await open(failing)));
    await open(createFakeInference(() => 0.9));
    const { entries } = valueOf(await service!.handlers['recordings.list']({}, context));
    expect(entries.filter(({ state }) => state === 'failed').map(({ name }) => name)).toEqual([
      'broken',
    ]);
  });
});
