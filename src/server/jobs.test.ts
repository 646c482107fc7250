import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../core/host';
import { ok, type Result } from '../shared/domain';
import { valueOf } from '../shared/domain/testing/value-of';
import type { AnswerParts } from './api/answer';
import { createJobs } from './api/jobs';
import { PREDICT_LIMITS } from './api/predict';
import type { Prepared } from './api/prepared';
import { answerOf, predictBody } from './testing/asking';
import { dir, server, start, useTestServer } from './testing/test-server';

useTestServer();

const body = (): Promise<FormData> => predictBody(dir);

async function ask(form: FormData, query = '?async=1'): Promise<Response> {
  return fetch(`${server.url}/predict${query}`, { method: 'POST', body: form });
}

const at = (place: string, method = 'GET'): Promise<Response> =>
  fetch(server.url + place, { method });

const answered = (place: string): Promise<Response> => answerOf(server.url + place);

const folders = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) =>
    new RegExp(`^fiducial-(predict|answer)-${process.pid}-`).test(name),
  );

describe('predictions that nobody waits for', () => {
  it('are taken at once, and answered as those that are waited for', async () => {
    await start();
    const form = await body();
    const taken = await ask(form);
    expect(taken.status).toBe(202);
    const place = taken.headers.get('location')!;
    expect(place).toMatch(/^\/jobs\/[\w-]{43}$/);
    const later = await answered(place);
    expect(later.status).toBe(200);
    expect(await later.json()).toEqual(await (await ask(form, '')).json());
  });

  it('are kept until they are deleted, and leave nothing on disk', async () => {
    await start();
    const place = (await ask(await body())).headers.get('location')!;
    await answered(place);
    expect((await at(place)).status).toBe(200);
    expect((await at(place, 'DELETE')).status).toBe(204);
    expect((await at(place)).status).toBe(404);
    expect((await at(place, 'DELETE')).status).toBe(404);
    await expect.poll(folders).toEqual([]);
  });

  it('are forgotten after a while, and with the server', async () => {
    await start({ limits: { keptMs: 1 } });
    const form = await body();
    const place = (await ask(form)).headers.get('location')!;
    await expect.poll(async () => (await at(place)).status, { timeout: 10_000 }).toBe(404);
    await ask(form);
    await server.close();
    expect(await folders()).toEqual([]);
  });

  it('wait while others are at work, are broken off, and are told what is wrong with them', async () => {
    await start({ limits: { atWork: 1 } }, 200);
    const form = await body();
    const places = await Promise.all(
      [1, 2, 3].map(async () => (await ask(form)).headers.get('location')!),
    );
    expect((await at(places[2]!, 'DELETE')).status).toBe(204);
    const wrong = new FormData();
    wrong.append('file', new Blob(['no recording']), 'x.dat');
    const refused = await ask(wrong, '?async=1&format=16&signals=1&lead=7');
    const end = refused.status === 202 ? await answered(refused.headers.get('location')!) : refused;
    expect(end.status).toBe(422);
    for (const place of places.slice(0, 2)) expect((await answered(place)).status).toBe(200);
  });

  it('are refused with a time to come back where there is no room for more', async () => {
    await start({ limits: { jobs: 1 } });
    const form = await body();
    expect((await ask(form)).status).toBe(202);
    const refused = await ask(form);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('2');
    expect((await ask(form, '')).status).toBe(200);
  });

  it('are refused while the answers that are kept fill their room, and leave nothing of one that does not fit', async () => {
    await start({ limits: { answerBytes: 20_000 } });
    const form = await body();
    const taken = (await ask(form)).headers.get('location')!;
    const large = await answered(taken);
    expect(large.status).toBe(503);
    expect(large.headers.get('retry-after')).toBe('2');
    expect(await large.json()).toMatchObject({
      code: 'busy',
      detail: expect.stringMatching(/no room for this one/) as string,
    });
    expect((await folders()).filter((name) => name.includes('answer'))).toEqual([]);
    // Without its signal it fits.
    const small = await ask(form, '?async=1&ecg_signal=false');
    expect((await answered(small.headers.get('location')!)).status).toBe(200);
  });

  it('are not begun while there is no room for any answer, until one is deleted', async () => {
    await start();
    const jobs = createJobs({
      limits: { ...PREDICT_LIMITS, answerBytes: 10 },
      compute: async () => ok({} as AnswerParts),
      async *textOf() {
        yield '0123456789';
      },
    });
    const add = async (): Promise<Result<string>> =>
      jobs.add(await temporaryFolder('x'), {} as Prepared, null);
    const first = valueOf(await add());
    await expect
      .poll(async () => valueOf(await jobs.find(first, null))?.state, { timeout: 10_000 })
      .toBe('done');
    expect(await add()).toMatchObject({ ok: false, error: { code: 'busy' } });
    await jobs.remove(first, null);
    expect(await add()).toMatchObject({ ok: true });
    await jobs.close();
  });

  it('take a burst: every caller is answered, or told to come back', async () => {
    await start({ limits: { inside: 20, jobs: 40 } });
    const form = await body();
    const taken = await Promise.all(Array.from({ length: 60 }, () => ask(form)));
    expect(taken.every(({ status }) => status === 202 || status === 503)).toBe(true);
    const places = taken.flatMap((answer) => answer.headers.get('location') ?? []);
    expect(places.length).toBeGreaterThanOrEqual(20);
    const ends = await Promise.all(places.map(answered));
    expect(ends.every(({ status }) => status === 200)).toBe(true);
  });
});

describe('GET /metrics', () => {
  /** Samples by name and labels. */
  async function figures(headers: Record<string, string> = {}): Promise<Map<string, number>> {
    const answer = await fetch(`${server.url}/metrics`, { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = (await answer.text()).split('\n').filter((line) => !/^(#|$)/.test(line));
    return new Map(
      lines.map((line) => {
        const match = /^([a-zA-Z_:][\w:]*(?:\{[^{}]*\})?) (\S+)$/.exec(line);
        expect(match, line).not.toBeNull();
        return [match![1]!, Number(match![2])];
      }),
    );
  }

  it('counts requests, stages, batches and jobs, and names no recording', async () => {
    await start();
    const form = await body();
    await ask(form, '');
    await answered((await ask(form)).headers.get('location')!);
    const seen = await figures();
    const request = 'fiducial_request_seconds_count{method="POST",route="/predict"';
    expect(seen.get(`${request},status="200"}`)).toBe(1);
    expect(seen.get(`${request},status="202"}`)).toBe(1);
    for (const stage of ['receive', 'wait', 'analyse']) {
      expect(seen.get(`fiducial_prediction_stage_seconds_count{stage="${stage}"}`)).toBe(2);
    }
    expect(seen.get('fiducial_inference_batch_rows_count')).toBeGreaterThanOrEqual(2);
    expect(seen.get('fiducial_jobs{state="done"}')).toBe(1);
    expect(seen.get('fiducial_predictions_at_work')).toBe(0);
    expect([...seen.keys()].join('\n')).not.toMatch(/jansen|r1/);
  });

  it('names counters, and nothing else, with the end of counters, as the checker of Prometheus wants it', async () => {
    await start();
    await ask(await body(), '');
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const types = [...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name, type]) => ({
      name: name!,
      type: type!,
    }));
    expect(types.length).toBeGreaterThan(20);
    expect(types.filter(({ type }) => type === 'counter').length).toBeGreaterThan(2);
    const wrong = types.filter(
      ({ name, type }) => name.endsWith('_total') !== (type === 'counter'),
    );
    expect(wrong).toEqual([]);
    const named = [...text.matchAll(/^# HELP (\S+) \S/gm)].map(([, name]) => name);
    expect(named).toEqual(types.map(({ name }) => name));
  });

  it('is given for its own token, which gives nothing else', async () => {
    const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
    await start({ token: 'all', roles: { predict: 'ask', metrics: 'look' } });
    const status = async (path: string, token: string): Promise<number> =>
      (await fetch(server.url + path, bearer(token))).status;
    expect(await status('/metrics', 'look')).toBe(200);
    expect(await status('/models', 'look')).toBe(403);
    expect(await status('/jobs/x', 'look')).toBe(403);
    expect(await status('/models', 'ask')).toBe(200);
    expect(await status('/jobs/x', 'ask')).toBe(404);
    expect(await status('/metrics', 'ask')).toBe(403);
    expect(await status('/', 'ask')).not.toBe(200);
    expect(await status('/metrics', 'all')).toBe(200);
    expect(await status('/metrics', 'wrong')).toBe(401);
  });
});

it('answers an address so many predictions a minute, and says when to come back', async () => {
  await start({ limits: { perMinute: 2 } });
  const form = await body();
  const answers = [await ask(form, ''), await ask(form, ''), await ask(form, '')];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers[2]!.headers.get('content-type')).toContain('problem+json');
  expect(Number(answers[2]!.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await at('/models')).status).toBe(200);
  expect(PREDICT_LIMITS.perMinute).toBeNull();
});

it('logs an object a request that says nothing of a recording', async () => {
  const lines: string[] = [];
  await start({ log: (line) => lines.push(line), logFormat: 'json' });
  await ask(await body(), '?ecg_signal=false');
  await expect.poll(() => lines.length).toBe(1);
  const { time, id, ms, ...said } = JSON.parse(lines[0]!) as Record<string, unknown>;
  expect(said).toEqual({ method: 'POST', route: '/predict', status: 200 });
  expect([typeof time, typeof id, typeof ms]).toEqual(['string', 'string', 'number']);
});

it('gives a job to whoever sent it, and to whoever may ask for all', async () => {
  await start({ token: 'all', roles: { predict: 'ask', metrics: 'look' } });
  const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  const send = async (token: string): Promise<string> => {
    const asked = { method: 'POST', body: await body(), ...as(token) };
    const taken = await fetch(`${server.url}/predict?async=1`, asked);
    return server.url + taken.headers.get('location')!;
  };
  const [theirs, own] = [await send('ask'), await send('all')];
  for (const place of [theirs, own]) {
    expect((await answerOf(place, as('all').headers)).status).toBe(200);
  }
  expect((await fetch(theirs, as('ask'))).status).toBe(200);
  expect((await fetch(own, as('ask'))).status).toBe(404);
  expect((await fetch(own, { method: 'DELETE', ...as('ask') })).status).toBe(404);
  expect((await fetch(theirs, { method: 'DELETE', ...as('ask') })).status).toBe(204);
});
