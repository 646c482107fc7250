import { connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import { server, start, useTestServer } from './testing/test-server';

/** Folders of predictions that could not be removed: something was still writing into them. */
const refused = vi.hoisted(() => [] as string[]);
vi.mock('node:fs/promises', async (actual) => {
  const real = await actual<typeof import('node:fs/promises')>();
  return {
    ...real,
    rm: (path: string, options: object) => {
      if (!path.includes('fiducial-predict-')) return real.rm(path, options);
      refused.push(path);
      return Promise.reject(Object.assign(new Error('ENOTEMPTY'), { code: 'ENOTEMPTY' }));
    },
  };
});

useTestServer();

it('a folder that cannot be removed when its caller has gone does not end the server', async () => {
  await start();
  const ended: unknown[] = [];
  const note = (reason: unknown): void => void ended.push(reason);
  process.on('unhandledRejection', note);
  const { port } = new URL(server.url);
  const caller = connect(Number(port), '127.0.0.1');
  caller.write(
    'POST /predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/octet-stream\r\nContent-Length: 100000\r\n\r\nhalf',
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  caller.destroy();
  await expect.poll(() => refused.length).toBeGreaterThan(0);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  process.off('unhandledRejection', note);
  expect(ended).toEqual([]);
});
