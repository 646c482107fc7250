import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** What the build writes last, one file per target, and what it is made from. */
const BUILT = [
  'out/main/index.js',
  'out/main/cli.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];
const SOURCES = ['src', 'electron.vite.config.ts', 'package.json'];

/** True when everything is built and nothing it is made from has changed since. */
export function isBuilt(root = ROOT) {
  const built = BUILT.map((file) => join(root, file));
  if (!built.every((file) => existsSync(file))) return false;
  const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs));
  return SOURCES.every((source) => newestChange(join(root, source)) <= oldest);
}

/**
 * Builds when something is missing or older than its source.
 * @returns whether there is a build now; the build's own messages say why not
 */
export function buildIfNeeded(root = ROOT) {
  if (isBuilt(root)) return true;
  console.error('fiducial: building…');
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}

function newestChange(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return /\.test\.ts$/.test(path) ? 0 : stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}
