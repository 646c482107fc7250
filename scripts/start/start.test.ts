import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeTestRecord } from '../../src/core/processes/testing/test-record';
import { requireBuild } from '../../tests/contract/double/require-build';
import { ROOT } from '../build-if-needed.mjs';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-start-'));
});
afterEach(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

describe('npm start', () => {
  let child: ChildProcess | null = null;
  afterEach(async () => {
    if (child && child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  });

  async function start(argv: string[], env: Record<string, string>): Promise<string> {
    await requireBuild();
    child = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs'), ...argv], {
      env: { ...process.env, XDG_DATA_HOME: dir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const found = new Promise<string>((resolve) => {
      const hear = (chunk: Buffer): void => {
        output += chunk.toString();
        if (/http:\/\/127\.0\.0\.1:\d+\/\S+/.test(output)) resolve(output);
      };
      child!.stdout!.on('data', hear);
      child!.stderr!.on('data', hear);
      child!.on('exit', () => resolve(output));
    });
    return found;
  }

  it('serves the same viewer where Electron cannot be had, and says why in one line', async () => {
    const record = await writeTestRecord(dir, { seconds: 30 });
    await writeFile(
      join(dir, 'install.js'),
      `console.error('Error: connect ECONNREFUSED'); process.exit(1);`,
    );
    const output = await start([record], {
      FIDUCIAL_ELECTRON_DIR: dir,
      DISPLAY: ':99',
      // No browser either: the address is printed.
      PATH: '',
    });
    // Root is told before anything is downloaded.
    const reason = process.getuid?.() === 0 ? 'you are root, .*' : '.* reached: ECONNREFUSED';
    expect(output).toMatch(new RegExp(`no desktop window, since ${reason}; using your browser`));
    expect(output).toMatch(/For the window: /);
    const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(output)![0];
    const opened = await fetch(address, { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
    const page = await fetch(new URL('/', address), { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="app">');
  });

  it('says nothing of a window where the browser was asked for, and downloads nothing', async () => {
    const record = await writeTestRecord(dir, { seconds: 30 });
    await writeFile(join(dir, 'install.js'), `process.exit(1);`);
    const env = { FIDUCIAL_ELECTRON_DIR: dir, DISPLAY: ':99', PATH: '' };
    const output = await start([record, '--browser'], env);
    expect(output).not.toMatch(/window|fetching/);
  });

  it('refuses an option that it does not know', async () => {
    const output = await start(['--brwoser'], {});
    expect(output).toMatch(/--brwoser[^]*usage: npm start/);
    expect(child!.exitCode).toBe(2);
  });

  it('ends with an error for a record that does not exist', async () => {
    const output = await start([join(dir, 'nowhere')], { DISPLAY: '', WAYLAND_DISPLAY: '' });
    expect(output).toMatch(/nowhere/);
    expect(output).not.toMatch(/http:/);
  });
});
