import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded, ROOT } from '../../../scripts/build-if-needed.mjs';

/** Names the run that a build was made for: all test files of one run have the same parent. */
const RUN = String(process.ppid);

/**
 * Contract tests run what is built: the first test file of a run brings the build up to date, the others wait
 * for it. A second build would pull the files away from under the first.
 */
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
    const mark = join(ROOT, 'out', '.built-for-run');
    if (existsSync(mark) && readFileSync(mark, 'utf8') === RUN) return;
    if (!buildIfNeeded()) throw new Error('the build failed; its messages are above');
    writeFileSync(mark, RUN);
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
