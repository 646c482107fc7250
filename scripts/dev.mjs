/**
 * `npm run dev [-- RECORD]`: the viewer with hot reload. In Electron where its runtime can be had; else in the
 * browser, where Vite serves the page and passes what it asks on to the browser host (which is built once:
 * restart after a change outside of src/renderer).
 */
import vue from '@vitejs/plugin-vue';
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createServer } from 'vite';
import { buildIfNeeded, ROOT } from './build-if-needed.mjs';
import { whyNoWindow } from './start/electron.mjs';
import { electronRuntime } from './start/runtime.mjs';

const args = process.argv.slice(2);
const from = process.env.INIT_CWD ?? process.cwd();
const paths = args.filter((arg) => !arg.startsWith('--')).map((path) => resolve(from, path));

const runtime = args.includes('--browser')
  ? { reason: 'the browser was asked for' }
  : (whyNoWindow() ?? (await electronRuntime({ again: args.includes('--desktop') })));

if (runtime.path) {
  const vite = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  start(process.execPath, [vite, 'dev', '--watch', '--', ...paths], 'inherit');
} else {
  console.error(`fiducial: no desktop window, since ${runtime.reason}; using the browser.`);
  if (!buildIfNeeded()) process.exit(1);
  await devInBrowser();
}

async function devInBrowser() {
  const cli = join(ROOT, 'out', 'main', 'cli.js');
  const host = start(
    process.execPath,
    [cli, 'open', '--no-browser', ...paths.slice(0, 1)],
    ['ignore', 'pipe', 'inherit'],
  );
  const address = await addressOf(host);
  const target = new URL(address).origin;
  // The host gives its session for the token; here the page comes from Vite.
  const page = await fetch(address, { redirect: 'manual' });
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const pass = {
    target,
    headers: {
      cookie,
      origin: target,
      host: new URL(target).host,
      'sec-fetch-site': 'same-origin',
    },
  };
  const server = await createServer({
    configFile: false,
    root: join(ROOT, 'src', 'renderer'),
    plugins: [vue()],
    server: {
      host: '127.0.0.1',
      proxy: Object.fromEntries(
        ['/rpc', '/events', '/cancel', '/host', '/upload', '/documents'].map((path) => [
          path,
          pass,
        ]),
      ),
    },
  });
  await server.listen();
  server.printUrls();
}

function start(command, argv, stdio) {
  const child = spawn(command, argv, { stdio, cwd: ROOT });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 0));
  return child;
}

/** The first address that the host prints, with its token. */
function addressOf(child) {
  return new Promise((resolve) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      const address = /http:\/\/[\d.]+:\d+\/\?token=[\w-]+(?=\s)/.exec(text)?.[0];
      if (address) resolve(address);
    });
  });
}
