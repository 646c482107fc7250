/** Jobs that several servers share, on a Redis of the test's own. */
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeTestModel } from '../core/inference/testing/model-fixture';
import { modelKey } from '../core/inference/model-hash';
import { PLACES_KEY, PREFIX } from '../core/queue/names';
import { openQueueAdmin, type QueueAdmin } from '../core/queue/queue-admin';
import { HAS_REDIS, startRedis, type TestRedis } from '../core/queue/testing/redis';
import { valueOf } from '../shared/domain/testing/value-of';
import type { PredictLimits } from './api/predict';
import type { Server, ServerOptions } from './start-server';
import { answerOf, predictBody } from './testing/asking';
import { adoptedHere, dir, startBeside, useTestServer } from './testing/test-server';

const LONG = { timeout: 20_000 };
/** So slow that a job is at work as long as a test needs. */
const SLOW_MS = 600_000;
const TAKE_OVER_MS = 2000;

let redis: TestRedis;
let client: Redis;
let admin: QueueAdmin;
const servers: Server[] = [];

describe.skipIf(!HAS_REDIS)('predictions of several servers (needs redis-server)', () => {
  useTestServer(null);
  beforeEach(async () => {
    redis = await startRedis();
    client = new Redis({ ...redis.address });
    client.on('error', () => undefined);
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
    await admin?.close().catch(() => undefined);
    client.disconnect();
    await redis.close();
  });

  const jobsDir = (): string => join(dir, 'jobs');
  const folders = async (): Promise<string[]> =>
    (await readdir(jobsDir())).filter((name) => name.startsWith('p'));

  async function serve(
    options: Partial<ServerOptions> = {},
    delayMs = 0,
    takeOverMs = 30_000,
  ): Promise<Server> {
    const shared = { address: redis.address, dir: jobsDir(), takeOverMs, sweepMs: 50 };
    const server = await startBeside({ viewer: null, shared, ...options }, delayMs);
    servers.push(server);
    return server;
  }

  async function ask(server: Server, token = '', query = '?async=1'): Promise<Response> {
    const headers = bearer(token);
    const body = await predictBody(dir);
    return fetch(`${server.url}/predict${query}`, { method: 'POST', body, headers });
  }

  /** Where a job is, from any server. */
  async function placeOf(server: Server, token = ''): Promise<string> {
    const taken = await ask(server, token);
    expect(taken.status).toBe(202);
    return taken.headers.get('location')!;
  }

  const at = (server: Server, place: string, method = 'GET', token = ''): Promise<Response> =>
    fetch(server.url + place, { method, headers: bearer(token) });
  const stateOf = async (server: Server, place: string): Promise<unknown> =>
    (await (await at(server, place)).json()) as unknown;

  /** Nothing is worked on from here on; jobs of networks that a server works for wait. */
  async function halted(): Promise<() => Promise<void>> {
    admin = valueOf(await openQueueAdmin(redis.address));
    await admin.pause();
    return () => admin.resume();
  }

  /** Takes a job and is gone, as a server that was killed. */
  async function takeAndBeGone(): Promise<void> {
    const [name] = (await admin.status()).queues.map((queue) => queue.name);
    let took = (): void => undefined;
    const taken = new Promise<void>((done) => (took = done));
    const never = new Promise<void>(() => undefined);
    const connection = { ...redis.address, maxRetriesPerRequest: null };
    const worker = new Worker(name!, () => (took(), never), {
      ...{ connection, prefix: PREFIX, lockDuration: 300 },
      skipStalledCheck: true,
    });
    await taken;
    await worker.close(true);
  }

  it('are taken by one, answered by any alike, and forgotten by all', async () => {
    const [a, b] = [await serve(), await serve()];
    const place = await placeOf(a);
    const wanted = (await (await ask(a, '', '')).json()) as unknown;
    for (const server of [a, b]) {
      const answer = await answerOf(server.url + place);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual(wanted);
    }
    // What was sent is gone before the answer is.
    const [folder] = await folders();
    await expect
      .poll(() => readdir(join(jobsDir(), folder!)), LONG)
      .toEqual([expect.stringMatching(/^answer-/) as string]);
    expect((await at(b, place, 'DELETE')).status).toBe(204);
    expect((await at(a, place)).status).toBe(404);
    expect((await at(a, place, 'DELETE')).status).toBe(404);
    await expect.poll(folders, LONG).toEqual([]);
  });

  it('outlive every server: what is at work is handed back, what waits goes on', async () => {
    const limits: Partial<PredictLimits> = { atWork: 1 };
    const a = await serve({ limits }, SLOW_MS);
    const places = [await placeOf(a), await placeOf(a), await placeOf(a)];
    await expect.poll(() => stateOf(a, places[0]!), LONG).toEqual({ state: 'running' });
    await a.close();
    const b = await serve({ limits });
    for (const place of places) expect((await answerOf(b.url + place)).status).toBe(200);
  });

  it('come through a rolling restart, each once', async () => {
    let server = await serve({}, 20);
    const places: string[] = [];
    for (let round = 0; round < 3; round++) {
      places.push(...(await Promise.all([1, 2, 3].map(() => placeOf(server)))));
      const next = await serve({}, 20);
      await server.close();
      server = next;
    }
    const answers = await Promise.all(places.map((place) => answerOf(server.url + place)));
    expect(answers.map(({ status }) => status)).toEqual(places.map(() => 200));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
    for (const place of places) expect((await at(server, place, 'DELETE')).status).toBe(204);
    await expect.poll(folders, LONG).toEqual([]);
  });

  it('are taken over from a server that is gone, once; then they are given up', async () => {
    const a = await serve({}, 0, TAKE_OVER_MS);
    const resume = await halted();
    const place = await placeOf(a);
    await a.close();
    await resume();
    await takeAndBeGone();
    await admin.pause();
    const b = await serve({}, 0, TAKE_OVER_MS);
    // The job is back in the queue.
    await expect.poll(async () => (await admin.status()).queues[0]?.waiting, LONG).toBe(1);
    await b.close();
    await admin.resume();
    await takeAndBeGone();
    const c = await serve({}, 0, TAKE_OVER_MS);
    const end = await answerOf(c.url + place);
    expect(end.status).toBe(500);
    expect(await end.json()).toMatchObject({
      code: 'inference-failed',
      detail: expect.stringContaining('given up') as string,
    });
    const again = await placeOf(c);
    expect((await answerOf(c.url + again)).status).toBe(200);
  });

  it('belong to whoever sent them, on every server', async () => {
    const roles = { predict: 'ask', metrics: 'look' };
    const a = await serve({ token: 'all', roles });
    const b = await serve({ token: 'all', roles });
    const others = await serve({ token: 'all', roles: { predict: 'another' } });
    const place = await placeOf(a, 'ask');
    const own = await placeOf(a, 'all');
    expect((await answerOf(b.url + place, bearer('ask'))).status).toBe(200);
    expect((await answerOf(b.url + own, bearer('all'))).status).toBe(200);
    const status = async (server: Server, which: string, token: string): Promise<number> =>
      (await at(server, which, 'GET', token)).status;
    expect(await status(b, place, 'all')).toBe(200);
    expect(await status(b, place, 'look')).toBe(403);
    expect(await status(b, place, 'wrong')).toBe(401);
    expect(await status(others, place, 'another')).toBe(404);
    expect((await at(others, place, 'DELETE', 'another')).status).toBe(404);
    expect(await status(b, own, 'ask')).toBe(404);
    expect((await at(b, own, 'DELETE', 'ask')).status).toBe(404);
    expect((await at(b, place, 'DELETE', 'ask')).status).toBe(204);
  });

  it('leave neither names, ids nor tokens in keys and values of Redis, and no samples', async () => {
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    const a = await serve({ token: 'all', roles: { predict: 'secret-word' }, log });
    await halted();
    const place = await placeOf(a, 'secret-word');
    const id = place.split('/').at(-1)!;
    const keys = await client.keys('*');
    const dumps = await Promise.all(keys.map((key) => client.dumpBuffer(key)));
    const held = Buffer.concat(dumps.map((dump) => dump ?? Buffer.alloc(0)));
    expect(keys.some((key) => key.includes(':p'))).toBe(true);
    expect(keys.join('\n')).not.toMatch(/jansen|r1\b|secret-word/);
    for (const word of [id, 'secret-word', 'jansen', jobsDir()]) {
      expect(keys.join('\n')).not.toContain(word);
      expect(held.includes(word)).toBe(false);
      expect(lines.join('\n')).not.toContain(word);
    }
    expect(held.length).toBeLessThan(8192);
  });

  it('are bounded in number and bytes for all servers together', async () => {
    const limits: Partial<PredictLimits> = { jobs: 2, answerBytes: 20_000 };
    const [a, b] = [await serve({ limits }), await serve({ limits })];
    const resume = await halted();
    const places = [await placeOf(a), await placeOf(b)];
    const refused = await ask(a);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('2');
    await resume();
    const large = await answerOf(b.url + places[0]!);
    expect(await large.json()).toMatchObject({
      code: 'busy',
      detail: expect.stringMatching(/no room for this one/) as string,
    });
    await answerOf(b.url + places[1]!);
    expect((await at(b, places[0]!, 'DELETE')).status).toBe(204);
    // The answer may be there a moment before its place says so.
    const metrics = async (): Promise<string> => (await fetch(`${a.url}/metrics`)).text();
    await expect.poll(metrics, LONG).toContain('fiducial_jobs{state="failed"} 1');
    const small = await ask(a, '', '?async=1&ecg_signal=false');
    const end = await answerOf(b.url + small.headers.get('location')!);
    expect(end.status).toBe(200);
    await expect.poll(metrics, LONG).toContain('fiducial_jobs{state="done"} 1');
  });

  it('are answered by servers of their version alone', async () => {
    const a = await serve();
    const resume = await halted();
    const place = await placeOf(a);
    await a.close();
    await resume();
    const other = await serve({ version: '9.9.9' });
    const theirs = await placeOf(other);
    expect((await answerOf(other.url + theirs)).status).toBe(200);
    expect(await stateOf(other, place)).toEqual({ state: 'waiting' });
    await serve();
    expect((await answerOf(other.url + place)).status).toBe(200);
  });

  it('are fetched and forgotten by servers that do not know all that another version says of them', async () => {
    const a = await serve({ limits: { keptMs: 4000 } });
    const place = await placeOf(a);
    await answerOf(a.url + place);
    const key = (await client.keys('*:p*')).find((name) => /:p[0-9a-f]{48}$/.test(name))!;
    const data = JSON.parse((await client.hget(key, 'data'))!) as Record<string, unknown>;
    await client.hset(key, 'data', JSON.stringify({ ...data, later: 1, modelId: undefined }));
    expect((await at(a, place)).status).toBe(200);
    await expect.poll(folders, LONG).toEqual([]);
    expect((await at(a, place)).status).toBe(404);
  });

  it('are broken off by any server, wherever they are at work', async () => {
    const a = await serve({}, SLOW_MS);
    const place = await placeOf(a);
    await expect.poll(() => stateOf(a, place), LONG).toEqual({ state: 'running' });
    const b = await serve({ limits: { atWork: 1 } });
    expect((await at(b, place, 'DELETE')).status).toBe(204);
    expect((await at(a, place)).status).toBe(404);
    const metrics = async (): Promise<string> => (await fetch(`${a.url}/metrics`)).text();
    await expect.poll(metrics, LONG).toContain('fiducial_predictions_at_work 0');
    await expect.poll(folders, LONG).toEqual([]);
    const left = (await client.keys('*')).filter((key) => /:p[0-9a-f]{48}$/.test(key));
    expect(left).toEqual([]);
  });

  it('are forgotten after a while, with what lies of them and of those that are gone', async () => {
    const a = await serve({ limits: { keptMs: 1, waitMs: 2000 } });
    const place = await placeOf(a);
    await expect.poll(async () => (await at(a, place)).status, LONG).toBe(404);
    await expect.poll(folders, LONG).toEqual([]);
    // Of a Redis that came back empty; and what is no job's.
    const lost = join(jobsDir(), `p${'0'.repeat(48)}`);
    for (const folder of [lost, join(jobsDir(), 'own')]) {
      await mkdir(folder);
      await writeFile(join(folder, 'x'), '');
      await utimes(folder, 0, 0);
    }
    await expect.poll(() => readdir(jobsDir()), LONG).toEqual(['.fiducial-jobs', 'own']);
    // One that nobody works on.
    await halted();
    const waiting = await placeOf(a);
    await expect.poll(async () => (await at(a, waiting)).status, LONG).toBe(404);
    await expect.poll(folders, LONG).toEqual([]);
  });

  it('keep their time by the clock of Redis: a server whose own is hours ahead forgets nothing', async () => {
    const a = await serve();
    const place = await placeOf(a);
    expect((await answerOf(a.url + place)).status).toBe(200);
    const now = Date.now;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() + 3 * 3_600_000);
    try {
      const ahead = await serve();
      const theirs = await placeOf(ahead);
      expect((await answerOf(ahead.url + theirs)).status).toBe(200);
      for (const server of [a, ahead]) expect((await at(server, place)).status).toBe(200);
    } finally {
      clock.mockRestore();
    }
  });

  it('whose server was gone before it could clear up are cleared up by others', async () => {
    const a = await serve();
    const place = await placeOf(a);
    await answerOf(a.url + place);
    const [name] = await folders();
    const inside = (): Promise<string[]> => readdir(join(jobsDir(), name!));
    await expect.poll(inside, LONG).toHaveLength(1);
    const answer = await inside();
    const [, answerBytes, added, until, queue] = (await client.hget(PLACES_KEY, name!))!.split(' ');
    await mkdir(join(jobsDir(), name!, 'upload'));
    const before = [5000, answerBytes, Number(added) - 300_000, until, queue].join(' ');
    await client.hset(PLACES_KEY, name!, before);
    await expect.poll(inside, LONG).toEqual(answer);
    expect((await client.hget(PLACES_KEY, name!))!.split(' ')[0]).toBe('0');
    expect((await at(a, place)).status).toBe(200);
  });

  it('are worked on by the network that they were sent for, where another one was adopted meanwhile', async () => {
    const a = await serve();
    const resume = await halted();
    const place = await placeOf(a);
    const later = { version: '2.0.0' };
    await writeTestModel(join(dir, 'later'), { card: later, inside: later });
    const adopted = adoptedHere();
    const added = valueOf(await adopted.add(join(dir, 'later', 'test-model')));
    valueOf(await adopted.adopt(modelKey(added), 'Dr. Ito'));
    await resume();
    const theirs = await placeOf(a);
    const versionOf = async (of: string): Promise<unknown> =>
      ((await (await answerOf(a.url + of)).json()) as { model?: { version: string } }).model
        ?.version;
    expect([await versionOf(place), await versionOf(theirs)]).toEqual(['1.0.0', '2.0.0']);
  });

  it('are taken again where Redis came back empty, and listed', async () => {
    const a = await serve();
    const place = await placeOf(a);
    await answerOf(a.url + place);
    await client.flushall();
    expect((await at(a, place)).status).toBe(404);
    const queues = async (): Promise<number> => {
      admin = valueOf(await openQueueAdmin(redis.address));
      const { length } = (await admin.status()).queues;
      await admin.close();
      return length;
    };
    await expect.poll(queues, LONG).toBe(1);
    expect((await answerOf(a.url + (await placeOf(a)))).status).toBe(200);
  });

  it('wait where Redis is: while it is away callers are told to come back, and others are answered', async () => {
    const a = await serve();
    const place = await placeOf(a);
    await answerOf(a.url + place);
    await redis.close();
    for (const answer of [await ask(a), await at(a, place), await at(a, place, 'DELETE')]) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('2');
    }
    expect((await ask(a, '', '')).status).toBe(200);
    expect((await fetch(`${a.url}/metrics`)).status).toBe(200);
  });

  it('are not taken where there is no queue', async () => {
    const shared = { address: { host: '127.0.0.1', port: 1, db: 0 }, dir: jobsDir() };
    await expect(serve({ shared })).rejects.toThrow('redis://127.0.0.1:1 does not answer');
  });

  it('want one folder: a server that sees another one does not start', async () => {
    await serve();
    const shared = { address: redis.address, dir: join(dir, 'elsewhere') };
    await expect(serve({ shared })).rejects.toThrow('not the folder of the other servers');
    // A disk that was full when somebody wrote the word.
    await writeFile(join(dir, 'elsewhere', '.fiducial-jobs'), '');
    await writeFile(join(jobsDir(), '.fiducial-jobs'), '');
    await Promise.all(servers.splice(0).map((server) => server.close()));
    await client.flushall();
    await serve();
    await expect(serve({ shared })).rejects.toThrow('not the folder of the other servers');
  });
});

const bearer = (token: string): Record<string, string> =>
  token === '' ? {} : { authorization: `Bearer ${token}` };
