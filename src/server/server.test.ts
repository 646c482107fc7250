import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../shared/transport/codec';
import {
  admitted,
  calls,
  cookie,
  dir,
  RPC,
  server,
  start,
  tell,
  useTestServer,
} from './testing/test-server';

useTestServer();

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

  it('takes nothing apart that is larger than its request can be', async () => {
    await start();
    const ask = async (method: string) => {
      const answer = await fetch(`${server.url}/rpc/${method}`, {
        method: 'POST',
        headers: { ...RPC, cookie: await cookie() },
        body: encode({ text: 'x'.repeat(1 << 20) }),
      });
      return decode(new Uint8Array(await answer.arrayBuffer()));
    };
    expect(await ask('traces.tile')).toMatchObject({ ok: false, error: { code: 'too-large' } });
    expect(await ask('review.import')).toMatchObject({ ok: true });
  });

  it('stops a request when its connection is closed', async () => {
    await start();
    const abort = new AbortController();
    const tile = fetch(`${server.url}/rpc/traces.tile`, {
      method: 'POST',
      headers: { ...RPC, cookie: await cookie() },
      body: encode({}),
      signal: abort.signal,
    }).catch(() => 'gone');
    await expect.poll(() => calls.length).toBe(1);
    expect(calls[0]!.signal?.aborted).toBe(false);
    abort.abort();
    expect(await tile).toBe('gone');
    await expect.poll(() => calls[0]!.signal?.aborted).toBe(true);
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

  it('takes dropped files under the names that people give, and says which it cannot take', async () => {
    await start();
    const headers = { cookie: await cookie() };
    const drop = async (...names: string[]): Promise<unknown> => {
      const form = new FormData();
      for (const name of names) form.append('file', new Blob(['x 1 360 10\n']), name);
      const sent = await fetch(`${server.url}/upload`, { method: 'POST', headers, body: form });
      return decode(new Uint8Array(await sent.arrayBuffer()));
    };
    const names = ['my rec.hea', 'rec(1).hea', 'Müller.hea', '心電図.hea'];
    expect(await drop(...names)).toMatchObject({ ok: true });
    expect((await readdir(admitted.at(-1)![0]!)).sort()).toEqual([...names].sort());
    expect(await drop('a.hea', 'b?.dat')).toMatchObject({
      ok: false,
      error: { code: 'bad-input', message: expect.stringContaining('b?.dat') as string },
    });
  });

  it('takes a dropped file of any format, and wants the header with a signal file of WFDB', async () => {
    await start();
    const headers = { cookie: await cookie() };
    const drop = async (name: string): Promise<unknown> => {
      const form = new FormData();
      form.append('file', new Blob(['0123']), name);
      const sent = await fetch(`${server.url}/upload`, { method: 'POST', headers, body: form });
      return decode(new Uint8Array(await sent.arrayBuffer()));
    };
    expect(await drop('holter.edf')).toMatchObject({ ok: true });
    expect(await drop('y.dat')).toMatchObject({
      ok: false,
      error: {
        code: 'unknown-format',
        message: expect.stringMatching(/^y\.dat: .*header/) as string,
      },
    });
    expect(await readdir(join(dir, 'drop'))).toHaveLength(1);
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
