import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createModels } from '../core/analysis/models';
import { createFakeInference } from '../core/analysis/testing/fake-inference';
import { writeTestModel } from '../core/inference/testing/model-fixture';
import type { Host } from '../core/processes/host';
import { createReaderCache } from '../core/recordings/reader-cache';
import { pulses, writeRecord } from '../core/recordings/testing/write-record';
import { openRecord } from '../core/wfdb';
import { createInlinePool } from '../core/workers/inline-pool';
import { ok, type RecordingEntry } from '../shared/domain';
import { decode, encode } from '../shared/transport/codec';
import { startServer, type Server, type ServerOptions } from './start-server';

let dir: string;
let server: Server;
let calls: { method: unknown; input: unknown; signal: AbortSignal | undefined }[];
let admitted: (readonly string[])[];
let tell: (event: string, payload: unknown) => void;

/** A host that remembers what it is asked; `traces.tile` hangs until it is cancelled. */
function fakeHost(): Host {
  return {
    client: {
      call: async () => ok({} as never),
      on: (event, listener) => {
        const before = tell;
        tell = (name, payload) => {
          before(name, payload);
          if (name === event) (listener as (p: unknown) => void)(payload);
        };
        return () => undefined;
      },
    },
    async call(method, input, signal) {
      calls.push({ method, input, signal });
      if (method !== 'traces.tile') return ok({ seen: input, values: Float32Array.of(1, NaN) });
      return new Promise((resolve) =>
        signal?.addEventListener('abort', () =>
          resolve({ ok: false, error: { code: 'cancelled', message: 'Stopped.' } }),
        ),
      );
    },
    async admit(paths) {
      admitted.push(paths);
      return ok({ entries: [{ recordingId: 'r' } as RecordingEntry], sourceIds: ['s'] });
    },
    async document(id) {
      if (id !== 'report')
        return { ok: false, error: { code: 'not-found', message: 'No such document.' } };
      return ok({
        path: join(dir, 'report.pdf'),
        suggestedName: 'ä report.pdf',
        mediaType: 'application/pdf',
      });
    },
    close: async () => undefined,
  };
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-server-test-'));
  calls = [];
  admitted = [];
  tell = () => undefined;
  await mkdir(join(dir, 'page'));
  await mkdir(join(dir, 'drop'));
  await writeFile(join(dir, 'page', 'index.html'), '<!doctype html><title>viewer</title>');
  await writeFile(join(dir, 'report.pdf'), '%PDF-1.7');
  await writeTestModel(join(dir, 'models'));
});
afterEach(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

async function start(options: Partial<ServerOptions> = {}, delayMs = 0): Promise<void> {
  const engine = {
    pool: createInlinePool(),
    inference: createFakeInference((row) => (Math.max(...row) > 0 ? 0.75 : 0.1), { delayMs }),
    models: createModels(join(dir, 'models'), () => null),
    readers: createReaderCache(openRecord),
  };
  server = await startServer({
    address: '127.0.0.1',
    port: 0,
    token: null,
    version: '1.2.3',
    engine: () => engine,
    viewer: {
      host: fakeHost(),
      root: join(dir, 'root'),
      uploadDir: join(dir, 'drop'),
      rendererDir: join(dir, 'page'),
      opened: () => ({ entries: [], sourceIds: ['opened'] }),
    },
    ...options,
  });
}

async function cookie(): Promise<string> {
  const page = await fetch(`${server.url}/`);
  return page.headers.get('set-cookie')!.split(';')[0]!;
}

/** `fetch` sets Host and Sec-Fetch-* itself; this one sends what it is told. */
function raw(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(server.url + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    })
      .on('error', reject)
      .end();
  });
}

const RPC = { 'content-type': 'application/x-fiducial' };

describe('who may ask', () => {
  it('serves the page with a strict policy and a session, and the page alone without one', async () => {
    await start();
    const page = await fetch(`${server.url}/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(page.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
    for (const path of ['/rpc/app.info', '/upload', '/host/pick', '/cancel/1']) {
      const answer = await fetch(server.url + path, { method: 'POST', headers: RPC, body: '' });
      expect([path, answer.status]).toEqual([path, 401]);
    }
    expect((await fetch(`${server.url}/events`)).status).toBe(401);
    expect((await fetch(`${server.url}/documents/report`)).status).toBe(401);
    expect(calls).toEqual([]);
  });

  it('refuses other host names, other origins and requests that other sites start', async () => {
    await start();
    const port = new URL(server.url).port;
    expect(await raw('/healthz', { host: `localhost:${port}` })).toBe(200);
    expect(await raw('/healthz', { host: `rebound.example:${port}` })).toBe(421);
    expect(await raw('/healthz', { origin: 'http://127.0.0.1:1' })).toBe(403);
    expect(await raw('/healthz', { origin: 'null' })).toBe(403);
    expect(await raw('/healthz', { origin: server.url })).toBe(200);
    expect(await raw('/healthz', { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await raw('/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(
      200,
    );
    const preflight = await fetch(`${server.url}/predict`, { method: 'OPTIONS' });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('wants the token where there is one, also from the page', async () => {
    await start({ token: 'secret' });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(401);
    expect((await fetch(`${server.url}/?token=wrong`)).status).toBe(401);
    const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
    expect((await fetch(`${server.url}/healthz`, bearer('secret'))).status).toBe(200);
    expect((await fetch(`${server.url}/healthz`, bearer('secre'))).status).toBe(401);
    expect((await fetch(`${server.url}/healthz?token=secret`)).status).toBe(401);
    const page = await fetch(`${server.url}/?token=secret`);
    expect(page.status).toBe(200);
    const session = page.headers.get('set-cookie')!.split(';')[0]!;
    expect((await fetch(`${server.url}/healthz`, { headers: { cookie: session } })).status).toBe(
      200,
    );
  });

  it('does not start without a token where others can reach it', async () => {
    await start();
    await expect(start({ address: '0.0.0.0' })).rejects.toThrow(/token/);
  });
});

describe('the browser host', () => {
  it('carries a request and its answer, samples as bytes', async () => {
    await start();
    const answer = await fetch(`${server.url}/rpc/analysis.beats`, {
      method: 'POST',
      headers: { ...RPC, cookie: await cookie() },
      body: encode({ analysisId: 'a' }),
    });
    expect(answer.headers.get('content-type')).toBe('application/x-fiducial');
    const result = decode(new Uint8Array(await answer.arrayBuffer()));
    expect(result).toEqual({
      ok: true,
      value: { seen: { analysisId: 'a' }, values: Float32Array.of(1, NaN) },
    });
  });

  it('answers a broken body with a failure, not a crash', async () => {
    await start();
    const answer = await fetch(`${server.url}/rpc/app.info`, {
      method: 'POST',
      headers: { ...RPC, cookie: await cookie() },
      body: 'nonsense',
    });
    const result = decode(new Uint8Array(await answer.arrayBuffer()));
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  });

  it('stops a request by its id, and when its connection is closed', async () => {
    await start();
    const headers = { ...RPC, cookie: await cookie() };
    const tile = (id: string, signal?: AbortSignal) =>
      fetch(`${server.url}/rpc/traces.tile`, {
        method: 'POST',
        headers: { ...headers, 'x-request-id': id },
        body: encode({}),
        ...(signal ? { signal } : {}),
      });
    const first = tile('w-1');
    await expect.poll(() => calls.length).toBe(1);
    await fetch(`${server.url}/cancel/w-1`, {
      method: 'POST',
      headers: { cookie: headers.cookie },
    });
    const result = decode(new Uint8Array(await (await first).arrayBuffer()));
    expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });

    const abort = new AbortController();
    const second = tile('w-2', abort.signal).catch(() => 'gone');
    await expect.poll(() => calls.length).toBe(2);
    abort.abort();
    expect(await second).toBe('gone');
    await expect.poll(() => calls[1]!.signal?.aborted).toBe(true);
  });

  it('streams events, and first what the command line opened', async () => {
    await start();
    const stream = await fetch(`${server.url}/events`, { headers: { cookie: await cookie() } });
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (part: string): Promise<void> => {
      while (!text.includes(part)) text += (await reader.read()).value ?? '';
    };
    await until('"sourceIds":["opened"]');
    tell('analysis.progress', { analysisId: 'a1' });
    await until('"analysisId":"a1"');
    const messages = text.split('\n').filter((line) => line.startsWith('data: '));
    expect(JSON.parse(messages.at(-1)!.slice(6))).toEqual({
      event: 'analysis.progress',
      payload: { analysisId: 'a1' },
    });
    await reader.cancel();
  });

  it('admits the root and nothing else, and dropped files under plain names', async () => {
    await start();
    const headers = { cookie: await cookie() };
    await fetch(`${server.url}/host/pick`, {
      method: 'POST',
      headers: { ...headers, ...RPC },
      body: encode({ kind: 'folder' }),
    });
    expect(admitted).toEqual([[join(dir, 'root')]]);

    const form = new FormData();
    form.append('file', new Blob(['x 1 360 10\n']), 'x.hea');
    form.append('file', new Blob(['0123']), '../../x.dat');
    form.append('file', new Blob(['0123']), '.bashrc');
    const dropped = await fetch(`${server.url}/upload`, { method: 'POST', headers, body: form });
    const result = decode(new Uint8Array(await dropped.arrayBuffer()));
    expect(result).toEqual({ ok: true, value: { entries: [{ recordingId: 'r' }], sourceIds: [] } });
    const folder = admitted[1]![0]!;
    expect(folder.startsWith(join(dir, 'drop'))).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['x.dat', 'x.hea']);

    await server.close();
    expect(calls.at(-1)).toMatchObject({
      method: 'recordings.forget',
      input: { recordingId: 'r' },
    });
  });

  it('wants the header with a dropped signal file', async () => {
    await start();
    const headers = { cookie: await cookie() };
    const alone = new FormData();
    alone.append('file', new Blob(['0123']), 'y.dat');
    const refused = await fetch(`${server.url}/upload`, { method: 'POST', headers, body: alone });
    expect(decode(new Uint8Array(await refused.arrayBuffer()))).toMatchObject({
      ok: false,
      error: { code: 'not-wfdb' },
    });
  });

  it('hands out documents by id', async () => {
    await start();
    const headers = { cookie: await cookie() };
    const document = await fetch(`${server.url}/documents/report`, { headers });
    expect(document.headers.get('content-type')).toBe('application/pdf');
    expect(document.headers.get('content-disposition')).toContain("filename*=UTF-8''%C3%A4");
    expect(await document.text()).toBe('%PDF-1.7');
    const none = await fetch(`${server.url}/documents/..%2Fetc`, { headers });
    expect(none.status).toBe(404);
    expect(none.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('the predict API', () => {
  /** 30 s of a record as its two files. */
  async function record(): Promise<{ dat: Blob; hea: Blob }> {
    const path = await writeRecord(dir, {
      name: 'r1',
      rateHz: 360,
      seconds: 30,
      leads: { MLII: pulses, V1: (t) => (t < 5 ? NaN : pulses(t)) },
    });
    return {
      dat: new Blob([await readFile(path.replace('.hea', '.dat'))]),
      hea: new Blob([await readFile(path)]),
    };
  }

  async function predict(parts: Record<string, [Blob, string]>, query = ''): Promise<Response> {
    const form = new FormData();
    for (const [field, [blob, name]] of Object.entries(parts)) form.append(field, blob, name);
    return fetch(`${server.url}/predict${query}`, { method: 'POST', body: form });
  }

  it('answers class, segments and the processed signal of the lead used', async () => {
    await start();
    const { dat, hea } = await record();
    const answer = await predict({ file: [dat, 'whatever.dat'], header: [hea, 'r1.hea'] });
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as Record<string, unknown>;
    expect(body).toMatchObject({
      predicted_class: 'Abnormal',
      probability: 0.75,
      fs: 360,
      lead: 'MLII',
      duration_s: 30,
      model: { id: 'test-model', scheme: 'majority' },
    });
    expect(body['segments']).toHaveLength(5);
    const signal = body['ecg_signal'] as number[];
    expect(signal).toHaveLength(360 * 30);
    // Band-passed: the pulses are there, the mean is not.
    expect(Math.max(...signal)).toBeGreaterThan(0.4);
    expect(Math.abs(signal.reduce((sum, v) => sum + v, 0) / signal.length)).toBeLessThan(0.01);
  });

  it('takes the lead and the answer that the query asks for; missing samples are null', async () => {
    await start();
    const { dat, hea } = await record();
    const parts = { file: [dat, 'r1.dat'], header: [hea, 'r1.hea'] } as Record<
      string,
      [Blob, string]
    >;
    const other = (await (await predict(parts, '?lead=1')).json()) as Record<string, unknown>;
    expect(other['lead']).toBe('V1');
    expect((other['ecg_signal'] as unknown[]).slice(0, 3)).toEqual([null, null, null]);
    const brief = (await (await predict(parts, '?ecg_signal=false')).json()) as object;
    expect(brief).not.toHaveProperty('ecg_signal');
  });

  it('reads a bare file by the query, from multipart and from raw bytes', async () => {
    await start();
    const { dat } = await record();
    const query = '?format=16&signals=2&fs=360&gain=1000&baseline=0';
    for (const answer of [
      await predict({ file: [dat, 'r1.dat'] }, query),
      await fetch(`${server.url}/predict${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: dat,
      }),
    ]) {
      const body = (await answer.json()) as Record<string, unknown>;
      expect(body).toMatchObject({ predicted_class: 'Abnormal', duration_s: 30 });
      expect(body['warnings']).toMatchObject([{ code: 'no-header' }]);
    }
  });

  it.each([
    ['no file', {}, '', 400],
    ['an empty file', { file: [new Blob([]), 'a.dat'] }, '', 422],
    ['an unknown format', { file: [new Blob(['abc']), 'a.dat'] }, '?format=7', 400],
    ['a rate of nothing', { file: [new Blob(['abc']), 'a.dat'] }, '?fs=0', 400],
    ['a rate that is no number', { file: [new Blob(['abc']), 'a.dat'] }, '?fs=x', 400],
    ['an unknown model', { file: [new Blob(['abc']), 'a.dat'] }, '?model=none', 404],
    [
      'a header that wants another file',
      {
        file: [new Blob(['abc']), 'a.dat'],
        header: [new Blob(['a 1 360\n/etc/passwd 16\n']), 'a.hea'],
      },
      '',
      422,
    ],
    [
      'a header that is none',
      { file: [new Blob(['abc']), 'a.dat'], header: [new Blob(['\u0000\u0001']), 'a.hea'] },
      '',
      422,
    ],
  ] as [string, Record<string, [Blob, string]>, string, number][])(
    'answers %s with a problem document',
    async (_what, parts, query, status) => {
      await start();
      const answer = await predict(parts, query);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      const body = (await answer.json()) as { detail: string; status: number };
      expect(body.status).toBe(status);
      expect(body.detail).not.toBe('');
      expect(body.detail).not.toContain(tmpdir());
    },
  );

  it('refuses what is over the limit and what is no signal file', async () => {
    await start({ limits: { uploadBytes: 1000 } });
    const big = await predict({ file: [new Blob(['x'.repeat(5000)]), 'a.dat'] });
    expect(big.status).toBe(413);
    const body = await fetch(`${server.url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: 'x'.repeat(5000),
    });
    expect(body.status).toBe(413);
    const json = await fetch(`${server.url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect([400, 415]).toContain(json.status);
  });

  it('says 503 and when to come back when the house is full, and serves again afterwards', async () => {
    await start({ limits: { inside: 2, atWork: 1 } }, 200);
    const { dat, hea } = await record();
    const parts = { file: [dat, 'r1.dat'], header: [hea, 'r1.hea'] } as Record<
      string,
      [Blob, string]
    >;
    const answers = await Promise.all(Array.from({ length: 6 }, () => predict(parts)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 200, 503, 503, 503, 503]);
    const refused = answers.find(({ status }) => status === 503)!;
    expect(refused.headers.get('retry-after')).toBe('2');
    await Promise.all(answers.map((answer) => answer.text()));
    await expect.poll(async () => (await predict(parts)).status).toBe(200);
  });

  it('leaves nothing behind when a client goes away', async () => {
    await start({}, 500);
    // A folder of its own: other tests use the system's at the same time.
    vi.stubEnv('TMPDIR', dir);
    const { dat, hea } = await record();
    const form = new FormData();
    form.append('file', dat, 'r1.dat');
    form.append('header', hea, 'r1.hea');
    const abort = new AbortController();
    const gone = fetch(`${server.url}/predict`, {
      method: 'POST',
      body: form,
      signal: abort.signal,
    }).catch(() => 'gone');
    setTimeout(() => abort.abort(), 150);
    expect(await gone).toBe('gone');
    await expect
      .poll(async () => (await readdir(dir)).filter((name) => name.startsWith('fiducial-predict-')))
      .toEqual([]);
    vi.unstubAllEnvs();
  });

  it('outlives clients that break off anywhere, and closes at once afterwards', async () => {
    vi.stubEnv('TMPDIR', dir);
    await start();
    const { dat } = await record();
    const boundary = 'b';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.dat"\r\n\r\n`;
    const body = Buffer.concat([Buffer.from(head), Buffer.from(await dat.arrayBuffer())]);
    const breakOff = (bytes: number, afterMs: number): Promise<void> =>
      new Promise((resolve) => {
        const request = httpRequest(`${server.url}/predict`, {
          method: 'POST',
          headers: {
            'content-type': `multipart/form-data; boundary=${boundary}`,
            'content-length': body.length,
          },
        });
        request.on('error', () => resolve());
        request.on('close', () => resolve());
        request.write(body.subarray(0, bytes));
        setTimeout(() => request.destroy(), afterMs);
      });
    await Promise.all(
      Array.from({ length: 60 }, (_, i) => breakOff((i * body.length) / 60, (i % 7) * 3)),
    );
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await expect
      .poll(async () => (await readdir(dir)).filter((name) => name.startsWith('fiducial-predict-')))
      .toEqual([]);
    const beganMs = performance.now();
    await server.close();
    expect(performance.now() - beganMs).toBeLessThan(1000);
    vi.unstubAllEnvs();
  });

  it('describes itself: models, health, OpenAPI and pages that need nothing from outside', async () => {
    await start();
    expect(await (await fetch(`${server.url}/healthz`)).json()).toMatchObject({
      status: 'ok',
      version: '1.2.3',
    });
    expect(await (await fetch(`${server.url}/models`)).json()).toMatchObject({
      models: [{ id: 'test-model' }],
      default: 'test-model',
    });
    const api = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Record<string, unknown>;
    };
    expect(Object.keys(api.paths).sort()).toEqual(['/healthz', '/models', '/predict']);
    const docs = await (await fetch(`${server.url}/docs/`)).text();
    expect(docs).not.toMatch(/(src|href)="https?:/);
  });
});
