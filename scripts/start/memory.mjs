import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../build-if-needed.mjs';

const STATE_FILE = join(ROOT, 'node_modules', '.cache', 'fiducial', 'start.json');
/** A download that failed is tried again after this long: the machine may be elsewhere, or the network back. */
const AGAIN_MS = 24 * 3600_000;

/**
 * Why `what` failed the last time, so that a start need not find out again; gone with `npm ci`.
 * @returns `{reason, day}`, the day as 2026-05-03; null where nothing is known or it may be tried again
 */
export function lastFailure({ stateFile = STATE_FILE, what, nowMs = Date.now() }) {
  const known = read(stateFile)[what];
  if (!known || (!known.forGood && nowMs - known.atMs > AGAIN_MS)) return null;
  return { reason: known.reason, day: new Date(known.atMs).toISOString().slice(0, 10) };
}

/** @param forGood whether it is not tried again by itself: the person stopped it, or something must change first */
export function rememberFailure({
  stateFile = STATE_FILE,
  what,
  reason,
  forGood,
  nowMs = Date.now(),
}) {
  write(stateFile, { ...read(stateFile), [what]: { reason, forGood, atMs: nowMs } });
}

export function forgetFailure({ stateFile = STATE_FILE, what }) {
  const known = read(stateFile);
  if (!(what in known)) return;
  delete known[what];
  write(stateFile, known);
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

function write(path, known) {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(known));
  } catch {
    // A project folder that cannot be written to: it is tried at every start.
  }
}
