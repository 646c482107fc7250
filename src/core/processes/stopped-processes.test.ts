import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { segmentsOfColumns, type Result } from '../../shared/domain';
import type { Channel } from '../base/channel';
import { writeTestModel } from '../inference/testing/model-fixture';
import { openSqliteStore } from '../review/store/sqlite-store';
import { entryPath } from './entries';
import { createHost, type Host } from './host';
import { forkNode } from './node-channel';
import { requireBuild } from '../../../tests/contract/double/require-build';
import { writeTestRecord } from './testing/test-record';

/** Processes that are really stopped (SIGSTOP): they live, hold everything, and do nothing. */
const BEAT_MS = 400;

let dir: string;
let host: Host;
let engines: Channel[];
let inferences: Channel[];
let states: { up: boolean; reason: string | null }[];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-stopped-'));
  await requireBuild();
  await writeTestModel(join(dir, 'models'));
  await mkdir(join(dir, 'records'));
});
afterAll(async () => {
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
});
beforeEach(() => {
  engines = [];
  inferences = [];
  states = [];
  const fork = (list: Channel[], name: 'engine' | 'inference') => (): Channel => {
    list.push(forkNode(entryPath(name), { quiet: true }));
    return list.at(-1)!;
  };
  host = createHost({
    forkEngine: fork(engines, 'engine'),
    forkInference: fork(inferences, 'inference'),
    beatMs: BEAT_MS,
    config: {
      host: 'browser',
      version: 'test',
      dataDir: join(dir, 'data'),
      modelsDir: join(dir, 'models'),
      demoPath: join(dir, 'no-demo.hea'),
    },
  });
  host.client.on('engine.state', (state) => states.push(state));
});
afterEach(() => host.close());

const stop = (channel: Channel): boolean => process.kill(channel.pid!, 'SIGSTOP');

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

async function admit(name: string, seconds: number): Promise<string> {
  const path = await writeTestRecord(join(dir, 'records'), { name, seconds });
  return must(await host.admit([path])).entries[0]!.recordingId;
}

async function untilDone(analysisId: string): Promise<void> {
  for (;;) {
    const { state, message } = must(await host.client.call('analysis.status', { analysisId }));
    if (state === 'done') return;
    if (state === 'failed' || state === 'cancelled') throw new Error(`${state}: ${message}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe.skipIf(platform() === 'win32')('a process that is stopped', () => {
  it('is the engine: callers are answered by another, and everyone is told', async () => {
    const recordingId = await admit('read', 60);
    const settings = must(await host.client.call('settings.get', {}));
    stop(engines[0]!);
    const [read, change] = await Promise.all([
      host.client.call('recordings.open', { recordingId }),
      host.client.call('report.create', {
        ...{ analysisId: 'a', paper: 'A4', identity: false, reader: '' },
      }),
    ]);
    expect(must(read).recordingId).toBe(recordingId);
    expect(change).toMatchObject({ ok: false, error: { code: 'busy' } });
    expect(JSON.stringify(change)).toMatch(/had not answered for \d+ s.*started again/);
    expect(states).toEqual([
      { up: true, reason: null },
      { up: false, reason: expect.stringMatching(/^it had not answered/) as string },
      { up: true, reason: null },
    ]);
    expect(engines).toHaveLength(2);
    expect(must(await host.client.call('settings.get', {}))).toEqual(settings);
  });

  it('is the inference process: the analysis goes on, and no segment is lost or doubled', async () => {
    const recordingId = await admit('analysed', 2400);
    const seen: number[] = [];
    let stopped = false;
    host.client.on('analysis.segment', ({ segments }) => {
      seen.push(...segments.map(({ index }) => index));
      if (stopped || seen.length < 64) return;
      stopped = true;
      for (const inference of inferences) stop(inference);
    });
    const { analysisId, segmentsTotal } = must(
      await host.client.call('analysis.start', { recordingId, modelId: null, lead: null }),
    );
    await untilDone(analysisId);
    expect(stopped).toBe(true);
    expect(engines).toHaveLength(1);
    const segments = segmentsOfColumns(
      must(await host.client.call('analysis.segments', { analysisId })).segments,
    );
    expect(segments.map(({ index }) => index)).toEqual(segments.map((_, i) => i));
    expect(segments).toHaveLength(segmentsTotal);
    expect([...seen].sort((a, b) => a - b)).toEqual(segments.map((_, i) => i));
  }, 120_000);

  it('is an engine that is asked to end: it is ended all the same', async () => {
    must(await host.client.call('settings.get', {}));
    stop(engines[0]!);
    const start = performance.now();
    await host.close();
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});

it('leaves a store whose one file holds everything when the host is closed', async () => {
  const recordingId = await admit('kept', 60);
  const { analysisId } = must(
    await host.client.call('analysis.start', { recordingId, modelId: null, lead: null }),
  );
  await untilDone(analysisId);
  must(
    await host.client.call('review.decide', {
      analysisId,
      reader: 'test',
      edit: { kind: 'decide-segments', segments: [0], decision: 'agree', note: 'kept' },
    }),
  );
  await host.close();
  // As a person would who copies the file: without the log that lies beside it.
  await mkdir(join(dir, 'copy'));
  await copyFile(join(dir, 'data', 'fiducial.db'), join(dir, 'copy', 'fiducial.db'));
  const store = must(openSqliteStore(join(dir, 'copy')));
  expect(store.recording(recordingId)?.name).toBe('kept');
  expect(store.analysis(analysisId)?.status.state).toBe('done');
  expect(store.trail.events(analysisId)).toHaveLength(1);
  store.close();
});
