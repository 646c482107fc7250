import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findChromium, whyNotStarted } from './chromium.mjs';

const CLI = join(
  dirname(createRequire(import.meta.url).resolve('playwright/package.json')),
  'cli.js',
);
/** A host that does not answer is given up sooner than Playwright would, which tries it five times. */
const CONNECTION_MS = 10_000;

/**
 * Playwright's own Chromium, into the folder of Playwright's in the person's home; the libraries that it needs come
 * from the system's package manager, where that may be.
 * @returns null when it was installed, else why not
 */
export async function installOwnChromium({ log, mayInstall }) {
  log(
    "fiducial: fetching Playwright's Chromium (about 180 MB, once; FIDUCIAL_NO_INSTALL=1 refuses)…",
  );
  const failed = await playwright(['install', '--no-shell', 'chromium'], log);
  if (failed) return `Playwright's download failed: ${failed}`;
  const path = findChromium();
  const missing = path && (await whyNotStarted(path));
  if (missing && process.platform === 'linux' && (await mayInstall())) {
    log('fiducial: installing the libraries of the system that it needs…');
    return playwright(['install-deps', 'chromium'], log);
  }
  return null;
}

function playwright(args, log) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(CONNECTION_MS), ...process.env },
    });
    const said = new Set();
    let error = null;
    const hear = (chunk) => {
      for (const line of String(chunk)
        .split('\n')
        .map((text) => text.trim())) {
        error ??= /\bError: (.*)/.exec(line)?.[1] ?? null;
        // Each try says the same again, and a trace with it.
        if (!/^Downloading |^\|.*%|downloaded to/.test(line) || said.has(line)) continue;
        said.add(line);
        log(`  ${line}`);
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (failure) => resolve(failure.message));
    child.on('exit', (code) => resolve(code === 0 ? null : (error ?? `exit code ${code}`)));
  });
}
