import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './build-if-needed.mjs';

/** How long the download may show no sign of life before the browser is used instead. */
const SILENT_MS = 15_000;
/** Prefix of the folders that `@electron/get` downloads into. */
const DOWNLOAD_PREFIX = 'electron-download-';

/**
 * Path of Electron's executable. Its npm package comes without one: where it is absent the package's own
 * `install.js` is run, which downloads it from the project's release page.
 * @returns `{path}`, or `{reason}` in a few words where it cannot be had
 */
export async function electronRuntime({
  electronDir = join(ROOT, 'node_modules', 'electron'),
  tmpDir = tmpdir(),
  silentMs = SILENT_MS,
  log = (line) => console.error(line),
} = {}) {
  if (!existsSync(join(electronDir, 'install.js'))) return { reason: 'it is not installed' };
  const present = executable(electronDir);
  if (present) return { path: present };
  log('fiducial: fetching the Electron runtime (about 120 MB, once)…');
  const reason = await install(electronDir, tmpDir, silentMs);
  if (reason) return { reason };
  const path = executable(electronDir);
  return path ? { path } : { reason: 'its download holds no executable' };
}

/** What `electron/index.js` would answer, without its download. */
function executable(electronDir) {
  const pathFile = join(electronDir, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const path = join(electronDir, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(path) ? path : null;
}

/** @returns null when it was installed, else why not */
function install(electronDir, tmpDir, silentMs) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(electronDir, 'install.js')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let words = '';
    let alive = Date.now();
    const hear = (chunk) => {
      words = (words + chunk).slice(-4000);
      alive = Date.now();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);

    // The installer says nothing while it downloads; what it writes shows that it does.
    let size = bytesOnDisk(electronDir, tmpDir);
    const watch = setInterval(
      () => {
        const now = bytesOnDisk(electronDir, tmpDir);
        if (now !== size) alive = Date.now();
        size = now;
        if (Date.now() - alive > silentMs) {
          child.kill('SIGKILL');
          end(`its download was silent for ${silentMs / 1000} s`);
        }
      },
      Math.min(500, silentMs / 4),
    );
    const end = (reason) => {
      clearInterval(watch);
      resolve(reason);
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', (code) => end(code === 0 ? null : firstError(words)));
  });
}

/** What a failed connection is called in an error's code. */
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/;

/** The reason in a stack trace, in words where it is the usual one. */
function firstError(words) {
  const code = UNREACHABLE.exec(words)?.[1];
  if (code) return `its download page cannot be reached: ${code}`;
  if (/fetch failed/.test(words)) return 'its download page cannot be reached';
  const lines = words.split('\n').map((line) => line.trim());
  const line = lines.find((text) => /error|refused/i.test(text)) ?? lines[0];
  return (line || 'its download failed').slice(0, 200);
}

function bytesOnDisk(electronDir, tmpDir) {
  let bytes = folderBytes(join(electronDir, 'dist'));
  try {
    for (const name of readdirSync(tmpDir)) {
      if (name.startsWith(DOWNLOAD_PREFIX)) bytes += folderBytes(join(tmpDir, name));
    }
  } catch {
    // A temporary folder that cannot be listed shows no progress.
  }
  return bytes;
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
