import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded, ROOT } from '../../../scripts/build-if-needed.mjs';

/** Contract tests run what is built: brings the build up to date first, one test file at a time. */
export async function requireBuild(): Promise<void> {
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  const lock = join(ROOT, 'out', '.building');
  const startMs = Date.now();
  while (!take(lock)) {
    // A lock that outlives any build was left by a run that was killed.
    if (Date.now() - startMs > 60_000) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  try {
    if (!buildIfNeeded()) throw new Error('the build failed; its messages are above');
  } finally {
    rmdirSync(lock);
  }
}

function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
