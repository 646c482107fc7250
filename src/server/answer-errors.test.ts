import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { server, start, useTestServer } from './testing/test-server';

useTestServer();

/** Sends text as it is over a connection. @returns everything that comes back */
function say(text: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding('utf8').on('data', (piece) => (answer += piece));
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}

const get = (path: string, more = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${more}\r\n`;

it.each([
  ['an address that cannot be decoded', () => get('/rpc/%zz'), 400],
  ['a parameter that is too long', () => get(`/documents/${'x'.repeat(2000)}`), 404],
  ['a head that is too long', () => get('/', `X: ${'x'.repeat(40_000)}\r\n`), 431],
  ['what is not HTTP', () => 'hello\r\n\r\n', 400],
  ['a request without a host', () => 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['a request of two hosts', () => get('/healthz', 'Host: elsewhere\r\n'), 400],
  ['an address where nothing is', () => get('/nothing'), 404],
  ['another method', () => get('/predict'), 405],
])(
  'answers %s with a problem document and the headers of every answer',
  async (_what, text, status) => {
    await start();
    const [head, body] = (await say(text())).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/^content-type: application\/problem\+json/im);
    expect(head).toMatch(/^x-content-type-options: nosniff/im);
    expect(head).toMatch(/^cache-control: no-store/im);
    const problem = JSON.parse(body!) as { status: number; detail: string };
    expect(problem.status).toBe(status);
    expect(problem.detail).toMatch(/^[A-Z].*\.$/);
  },
);

it('says which methods are answered where another was sent', async () => {
  await start();
  const allow = async (method: string, path: string) => {
    const answer = await fetch(server.url + path, { method });
    return [answer.status, answer.headers.get('allow')];
  };
  expect(await allow('GET', '/predict')).toEqual([405, 'POST']);
  expect(await allow('DELETE', '/models')).toEqual([405, 'GET, HEAD']);
  expect(await allow('PUT', '/rpc/app.info')).toEqual([405, 'POST']);
  expect(await allow('POST', '/')).toEqual([405, 'GET, HEAD']);
  expect(await allow('POST', '/nothing')).toEqual([404, null]);
});

it('does not parse JSON that no route takes: nested brackets hold nobody up', async () => {
  await start();
  const answer = await fetch(`${server.url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '['.repeat(1 << 20),
  });
  expect(answer.status).toBe(415);
  expect(await answer.json()).toMatchObject({
    detail:
      'A body of type "application/json" is not taken; multipart/form-data and application/octet-stream are.',
  });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});
