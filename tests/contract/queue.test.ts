/**
 * A scan on a queue by the built command line: workers are killed and stopped in the middle, a coordinator as well, and the
 * rows are those of a local scan. Needs `npm run build` and redis-server; skipped without.
 */
import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HAS_REDIS, startRedis, type TestRedis } from '../../src/core/queue/testing/redis';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { IS_BUILT, startFiducial } from '../support/fiducial';

const RECORDS = 6;

let dir: string;
let redis: TestRedis;
const children: ChildProcess[] = [];

beforeEach(async () => {
  if (!IS_BUILT || !HAS_REDIS) return;
  dir = await mkdtemp(join(tmpdir(), 'fiducial-queue-cli-'));
  redis = await startRedis();
  await mkdir(join(dir, 'records'));
  for (let i = 0; i < RECORDS; i++) {
    const shape = {
      name: `record${i}`,
      durationS: 20,
      rateHz: 250,
      leads: 2,
      format: 212,
    } as const;
    await writeSyntheticRecord(join(dir, 'records'), { ...shape, seed: i + 1 });
  }
});
afterEach(async () => {
  for (const child of children.splice(0)) await end(child);
  if (!dir) return;
  await redis.close();
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
});

function fiducial(...args: readonly string[]): ChildProcess {
  const child = startFiducial(args, {
    env: { FIDUCIAL_HOME: join(dir, 'home'), FIDUCIAL_DEVICE: 'cpu' },
  });
  children.push(child);
  return child;
}

/** Ends a child, one that is stopped as well, and waits for it. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

async function scan(out: string, ...options: readonly string[]): Promise<string> {
  const child = fiducial('scan', join(dir, 'records'), '--out', join(dir, out), ...options);
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
  return readFile(join(dir, out), 'utf8');
}

/** A worker, and when it has answered for the first time. */
function worker(): { child: ChildProcess; answered: Promise<void> } {
  const options = ['--queue', redis.url, '--concurrency', '1', '--take-over', '2'];
  const child = fiducial('worker', ...options);
  const lines = createInterface({ input: child.stderr! });
  const answered = new Promise<void>((done) =>
    lines.on('line', (line) => / answered after /.test(line) && done()),
  );
  return { child, answered };
}

describe.skipIf(!IS_BUILT || !HAS_REDIS)(
  'fiducial scan --queue (needs a build and redis-server)',
  { timeout: 240_000 },
  () => {
    it('has the rows of a local scan, whichever processes end or stand still', async () => {
      const local = scan('local.jsonl', '--no-store');
      const options = ['--out', join(dir, 'rows.jsonl'), '--queue', redis.url];
      const first = fiducial('scan', join(dir, 'records'), ...options);
      const killed = worker();
      const stopped = worker();
      await killed.answered;
      killed.child.kill('SIGKILL');
      await stopped.answered;
      stopped.child.kill('SIGSTOP');
      await end(first);
      worker();
      const rows = scan('rows.jsonl', '--queue', redis.url);
      expect(await rows).toBe(await local);
      // What it had was taken over; its own answer comes too late and changes nothing.
      stopped.child.kill('SIGCONT');
      expect((await readdir(dir)).filter((name) => name.startsWith('rows'))).toEqual([
        'rows.jsonl',
      ]);
    });
  },
);
