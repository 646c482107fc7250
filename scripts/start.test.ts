import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeTestRecord } from '../src/core/processes/testing/test-record';
import { requireBuild } from '../tests/contract/double/require-build';
import { ROOT } from './build-if-needed.mjs';
import { electronRuntime } from './electron-runtime.mjs';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-start-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** An `electron` package whose installer does what the test says; no network is involved. */
async function installer(script: string): Promise<string> {
  await writeFile(join(dir, 'install.js'), script);
  return dir;
}

describe('electronRuntime', () => {
  const quiet = { log: () => undefined };

  it('runs the installer once and finds what it wrote', async () => {
    const electronDir = await installer(`
      const fs = require('node:fs'), path = require('node:path');
      fs.mkdirSync(path.join(__dirname, 'dist'));
      fs.writeFileSync(path.join(__dirname, 'dist', 'electron'), '');
      fs.writeFileSync(path.join(__dirname, 'path.txt'), 'electron');`);
    const path = join(dir, 'dist', 'electron');
    expect(await electronRuntime({ electronDir, tmpDir: dir, ...quiet })).toEqual({ path });
    await installer('process.exit(1)');
    expect(await electronRuntime({ electronDir, tmpDir: dir, ...quiet })).toEqual({ path });
  });

  it('says in one line why the installer failed', async () => {
    const electronDir = await installer(`
      console.error('Error: getaddrinfo ENOTFOUND example.invalid\\n    at somewhere');
      process.exit(1);`);
    const { reason } = await electronRuntime({ electronDir, tmpDir: dir, ...quiet });
    expect(reason).toBe('its download page cannot be reached: ENOTFOUND');
  });

  it('gives up an installer that is silent', async () => {
    const electronDir = await installer('setInterval(() => undefined, 1000)');
    const start = Date.now();
    const options = { electronDir, tmpDir: dir, silentMs: 600, ...quiet };
    expect((await electronRuntime(options)).reason).toBe('its download was silent for 0.6 s');
    expect(Date.now() - start).toBeLessThan(5000);
  });

  it('waits for one that downloads, however quietly', async () => {
    const electronDir = await installer(`
      const fs = require('node:fs'), path = require('node:path');
      const download = fs.mkdtempSync(path.join(__dirname, 'electron-download-'));
      let n = 0;
      const timer = setInterval(() => {
        fs.appendFileSync(path.join(download, 'zip'), 'x');
        if (++n === 16) { clearInterval(timer); process.exit(3); }
      }, 100);`);
    const options = { electronDir, tmpDir: dir, silentMs: 800, ...quiet };
    expect((await electronRuntime(options)).reason).toBe('its download failed');
  });

  it('says so when the package is absent', async () => {
    expect((await electronRuntime({ electronDir: dir, ...quiet })).reason).toBe(
      'it is not installed',
    );
  });
});

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
        if (/http:\/\/127\.0\.0\.1:\d+/.test(output)) resolve(output);
      };
      child!.stdout!.on('data', hear);
      child!.stderr!.on('data', hear);
      child!.on('exit', () => resolve(output));
    });
    return found;
  }

  it('serves the same viewer where Electron cannot be had, and says why in one line', async () => {
    const record = await writeTestRecord(dir, { seconds: 30 });
    await installer(`console.error('Error: connect ECONNREFUSED'); process.exit(1);`);
    const output = await start([record], {
      FIDUCIAL_ELECTRON_DIR: dir,
      DISPLAY: ':99',
      // No browser either: the address is printed.
      PATH: '',
    });
    expect(output).toMatch(
      /no desktop window, since Electron's runtime cannot be had \(its download page cannot be reached: ECONNREFUSED\); using your browser/,
    );
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)![0];
    const page = await fetch(`${address}/`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="app">');
  });

  it('ends with an error for a record that does not exist', async () => {
    const output = await start([join(dir, 'nowhere')], { DISPLAY: '', WAYLAND_DISPLAY: '' });
    expect(output).toMatch(/nowhere/);
    expect(output).not.toMatch(/http:/);
  });
});
