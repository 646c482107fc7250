import { describe, expect, it } from 'vitest';
import { calls, cookie, raw, RPC, server, start, useTestServer } from './testing/test-server';

useTestServer();

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const openPage = (token: string) => fetch(`${server.url}/?token=${token}`, { redirect: 'manual' });

describe('who may ask', () => {
  it('gives the viewer to nobody who has not its address, on loopback too', async () => {
    await start();
    const stranger = await fetch(`${server.url}/`);
    expect(stranger.status).toBe(401);
    expect(stranger.headers.get('set-cookie')).toBeNull();
    expect((await stranger.json()) as object).toMatchObject({ detail: /printed/ });
    for (const path of ['/rpc/app.info', '/upload', '/host/pick']) {
      const answer = await fetch(server.url + path, { method: 'POST', headers: RPC, body: '' });
      expect([path, answer.status]).toEqual([path, 401]);
    }
    expect((await fetch(`${server.url}/events`)).status).toBe(401);
    expect((await fetch(`${server.url}/documents/report`)).status).toBe(401);
    expect(calls).toEqual([]);
  });

  it('takes the token out of the address and gives a session for it; the page has a strict policy', async () => {
    await start();
    expect(server.pageToken.length).toBeGreaterThan(40);
    const opened = await openPage(server.pageToken);
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/']);
    expect(opened.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
    const page = await fetch(`${server.url}/`, { headers: { cookie: await cookie() } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
  });

  it('has a word for a single opening', async () => {
    await start();
    const once = server.oneTimeToken();
    expect((await openPage(once)).status).toBe(303);
    expect((await openPage(once)).status).toBe(401);
  });

  it('has another token each time, and a session of its own for each port', async () => {
    await start();
    const other = server;
    await start();
    expect(other.pageToken).not.toBe(server.pageToken);
    // As a browser keeps them: of one name the last.
    const jar = new Map(
      [await cookie(), await cookie(other)].map((pair) => [pair.split('=')[0], pair]),
    );
    const both = [...jar.values()].join('; ');
    for (const one of [server, other]) {
      const page = await fetch(`${one.url}/`, { headers: { cookie: both } });
      expect(page.status).toBe(200);
    }
    const alone = await fetch(`${server.url}/`, { headers: { cookie: await cookie(other) } });
    expect(alone.status).toBe(401);
    await other.close();
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
    const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect(await raw('/', { ...navigation, cookie: await cookie() })).toBe(200);
    expect(await raw('/', navigation)).toBe(401);
    const preflight = await fetch(`${server.url}/predict`, { method: 'OPTIONS' });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each(['a@127.0.0.1', '127.0.0.1/x', '127.1', '0x7f.0.0.1', '2130706433', '127.0.0.1:x'])(
    'refuses the host form %j',
    async (host) => {
      await start();
      expect(await raw('/healthz', { host })).toBe(421);
    },
  );

  it('wants a token that a person chose with every request, and from the page once', async () => {
    await start({ token: 'secret' });
    expect(server.pageToken).toBe('secret');
    expect((await fetch(`${server.url}/healthz`)).status).toBe(401);
    expect((await openPage('wrong')).status).toBe(401);
    expect((await fetch(`${server.url}/healthz`, bearer('secret'))).status).toBe(200);
    expect((await fetch(`${server.url}/`, bearer('secret'))).status).toBe(200);
    expect((await fetch(`${server.url}/healthz`, bearer('secre'))).status).toBe(401);
    expect((await fetch(`${server.url}/healthz?token=secret`)).status).toBe(401);
    const session = { headers: { cookie: await cookie() } };
    expect((await fetch(`${server.url}/healthz`, session)).status).toBe(200);
  });

  it('makes whoever guesses wait, and the reader not', async () => {
    await start({ token: 'secret' });
    const reader = { headers: { cookie: await cookie() } };
    for (let i = 0; i < 3; i++) await fetch(`${server.url}/healthz`, bearer(`wrong ${i}`));
    const guesses = Array.from({ length: 12 }, (_, i) =>
      fetch(`${server.url}/healthz`, bearer(`guess ${i}`)).then(({ status }) => status),
    );
    // Whoever has the session does not wait with them.
    const first = await Promise.race([
      fetch(`${server.url}/healthz`, reader).then(({ status }) => status),
      Promise.all(guesses).then(() => 'the guesses'),
    ]);
    expect(first).toBe(200);
    // Most are looked at after a wait, and what is too many is not looked at.
    expect((await Promise.all(guesses)).sort()).toEqual([
      ...Array<number>(8).fill(401),
      ...Array<number>(4).fill(429),
    ]);
  });

  it('makes whoever guesses the token of a role wait as long', async () => {
    await start({ token: 'secret', roles: { predict: 'ask' } });
    for (let i = 0; i < 3; i++) await fetch(`${server.url}/models`, bearer(`wrong ${i}`));
    // A right word after wrong ones is not told at once, else it could be guessed without a wait.
    const begunMs = performance.now();
    expect((await fetch(`${server.url}/models`, bearer('ask'))).status).toBe(200);
    expect(performance.now() - begunMs).toBeGreaterThan(240);
  });

  it('does not start without a token where others can reach it', async () => {
    await start();
    await expect(start({ address: '0.0.0.0' })).rejects.toThrow(/token/);
  });
});
