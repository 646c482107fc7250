import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok } from '../../shared/domain';
import { fakeProcess, type FakeProcess } from '../inference/testing/fake-channel';
import { createHost, type Host } from './host';
import type { ToEngine } from './link';

const CONFIG = {
  host: 'browser',
  version: '0',
  dataDir: '/d',
  modelsDir: '/m',
  demoPath: '/demo.hea',
} as const;
let engines: FakeProcess[];
let inferences: FakeProcess[];
let host: Host;

beforeEach(() => {
  vi.useFakeTimers();
  engines = [];
  inferences = [];
  const fork = (list: FakeProcess[]) => () => {
    list.push(fakeProcess());
    return list.at(-1)!.channel;
  };
  host = createHost({
    forkEngine: fork(engines),
    forkInference: fork(inferences),
    config: CONFIG,
  });
});
afterEach(() => vi.useRealTimers());

const engine = (): FakeProcess => engines.at(-1)!;
const sent = (process = engine()): ToEngine[] => process.received as ToEngine[];
const last = (): ToEngine & { id: number } => sent().at(-1) as ToEngine & { id: number };
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(60);
const tile = (startS = 0): object => ({
  recordingId: 'r',
  leads: [0],
  startS,
  endS: startS + 10,
  widthPx: 100,
  filter: 'raw',
});

describe('createHost', () => {
  it('starts the engine with its configuration and carries answers back', async () => {
    expect(sent()[0]).toEqual({ kind: 'start', config: CONFIG });
    const call = host.client.call('settings.get', {});
    await settle();
    expect(last()).toMatchObject({ kind: 'call', method: 'settings.get', input: {} });
    engine().say({ kind: 'reply', id: last().id, result: ok({ theme: 'dark' }) });
    expect(await call).toEqual(ok({ theme: 'dark' }));
  });

  it.each([
    ['a method that does not exist', 'settings.drop', {}, /no request "settings.drop"/],
    ['a name from the prototype', 'toString', {}, /no request/],
    ['a name that is no text', Object.create(null), {}, /no request "object"/],
    ['a missing field', 'recordings.open', {}, /recordings.open: field recordingId/],
    ['a negative time', 'traces.tile', tile(-1), /traces.tile: field startS/],
    ['too many pixels', 'traces.tile', { ...tile(), widthPx: 1e9 }, /field widthPx/],
    ['nothing at all', 'recordings.open', undefined, /recordings.open: the input/],
  ])('refuses %s before the engine sees it', async (_name, method, input, message) => {
    const result = await host.call(method, input);
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(result.ok ? '' : result.error.message).toMatch(message);
    expect(sent()).toHaveLength(1);
  });

  it('drops keys that the contract does not know', async () => {
    void host.call('recordings.open', { recordingId: 'r', path: '/etc/passwd' });
    await settle();
    expect(last()).toMatchObject({ input: { recordingId: 'r' } });
    expect(JSON.stringify(last())).not.toContain('passwd');
  });

  it('answers a cancel at once and passes it on', async () => {
    const abort = new AbortController();
    const call = host.call('traces.tile', tile(), abort.signal);
    await settle();
    const { id } = last();
    abort.abort();
    expect(await call).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(last()).toEqual({ kind: 'cancel', id });
    engine().say({ kind: 'reply', id, result: ok({}) });
  });

  it('rejects for a bug, and only that request', async () => {
    const call = host.call('app.info', {});
    const caught = call.catch((error: Error) => error.message);
    await settle();
    engine().say({ kind: 'fault', id: last().id, message: 'app.info: x is undefined' });
    expect(await caught).toBe('app.info: x is undefined');
  });

  it('tells listeners of events until they leave', () => {
    const seen: unknown[] = [];
    const leave = host.client.on('recordings.changed', (payload) => seen.push(payload));
    engine().say({ kind: 'event', event: 'recordings.changed', payload: {} });
    leave();
    engine().say({ kind: 'event', event: 'recordings.changed', payload: {} });
    expect(seen).toEqual([{}]);
  });
});

describe('createHost after a crash of the engine', () => {
  it('asks again what may be asked twice, and answers for the rest', async () => {
    const read = host.call('traces.tile', tile());
    const decide = host.call('review.decide', {
      analysisId: 'a',
      reader: 'x',
      edit: { kind: 'delete-beat', timeS: 1 },
    });
    await settle();
    engine().crash('signal SIGSEGV');
    expect(await decide).toMatchObject({ ok: false, error: { code: 'busy' } });
    await settle();
    expect(engines).toHaveLength(2);
    expect(sent().map(({ kind }) => kind)).toEqual(['start', 'call']);
    engine().say({ kind: 'reply', id: last().id, result: ok('tile') });
    expect(await read).toEqual(ok('tile'));
  });

  it('gives up a request that ends the engine again and again', async () => {
    const call = host.call('traces.tile', tile());
    await settle();
    for (let i = 0; i < 3; i++) {
      engine().crash();
      await vi.advanceTimersByTimeAsync(3000);
    }
    expect(await call).toMatchObject({ ok: false, error: { code: 'busy' } });
    expect(engines).toHaveLength(4);
  });

  it('takes folders and unfinished analyses up again, and finished ones not', async () => {
    const answer = async (call: Promise<unknown>, value: unknown): Promise<void> => {
      await settle();
      engine().say({ kind: 'reply', id: last().id, result: ok(value) });
      await call;
    };
    const start = (recordingId: string): Promise<unknown> =>
      host.call('analysis.start', { recordingId, modelId: null, lead: null });
    await answer(host.admit(['/data/folder']), { entries: [], sourceIds: ['s'] });
    await answer(host.admit(['/data/one.hea']), { entries: [], sourceIds: [] });
    await answer(start('r1'), { analysisId: 'a1', state: 'running' });
    await answer(start('r2'), { analysisId: 'a2', state: 'running' });
    await answer(start('r3'), { analysisId: 'a3', state: 'done' });
    const done = { analysisId: 'a1', state: 'done' };
    engine().say({ kind: 'event', event: 'analysis.progress', payload: done });
    engine().crash();
    await settle();
    expect(sent().slice(1)).toMatchObject([
      { kind: 'admit', paths: ['/data/folder'] },
      { kind: 'call', method: 'analysis.start', input: { recordingId: 'r2' } },
    ]);
  });

  it('relays inference for the engine, by generation, and ends it with the engine', async () => {
    engine().say({ kind: 'inference-spawn', generation: 1 });
    engine().say({ kind: 'inference-post', generation: 1, message: 'batch' });
    expect(inferences[0]!.received).toEqual(['batch']);
    inferences[0]!.say('answer');
    expect(last()).toEqual({ kind: 'inference-message', generation: 1, message: 'answer' });
    inferences[0]!.crash('signal SIGKILL');
    expect(last()).toMatchObject({ kind: 'inference-closed', generation: 1 });
    engine().say({ kind: 'inference-spawn', generation: 2 });
    engine().say({ kind: 'inference-post', generation: 1, message: 'late' });
    expect(inferences[1]!.received).toEqual([]);
    engine().crash();
    expect(inferences[1]!.ended).toBe(true);
  });

  it('lets the engine close its store when it is closed, and does not start again', async () => {
    const call = host.call('app.info', {});
    await settle();
    const closing = host.close();
    expect(await call).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(last()).toEqual({ kind: 'stop' });
    expect(engine().ended).toBe(false);
    engine().crash('exit code 0');
    await closing;
    await settle();
    expect(engines).toHaveLength(1);
    expect(await host.call('app.info', {})).toMatchObject({ error: { code: 'cancelled' } });
  });
});

describe('createHost with an engine that does not answer', () => {
  const beats = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(1000 * count);
  const up = (): void => engine().say({ kind: 'ready' });

  it('asks for a sign of life, and takes any for one', async () => {
    up();
    for (let i = 0; i < 40; i++) {
      await beats(1);
      expect(last()).toEqual({ kind: 'ping' });
      engine().say(i % 2 === 0 ? { kind: 'pong' } : { kind: 'event', event: 'recordings.changed' });
    }
    expect(engines).toHaveLength(1);
    expect(host.isUp()).toBe(true);
  });

  it('says so soon, ends it after a while and starts another, which answers', async () => {
    up();
    const states: unknown[] = [];
    host.client.on('engine.state', (state) => states.push(state));
    const read = host.call('traces.tile', tile());
    const decide = host.call('review.decide', {
      analysisId: 'a',
      reader: 'x',
      edit: { kind: 'delete-beat', timeS: 1 },
    });
    await beats(5);
    expect(host.isUp()).toBe(false);
    expect(engines[0]!.ended).toBe(false);
    await beats(12);
    expect(engines[0]!.ended).toBe(true);
    expect(await decide).toMatchObject({
      ok: false,
      error: { code: 'busy', message: expect.stringMatching(/not answered for 15 s/) as string },
    });
    expect(states).toEqual([{ up: false, reason: 'it had not answered for 15 s' }]);
    expect(engines).toHaveLength(2);
    up();
    const { id } = sent().find(({ kind }) => kind === 'call') as { id: number };
    engine().say({ kind: 'reply', id, result: ok('tile') });
    expect(await read).toEqual(ok('tile'));
    expect(states[1]).toEqual({ up: true, reason: null });
    expect(host.isUp()).toBe(true);
  });

  it('is patient with one that starts', async () => {
    await beats(50);
    expect(engines).toHaveLength(1);
    expect(host.isUp()).toBe(false);
    await beats(15);
    expect(engines).toHaveLength(2);
  });

  it('kills one that does not end when it is asked to', async () => {
    up();
    const closing = host.close();
    await beats(4);
    expect(engine().ended).toBe(false);
    await beats(2);
    expect(engine().ended).toBe(true);
    await closing;
  });
});
