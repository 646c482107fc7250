import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rememberFailure } from './memory.mjs';
import { electronRuntime, type RuntimeOptions } from './runtime.mjs';

let dir: string;
let said: string[];
let shown: (string | null)[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-runtime-'));
  said = [];
  shown = [];
});
afterEach(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

/** An `electron` package whose installer does what the test says; no network is involved. */
const installer = (script: string): Promise<void> => writeFile(join(dir, 'install.js'), script);
const stateFile = (): string => join(dir, 'state', 'start.json');
const runtime = (options: RuntimeOptions = {}) =>
  electronRuntime({
    electronDir: dir,
    tmpDir: dir,
    stateFile: stateFile(),
    env: { PATH: process.env['PATH'] },
    log: (line) => said.push(line),
    show: (text) => shown.push(text),
    ...options,
  });

const INSTALLS = `
  const fs = require('node:fs'), path = require('node:path');
  fs.mkdirSync(path.join(__dirname, 'dist'));
  fs.writeFileSync(path.join(__dirname, 'dist', 'electron'), '');
  fs.writeFileSync(path.join(__dirname, 'path.txt'), 'electron');`;

it('runs the installer once and finds what it wrote', async () => {
  await installer(INSTALLS);
  const path = join(dir, 'dist', 'electron');
  expect(await runtime()).toEqual({ path });
  await installer('process.exit(1)');
  expect(await runtime()).toEqual({ path });
});

it('says before the download how much it is, how to do without, and the proxy', async () => {
  await installer('process.exit(1)');
  await runtime();
  expect(said.join('\n')).toMatch(/about 120 MB, once[^]*Ctrl\+C[^]*--browser[^]*set HTTPS_PROXY/);
  said = [];
  await runtime({ again: true, env: { HTTPS_PROXY: 'http://me:secret@proxy.test:3128' } });
  expect(said.join('\n')).toContain('Through HTTPS_PROXY, proxy.test:3128.');
  expect(said.join('\n')).not.toContain('secret');
});

it('tells Electron’s installer to use the proxy that is set', async () => {
  await installer(`
    console.error('Error: proxy ' + process.env.ELECTRON_GET_USE_PROXY); process.exit(1);`);
  const withProxy = await runtime({ env: { https_proxy: 'http://proxy.test:3128' } });
  expect(withProxy.reason).toMatch(/proxy true/);
  const without = await runtime({ again: true });
  expect(without.reason).toMatch(/proxy undefined/);
});

it('says in one line why the installer failed', async () => {
  const reasonOf = async (words: string): Promise<string | undefined> => {
    await installer(`console.error(${JSON.stringify(words)}); process.exit(1);`);
    return (await runtime({ again: true })).reason;
  };
  expect(await reasonOf('Error: getaddrinfo ENOTFOUND example.invalid\n    at somewhere')).toBe(
    "Electron's download page cannot be reached: ENOTFOUND",
  );
  expect(await reasonOf('HTTPError: Response code 403 (Forbidden) for https://x')).toBe(
    "Electron's download page or a proxy refused: 403 Forbidden",
  );
  expect(await reasonOf('Error: ENOSPC: no space left on device, write')).toBe(
    "the disk is full, which Electron's download needs",
  );
});

it('does not repeat a try that failed at every start, but a day later, or when it is asked to', async () => {
  await installer(`console.error('Error: connect ECONNREFUSED'); process.exit(1);`);
  expect((await runtime()).reason).toMatch(/ECONNREFUSED$/);
  await installer(INSTALLS);
  said = [];
  const second = await runtime();
  expect(second.reason).toMatch(/ECONNREFUSED \(on \d{4}-\d\d-\d\d\)$/);
  expect(second).toMatchObject({ remedy: expect.stringContaining('--desktop') as string });
  expect(said).toEqual([]);
  rememberFailure({
    stateFile: stateFile(),
    what: 'download of unknown version',
    reason: 'the network was away',
    forGood: false,
    nowMs: Date.now() - 25 * 3600_000,
  });
  expect((await runtime()).path).toBeDefined();
});

it('shows how far the download is', async () => {
  await installer(`
    const fs = require('node:fs'), path = require('node:path');
    const download = fs.mkdtempSync(path.join(__dirname, 'electron-download-'));
    fs.writeFileSync(path.join(download, 'zip'), Buffer.alloc(7e6));
    setTimeout(() => process.exit(3), 700);`);
  await runtime({ silentMs: 2000 });
  expect(shown).toContain('7 of about 120 MB');
  expect(shown.at(-1)).toBeNull();
});

it('gives up an installer that is silent', async () => {
  await installer('setInterval(() => undefined, 1000)');
  const start = Date.now();
  expect((await runtime({ silentMs: 600 })).reason).toBe(
    "Electron's download was silent for 0.6 s",
  );
  expect(Date.now() - start).toBeLessThan(5000);
});

it('waits for one that downloads, however quietly', async () => {
  await installer(`
    const fs = require('node:fs'), path = require('node:path');
    const download = fs.mkdtempSync(path.join(__dirname, 'electron-download-'));
    let n = 0;
    const timer = setInterval(() => {
      fs.appendFileSync(path.join(download, 'zip'), 'x');
      if (++n === 16) { clearInterval(timer); process.exit(3); }
    }, 100);`);
  expect((await runtime({ silentMs: 800 })).reason).toBe("Electron's download failed");
});

it.skipIf(process.platform === 'win32')(
  'is stopped by Ctrl+C, which is remembered and goes on to the browser',
  async () => {
    await installer('setInterval(() => undefined, 1000)');
    const module = pathToFileURL(join(import.meta.dirname, 'runtime.mjs')).href;
    const options = { electronDir: dir, tmpDir: dir, stateFile: stateFile() };
    const script = `import { electronRuntime } from ${JSON.stringify(module)};
      const log = (line) => console.log(line);
      console.log((await electronRuntime({ ...${JSON.stringify(options)}, log })).reason);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (output === '') setTimeout(() => child.kill('SIGINT'), 300);
      output += chunk.toString();
    });
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(output).toContain("you stopped Electron's download");
    await installer(INSTALLS);
    expect((await runtime()).reason).toMatch(/you stopped/);
  },
);

it('says so when the package is absent', async () => {
  expect(await runtime()).toMatchObject({ remedy: 'npm ci' });
});
