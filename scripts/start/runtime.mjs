import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../build-if-needed.mjs';
import { forgetFailure, lastFailure, rememberFailure } from './memory.mjs';
import { progressLine } from './progress.mjs';

/** How long the download may show no sign of life before the browser is used instead. */
const SILENT_MS = 15_000;
/** Prefix of the folders that `@electron/get` downloads into. */
const DOWNLOAD_PREFIX = 'electron-download-';
/** Roughly the size of its archive, which nobody states before it comes. */
const ABOUT_MB = 120;

/**
 * Path of Electron's executable. Its npm package comes without one: where it is absent the package's own
 * `install.js` is run, which downloads it from the project's release page. A download that failed is tried again after
 * a day, one that the person stopped is not, and both are when `again` says so.
 * @returns `{path}`, or `{reason, remedy}` where it cannot be had: a few words each, the remedy possibly null
 */
export async function electronRuntime({
  electronDir = join(ROOT, 'node_modules', 'electron'),
  tmpDir = tmpdir(),
  stateFile,
  silentMs = SILENT_MS,
  again = false,
  env = process.env,
  log = (line) => console.error(line),
  show = progressLine(),
} = {}) {
  if (!existsSync(join(electronDir, 'install.js'))) {
    return { reason: 'the package electron is not installed', remedy: 'npm ci' };
  }
  const present = executable(electronDir);
  if (present) return { path: present };
  const memory = { stateFile, what: `download ${versionOf(electronDir)}` };
  const before = again ? null : lastFailure(memory);
  if (before) {
    return {
      reason: `${before.reason} (on ${before.day})`,
      remedy: 'npm start -- --desktop tries again',
    };
  }
  log(
    `fiducial: fetching the runtime of the desktop window, Electron: about ${ABOUT_MB} MB, once.`,
  );
  log(`  Ctrl+C, or npm start -- --browser: do without it. ${proxyText(env)}`);
  const failed = await install({ electronDir, tmpDir, silentMs, env, show });
  const path = failed ? null : executable(electronDir);
  if (path) {
    forgetFailure(memory);
    return { path };
  }
  const reason = failed?.reason ?? "Electron's download holds no executable";
  rememberFailure({ ...memory, reason, forGood: failed?.stopped ?? false });
  return { reason, remedy: 'npm start -- --desktop tries again at once' };
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/** The proxy that the download goes through, without the password that its address may hold. */
function proxyText(env) {
  const name = PROXIES.find((variable) => env[variable]);
  if (!name) return 'Behind a proxy: set HTTPS_PROXY.';
  try {
    return `Through ${name}, ${new URL(env[name]).host}.`;
  } catch {
    return `${name} is no address and is ignored.`;
  }
}

function versionOf(electronDir) {
  try {
    return JSON.parse(readFileSync(join(electronDir, 'package.json'), 'utf8')).version;
  } catch {
    return 'of unknown version';
  }
}

/** What `electron/index.js` would answer, without its download. */
function executable(electronDir) {
  const pathFile = join(electronDir, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const path = join(electronDir, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(path) ? path : null;
}

/** @returns null when it was installed, else why not, and whether the person stopped it */
function install({ electronDir, tmpDir, silentMs, env, show }) {
  return new Promise((resolve) => {
    const usesProxy = PROXIES.some((name) => env[name]);
    const child = spawn(process.execPath, [join(electronDir, 'install.js')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // `@electron/get` looks at HTTPS_PROXY and NO_PROXY only when it is told to.
      env: { ...(usesProxy && { ELECTRON_GET_USE_PROXY: 'true' }), ...env },
    });
    let words = '';
    let alive = Date.now();
    const hear = (chunk) => {
      words = (words + chunk).slice(-4000);
      alive = Date.now();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);

    // The installer says nothing while it downloads; what it writes shows how far it is.
    const before = downloadBytes(tmpDir);
    let size = -1;
    const watch = setInterval(
      () => {
        const downloaded = downloadBytes(tmpDir) - before;
        const unpacked = folderBytes(join(electronDir, 'dist'));
        if (downloaded + unpacked !== size) alive = Date.now();
        size = downloaded + unpacked;
        if (unpacked > 0) show('unpacking…');
        else show(`${Math.max(0, Math.round(downloaded / 1e6))} of about ${ABOUT_MB} MB`);
        if (Date.now() - alive > silentMs) {
          child.kill('SIGKILL');
          end({ reason: `Electron's download was silent for ${silentMs / 1000} s` });
        }
      },
      Math.min(500, silentMs / 4),
    );
    const stop = () => {
      child.kill('SIGKILL');
      end({ reason: "you stopped Electron's download", stopped: true });
    };
    const end = (failure) => {
      clearInterval(watch);
      process.off('SIGINT', stop);
      show(null);
      resolve(failure);
    };
    process.on('SIGINT', stop);
    child.on('error', (error) => end({ reason: error.message }));
    child.on('exit', (code) => end(code === 0 ? null : { reason: firstError(words) }));
  });
}

/** What a failed connection is called in an error's code. */
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/;

/** The reason in a stack trace, in words where it is a usual one. */
function firstError(words) {
  const page = "Electron's download page";
  const code = UNREACHABLE.exec(words)?.[1];
  if (code) return `${page} cannot be reached: ${code}`;
  const refused = /Response code (4\d\d) \(([^)]*)\)/.exec(words);
  if (refused) return `${page} or a proxy refused: ${refused[1]} ${refused[2]}`.trimEnd();
  if (/fetch failed/.test(words)) return `${page} cannot be reached`;
  if (/\bENOSPC\b/.test(words)) return "the disk is full, which Electron's download needs";
  const lines = words.split('\n').map((line) => line.trim());
  const line = lines.find((text) => /error|refused/i.test(text)) ?? lines[0];
  return line ? `Electron's download failed: ${line}`.slice(0, 200) : "Electron's download failed";
}

function downloadBytes(tmpDir) {
  try {
    return readdirSync(tmpDir)
      .filter((name) => name.startsWith(DOWNLOAD_PREFIX))
      .reduce((sum, name) => sum + folderBytes(join(tmpDir, name)), 0);
  } catch {
    return 0; // A temporary folder that cannot be listed shows no progress.
  }
}

function folderBytes(dir) {
  try {
    return readdirSync(dir).reduce((sum, name) => {
      const stats = statSync(join(dir, name));
      return sum + (stats.isDirectory() ? folderBytes(join(dir, name)) : stats.size);
    }, 0);
  } catch {
    return 0;
  }
}
