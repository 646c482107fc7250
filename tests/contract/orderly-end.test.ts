/** How the built server ends, and what it leaves behind in its store. Needs `npm run build`; skipped without. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const CAN_RUN = existsSync(join(ROOT, 'out/main/cli.js')) && platform() !== 'win32';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'fiducial-end-'));
});
afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));

/** A server in a process group of its own, as a shell starts it. */
async function serve(): Promise<{ server: ChildProcess; ended: Promise<number | null> }> {
  const server = spawn(
    process.execPath,
    [join(ROOT, 'bin/fiducial.mjs'), 'serve', '--port', '0', '--quiet', '--root', home],
    { env: { ...process.env, FIDUCIAL_HOME: home }, detached: true },
  );
  const ended = new Promise<number | null>((done) => server.once('exit', done));
  await new Promise<void>((up) =>
    server.stdout!.on('data', (text: Buffer) => text.includes('serves') && up()),
  );
  return { server, ended };
}

/** Bytes that are not in the store's one file but in the log beside it. */
const logBytes = (): number =>
  statSync(join(home, 'fiducial.db-wal'), { throwIfNoEntry: false })?.size ?? 0;
const fileBytes = (): number => statSync(join(home, 'fiducial.db')).size;

describe.skipIf(!CAN_RUN)('fiducial serve', { timeout: 60_000 }, () => {
  it('holds everything in one file after a polite kill', async () => {
    const { server, ended } = await serve();
    expect(fileBytes()).toBeLessThan(10_000);
    server.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(logBytes()).toBe(0);
    expect(fileBytes()).toBeGreaterThan(10_000);
  });

  it('does so after Ctrl-C, which reaches all of its processes', async () => {
    const { server, ended } = await serve();
    process.kill(-server.pid!, 'SIGINT');
    expect(await ended).toBe(0);
    expect(logBytes()).toBe(0);
    expect(fileBytes()).toBeGreaterThan(10_000);
  });

  it('does so when it is killed itself: the engine hears of it, closes the store and ends', async () => {
    const { server, ended } = await serve();
    server.kill('SIGKILL');
    await ended;
    await expect.poll(logBytes, { timeout: 10_000 }).toBe(0);
    expect(fileBytes()).toBeGreaterThan(10_000);
    // Nothing of the group is left.
    await expect
      .poll(
        () => {
          try {
            return process.kill(-server.pid!, 0);
          } catch {
            return false;
          }
        },
        { timeout: 10_000 },
      )
      .toBe(false);
  });
});
