import { readdir, readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { describe, expect, it, vi } from 'vitest';
import { pulses, writeRecord } from '../core/recordings/testing/write-record';
import { dir, server, setEngineUp, start, useTestServer } from './testing/test-server';

useTestServer();

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

  const foldersOfPredictions = async (): Promise<readonly string[]> =>
    (await readdir(dir)).filter((name) => name.startsWith('fiducial-predict-'));

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
    ['a name that no query has', { file: [new Blob(['abc']), 'a.dat'] }, '?sampling=250', 400],
    ['a name that no form has', { signal: [new Blob(['abc']), 'a.dat'] }, '', 400],
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

  it.each([
    ['format=abc', 'The query field format is "abc"; it has to be a number.'],
    ['fs=', 'The query field fs is ""; it has to be a number.'],
    ['fs=1&fs=2', 'The query field fs is ["1","2"]; it has to be a number.'],
    ['lead=', 'The query field lead is ""; it has to be a whole number from 0.'],
    ['lead=1.5', 'The query field lead is "1.5"; it has to be a whole number from 0.'],
    ['async=yes', 'The query field async is "yes"; it has to be 0, 1, true or false.'],
  ])('says what a field of the query has to be: %s', async (query, said) => {
    await start();
    const answer = await predict({ file: [new Blob(['abc']), 'a.dat'] }, `?${query}`);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { detail: string }).detail).toBe(said);
  });

  it('names an upload that is empty', async () => {
    await start();
    const answer = await predict({ file: [new Blob([]), 'ward 3.dat'] });
    const { detail } = (await answer.json()) as { detail: string };
    expect(detail).toBe('The uploaded file "ward 3.dat" is empty.');
  });

  it('asks for what a file leaves out by the names of the query, and says what was stated in vain', async () => {
    await start();
    const rows = Array.from({ length: 2500 }, (_, k) => `${k / 250},${Math.sin(k / 9)}`);
    const bare = [new Blob([`II\n${rows.map((row) => row.split(',')[1]).join('\n')}\n`]), 'a.csv'];
    const answer = await predict({ file: bare as [Blob, string] });
    expect(answer.status).toBe(422);
    const { detail } = (await answer.json()) as { detail: string };
    expect(detail).toBe(
      'a.csv gives no sampling rate and no gain. State it in the query: fs in Hz, gain in ADU per mV (1 where its numbers are mV).',
    );
    const timed = [new Blob([`t (s),II (mV)\n${rows.join('\n')}\n`]), 'b.csv'];
    const read = await predict({ file: timed as [Blob, string] }, '?fs=360');
    const { warnings } = (await read.json()) as { warnings: { code: string }[] };
    expect(warnings.map(({ code }) => code)).toContain('stated-not-used');
  });

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

  it('refuses a part that has no name in words', async () => {
    await start();
    const part = (disposition: string) =>
      `--b\r\nContent-Disposition: form-data${disposition}\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n`;
    for (const named of [
      '; filename="r.dat"',
      '; nme="file"; filename="r.dat"',
      '; nme="file"',
      '',
    ]) {
      const answer = await fetch(`${server.url}/predict`, {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
        body: `${part('; name="header"; filename="r.hea"')}${part(named)}--b--\r\n`,
      });
      expect({ named, status: answer.status }).toEqual({ named, status: 400 });
    }
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

  it('gives the place of a body that drips in to others', async () => {
    await start({ limits: { inside: 1, arrivalMs: 50 } });
    const { port } = new URL(server.url);
    const head = 'POST /predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n';
    const socket = connect(Number(port), '127.0.0.1');
    let told = '';
    socket.setEncoding('utf8').on('data', (piece: string) => (told += piece));
    const ended = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined);
    socket.write(`${head}Content-Type: application/octet-stream\r\n\r\n`);
    const drip = setInterval(() => socket.write('x'), 5);
    await ended;
    clearInterval(drip);
    expect(told).toMatch(/^HTTP\/1.1 408 /);
    expect(told).toContain('too slowly');
    const { dat, hea } = await record();
    const parts = { file: [dat, 'r1.dat'], header: [hea, 'r1.hea'] } as Record<
      string,
      [Blob, string]
    >;
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
    await expect.poll(foldersOfPredictions, { timeout: 10_000 }).toHaveLength(1);
    abort.abort();
    expect(await gone).toBe('gone');
    await expect.poll(foldersOfPredictions).toEqual([]);
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
    await expect.poll(foldersOfPredictions).toEqual([]);
    const beganMs = performance.now();
    await server.close();
    expect(performance.now() - beganMs).toBeLessThan(1000);
    vi.unstubAllEnvs();
  });

  it('says that the viewer’s engine does not answer', async () => {
    await start();
    setEngineUp(false);
    const health = await fetch(`${server.url}/healthz`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({
      status: 'the engine does not answer or is being started',
    });
    setEngineUp(true);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
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
    expect(Object.keys(api.paths).sort()).toEqual([
      '/healthz',
      '/jobs/{id}',
      '/metrics',
      '/models',
      '/predict',
    ]);
    const docs = await (await fetch(`${server.url}/docs/`)).text();
    expect(docs).not.toMatch(/(src|href)="https?:/);
  });

  it('a full house lets a small body in before it says so: a caller who still sends hears the answer', async () => {
    await start({ limits: { inside: 0 } });
    const caller = connect(Number(new URL(server.url).port), '127.0.0.1');
    let heard = '';
    caller.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    caller.write(
      'POST /predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/octet-stream\r\nContent-Length: 8\r\n\r\nhalf',
    );
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(heard).toBe('');
    caller.write('half');
    await expect.poll(() => heard).toMatch(/^HTTP\/1\.1 503 /);
    caller.destroy();
  });
});
