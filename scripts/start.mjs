/**
 * `npm start [-- RECORD]`: the viewer in Electron, and where Electron cannot run, the same viewer in the
 * system's browser. Options: `--browser` skips Electron, `--no-browser` only prints the address.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildIfNeeded, ROOT } from './build-if-needed.mjs';
import { electronRuntime } from './electron-runtime.mjs';

/** An Electron that ends with an error sooner than this never showed its window. */
const FAILED_START_MS = 8_000;

const args = process.argv.slice(2);
const flag = (name) => args.includes(name);
// npm runs scripts in the project's folder; paths mean the folder that the person is in.
const from = process.env.INIT_CWD ?? process.cwd();
const paths = args
  .filter((arg) => !arg.startsWith('--'))
  .map((path) => (existsSync(resolve(from, path)) ? resolve(from, path) : resolve(path)));

if (!buildIfNeeded()) process.exit(1);
const reason = flag('--browser') || flag('--no-browser') ? null : await runElectron();
if (reason !== null) {
  console.error(`fiducial: no desktop window, since ${reason}; using your browser.`);
}
serveInBrowser();

/** Runs Electron to its end and exits with it. @returns why it could not be run */
async function runElectron() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return 'there is no display';
  }
  const electronDir = process.env.FIDUCIAL_ELECTRON_DIR;
  const runtime = await electronRuntime(electronDir ? { electronDir } : {});
  if (!runtime.path) return `Electron's runtime cannot be had (${runtime.reason})`;
  const startedMs = Date.now();
  const code = await run(runtime.path, [ROOT, ...paths]);
  if (code === 0 || Date.now() - startedMs > FAILED_START_MS) process.exit(code ?? 1);
  return `Electron ended at once (exit code ${code})`;
}

function serveInBrowser() {
  const options = flag('--no-browser') ? ['--no-browser'] : [];
  const cli = join(ROOT, 'out', 'main', 'cli.js');
  void run(process.execPath, [cli, 'open', ...paths.slice(0, 1), ...options]).then((code) =>
    process.exit(code ?? 1),
  );
}

function run(command, argv) {
  return new Promise((resolve) => {
    const child = spawn(command, argv, { stdio: 'inherit', cwd: ROOT });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.on('error', () => resolve(1));
    child.on('exit', resolve);
  });
}
