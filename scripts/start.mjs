/** `npm start [-- RECORD] [OPTIONS]`: the viewer in Electron, and where Electron cannot run, in the browser. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfNeeded, ROOT } from './build-if-needed.mjs';
import { runElectron, whyNoWindow } from './start/electron.mjs';
import { electronRuntime } from './start/runtime.mjs';

const USAGE = `usage: npm start -- [RECORD] [options]

Shows a record, or the synthetic demo, in a window of its own; where there can be none, in the browser, and says why.

  --browser      in the browser; nothing is downloaded
  --no-browser   only print the address for a browser
  --desktop      try the window again, also after a download or a start that failed before`;

const { values: options, positionals } = readArguments();
// npm runs scripts in the project's folder; paths mean the folder that the person is in.
const from = process.env.INIT_CWD ?? process.cwd();
const paths = positionals.map((path) =>
  existsSync(resolve(from, path)) ? resolve(from, path) : resolve(path),
);

if (!buildIfNeeded()) process.exit(1);
if (!options.browser && !options['no-browser']) {
  const { reason, remedy } = await showWindow();
  console.error(`fiducial: no desktop window, since ${reason}; using your browser.`);
  if (remedy) console.error(`  For the window: ${remedy}`);
}
await serveInBrowser();

/** Runs Electron to its end and exits with it. @returns why it could not be run, and what could be done about it */
async function showWindow() {
  const impossible = whyNoWindow();
  if (impossible) return impossible;
  const again = options.desktop;
  const electronDir = process.env.FIDUCIAL_ELECTRON_DIR;
  const stateFile = electronDir && join(electronDir, 'start.json');
  const runtime = await electronRuntime({ ...(electronDir && { electronDir }), stateFile, again });
  if (!runtime.path) return runtime;
  const ended = await runElectron(runtime.path, [ROOT, ...paths], { cwd: ROOT, stateFile, again });
  if (ended.code !== undefined) process.exit(ended.code);
  return ended;
}

function serveInBrowser() {
  const cli = join(ROOT, 'out', 'main', 'cli.js');
  const flags = options['no-browser'] ? ['--no-browser'] : [];
  const child = spawn(process.execPath, [cli, 'open', ...paths.slice(0, 1), ...flags], {
    stdio: 'inherit',
    cwd: ROOT,
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', () => process.exit(1));
  child.on('exit', (code) => process.exit(code ?? 1));
}

function readArguments() {
  const flag = { type: 'boolean' };
  try {
    const parsed = parseArgs({
      allowPositionals: true,
      options: { browser: flag, 'no-browser': flag, desktop: flag, help: { ...flag, short: 'h' } },
    });
    if (parsed.values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    return parsed;
  } catch (error) {
    console.error(`fiducial: ${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}
