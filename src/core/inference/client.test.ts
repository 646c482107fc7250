import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { err, ok } from '../../shared/domain';
import { createInference, MAX_CRASHES_PER_BATCH, MAX_KILLS_PER_BATCH } from './client';
import type { ToInference } from './messages';
import { fakeProcess, type FakeProcess } from './testing/fake-channel';
import type { InferenceProcess } from './types';
import type { ModelFiles, Tensors } from './types';

const FILE = { file: 'm.onnx', sha256: 'abc' };
const PATHS = { scan: 'm.onnx', explain: 'm.onnx' };
const MODEL = {
  card: { id: 'm', version: '1', files: { scan: FILE } },
  paths: { scan: 'm.onnx' },
} as unknown as ModelFiles;

let started: FakeProcess[];
let inference: InferenceProcess;

beforeEach(() => {
  vi.useFakeTimers();
  started = [];
  inference = createInference({
    spawn: () => {
      started.push(fakeProcess());
      return current().channel;
    },
    hangMs: 1000,
  });
});
afterEach(() => vi.useRealTimers());

const current = (): FakeProcess => started[started.length - 1]!;
const batch = (value: number): Tensors => ({
  x: { type: 'float32', dims: [1], data: Float32Array.of(value) },
});
const run = (value: number, signal?: AbortSignal): ReturnType<InferenceProcess['run']> =>
  inference.run(MODEL, 'scan', batch(value), signal);

type Run = Extract<ToInference, { kind: 'run' }>;
const valuesAt = (process: FakeProcess): number[] =>
  (process.received as Run[]).map(({ inputs }) => Number(inputs['x']!.data[0]));
/** Answers the n-th message of the process with twice its input. */
function answer(process: FakeProcess, n: number): void {
  const { id, inputs } = process.received[n] as Run;
  process.say({ kind: 'reply', id, result: ok(batch(2 * Number(inputs['x']!.data[0]))) });
}
/** Lets the posted microtasks run and a restart happen. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(150);

describe('createInference', () => {
  it('loads a graph before there is a batch for it', async () => {
    const ready = inference.ready(MODEL);
    await settle();
    const [load] = current().received as ToInference[];
    expect(load).toMatchObject({ kind: 'load', graph: { path: MODEL.paths.scan } });
    current().say({ kind: 'reply', id: load!.id, result: ok({}) });
    await ready;
    const ran = run(2);
    answer(current(), 1);
    expect(await ran).toEqual(ok(batch(4)));
  });

  it('starts the process only when there is work, and hands over two batches at a time', async () => {
    expect(started).toHaveLength(0);
    const runs = [run(1), run(2), run(3)];
    await settle();
    expect(valuesAt(current())).toEqual([1, 2]);
    answer(current(), 0);
    expect(valuesAt(current())).toEqual([1, 2, 3]);
    answer(current(), 1);
    answer(current(), 2);
    expect(await Promise.all(runs)).toEqual([2, 4, 6].map((v) => ok(batch(v))));
  });

  it('restarts after a crash and runs what was in hand again, once each and in order', async () => {
    const runs = [run(1), run(2), run(3), run(4)];
    await settle();
    answer(current(), 0);
    current().crash();
    await settle();
    expect(started).toHaveLength(2);
    expect(valuesAt(current())).toEqual([2, 3]);
    // A late word from the dead process must not be taken for an answer.
    answer(started[0]!, 1);
    expect(valuesAt(current())).toEqual([2, 3]);
    for (const n of [0, 1, 2]) answer(current(), n);
    expect(await Promise.all(runs)).toEqual([2, 4, 6, 8].map((v) => ok(batch(v))));
  });

  it('gives up a batch that crashes it repeatedly, and only that one', async () => {
    const runs = [run(1), run(2)];
    await settle();
    for (let i = 0; i < MAX_CRASHES_PER_BATCH; i++) {
      expect(valuesAt(current())[0]).toBe(1);
      current().crash();
      await settle();
    }
    const failed = await runs[0]!;
    expect(failed).toMatchObject({ ok: false, error: { code: 'inference-failed' } });
    expect(valuesAt(current())).toEqual([2]);
    answer(current(), 0);
    expect(await runs[1]).toEqual(ok(batch(4)));
  });

  it('blames no batch for ends from outside: it is run again, and after many whoever asked is told to try again', async () => {
    for (const reason of [
      'signal SIGKILL',
      'signal SIGTERM',
      'exit code 0',
      'it had not answered for 5 s, since somebody had stopped the process',
    ]) {
      const patient = run(1);
      await settle();
      for (let i = 1; i < MAX_KILLS_PER_BATCH; i++) {
        current().crash(reason);
        await settle();
        expect(valuesAt(current())).toEqual([1]);
      }
      answer(current(), 0);
      expect(await patient, reason).toEqual(ok(batch(2)));
    }
    const given = run(1);
    for (let i = 0; i < MAX_KILLS_PER_BATCH; i++) {
      await settle();
      current().crash('signal SIGKILL');
    }
    expect(await given).toMatchObject({ ok: false, error: { code: 'busy' } });
  });

  it('answers an abort at once, drops the late answer and keeps the rest going', async () => {
    const abort = new AbortController();
    const first = run(1, abort.signal);
    const second = run(2);
    await settle();
    abort.abort();
    expect(await first).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    answer(current(), 0);
    answer(current(), 1);
    expect(await second).toEqual(ok(batch(4)));
    expect(await run(3, abort.signal)).toMatchObject({ error: { code: 'cancelled' } });
    expect(current().received).toHaveLength(2);
  });

  it('does not run an aborted batch again after a crash', async () => {
    const abort = new AbortController();
    const first = run(1, abort.signal);
    const second = run(2);
    await settle();
    abort.abort();
    current().crash();
    await settle();
    expect(valuesAt(current())).toEqual([2]);
    answer(current(), 0);
    expect((await first).ok).toBe(false);
    expect((await second).ok).toBe(true);
  });

  it('kills a process that hangs and counts it as a crash', async () => {
    const result = run(1);
    await settle();
    await vi.advanceTimersByTimeAsync(1000);
    expect(started[0]!.ended).toBe(true);
    await settle();
    answer(current(), 0);
    expect((await result).ok).toBe(true);
  });

  it('waits for each step of the start by itself', async () => {
    const result = run(1);
    await settle();
    const { id } = current().received[0] as Run;
    for (const step of ['runtime-loaded', 'session-opened'] as const) {
      await vi.advanceTimersByTimeAsync(800);
      current().say({ kind: 'step', id, step });
    }
    await vi.advanceTimersByTimeAsync(800);
    answer(current(), 0);
    expect((await result).ok).toBe(true);
    expect(started).toHaveLength(1);
  });

  it('closes with an answer to everyone', async () => {
    const runs = [run(1), run(2), run(3)];
    await settle();
    await inference.close();
    for (const result of await Promise.all(runs)) {
      expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    }
    expect(started[0]!.ended).toBe(true);
    expect(await run(4)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    await settle();
    expect(started).toHaveLength(1);
  });

  it('refuses a variant that the model does not have', async () => {
    const result = await inference.run(MODEL, 'explain', batch(1));
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-model' } });
  });
});

describe('createInference with a provider that is not the CPU', () => {
  let lost: string[];
  beforeEach(() => {
    lost = [];
    inference = createInference({
      spawn: () => {
        started.push(fakeProcess());
        return current().channel;
      },
      providerOf: () => (lost.length > 0 ? 'cpu' : 'webgpu'),
      onLost: (_model, provider, why) => lost.push(`${provider}: ${why}`),
    });
  });

  const providersAt = (process: FakeProcess): string[] =>
    (process.received as Run[]).map(({ graph }) => graph.provider);
  const fail = (process: FakeProcess, n: number): void =>
    process.say({
      kind: 'reply',
      id: (process.received[n] as Run).id,
      result: err('inference-failed', 'device lost'),
    });

  it('uses it for scans, and the CPU for explanations', async () => {
    const explained = inference.run(
      { ...MODEL, card: { ...MODEL.card, files: { scan: FILE, explain: FILE } }, paths: PATHS },
      'explain',
      batch(1),
    );
    void run(2);
    await settle();
    expect(providersAt(current())).toEqual(['cpu', 'webgpu']);
    answer(current(), 0);
    await explained;
  });

  it('runs a batch that it fails on again on the CPU, and stays there', async () => {
    const runs = [run(1), run(2), run(3)];
    await settle();
    fail(current(), 0);
    expect(lost).toEqual([]);
    // 1 on the CPU goes before 3; 2 is still with the provider.
    expect(valuesAt(current())).toEqual([1, 2, 1]);
    expect(providersAt(current())).toEqual(['webgpu', 'webgpu', 'cpu']);
    fail(current(), 1);
    answer(current(), 2);
    expect(lost).toEqual(['webgpu: device lost']);
    expect(providersAt(current()).slice(3)).toEqual(['cpu', 'cpu']);
    answer(current(), 3);
    answer(current(), 4);
    expect(await Promise.all(runs)).toEqual([2, 4, 6].map((v) => ok(batch(v))));
  });

  it('does not blame it for what the CPU fails on, too', async () => {
    const result = run(1);
    await settle();
    fail(current(), 0);
    fail(current(), 1);
    expect(await result).toMatchObject({ ok: false, error: { message: 'device lost' } });
    expect(lost).toEqual([]);
  });

  it('takes no answer that is not a number from it', async () => {
    const result = run(1);
    await settle();
    const { id } = current().received[0] as Run;
    current().say({ kind: 'reply', id, result: ok(batch(NaN)) });
    answer(current(), 1);
    expect(await result).toEqual(ok(batch(2)));
    expect(lost).toEqual(['webgpu: an answer is no number (NaN)']);
  });

  it('stays with it when its process ends once, and leaves it when it does so again', async () => {
    const result = run(1);
    await settle();
    current().crash('signal SIGKILL');
    await settle();
    expect(providersAt(current())).toEqual(['webgpu']);
    current().crash('signal SIGSEGV');
    await settle();
    expect(providersAt(current())).toEqual(['cpu']);
    answer(current(), 0);
    expect(await result).toEqual(ok(batch(2)));
    expect(lost).toEqual(['webgpu: its process ended (signal SIGSEGV)']);
  });
});
