import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { openQueueAdmin } from '../../src/core/queue/queue-admin';
import { HAS_REDIS, startRedis, type TestRedis } from '../../src/core/queue/testing/redis';
import { projectDir } from '../../src/core/processes/entries';
import { seededRandom } from '../../src/core/base/seeded-random';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { cpuSeconds } from './cpu';
import { timed } from './measure';

const WORKERS = [1, 2, 4];
/** Different contents among the short recordings. */
const CONTENTS = 20;

function fiducial(dir: string, ...args: readonly string[]): ChildProcess {
  const bin = path.join(projectDir(), 'bin', 'fiducial.mjs');
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, FIDUCIAL_HOME: path.join(dir, 'home'), FIDUCIAL_DEVICE: 'cpu' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.stdout!.resume();
  return child;
}

async function worker(dir: string, redis: TestRedis, takeOverS = 30): Promise<ChildProcess> {
  const options = ['--concurrency', '1', '--take-over', String(takeOverS), '--quiet'];
  const child = fiducial(dir, 'worker', '--queue', redis.url, ...options);
  // It takes recordings from here on.
  await once(createInterface({ input: child.stdout! }), 'line');
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/**
 * `npm run bench -- queue`: ten thousand recordings of ten seconds (FIDUCIAL_BENCH_RECORDINGS: another number) under 1, 2 and
 * 4 workers: rate, memory of Redis, and what coordinator and Redis take for a recording.
 */
export async function benchQueue(dir: string): Promise<string> {
  if (!HAS_REDIS) return 'queue\n    not measured: no redis-server';
  const recordings = Number(process.env['FIDUCIAL_BENCH_RECORDINGS'] ?? 10_000);
  const folder = path.join(dir, 'queue');
  await mkdir(folder);
  await shortRecordings(folder, recordings);
  const lines = [`fiducial scan --queue over ${recordings} recordings of 10 s`];
  for (const workers of WORKERS) {
    const redis = await startRedis();
    const helpers = await Promise.all(Array.from({ length: workers }, () => worker(dir, redis)));
    try {
      const out = path.join(dir, `queue-${workers}.jsonl`);
      const memory = await watchMemory(redis);
      const coordinator = fiducial(dir, 'scan', folder, '--out', out, '--queue', redis.url);
      let coordinatorS = 0;
      const looking = setInterval(() => {
        coordinatorS = cpuSeconds(coordinator.pid!) || coordinatorS;
      }, 200);
      const ms = await timed(() => once(coordinator, 'exit'));
      clearInterval(looking);
      const redisS = cpuSeconds(redis.child.pid!);
      const mostMb = (await memory.end()) / 1e6;
      const each = (seconds: number): string => `${((1000 * seconds) / recordings).toFixed(2)} ms`;
      lines.push(
        `    ${workers} workers: ${(recordings / (ms / 1000)).toFixed(1)} recordings/s, start of the coordinator included; Redis held at most ${mostMb.toFixed(1)} MB; for a recording the coordinator took ${each(coordinatorS)} and Redis ${each(redisS)}`,
      );
    } finally {
      await Promise.all(helpers.map(end));
      await redis.close();
    }
  }
  return lines.join('\n');
}

async function shortRecordings(folder: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const name = `q${i}`;
    const shape = { name, durationS: 10, rateHz: 250, leads: 2, format: 212 } as const;
    if (i < CONTENTS) await writeSyntheticRecord(folder, { ...shape, seed: i + 1 });
    else {
      const like = `q${i % CONTENTS}`;
      const header = await readFile(path.join(folder, `${like}.hea`), 'utf8');
      await writeFile(
        path.join(folder, `${name}.hea`),
        header.replaceAll(new RegExp(`\\b${like}\\b`, 'g'), name),
      );
      await copyFile(path.join(folder, `${like}.dat`), path.join(folder, `${name}.dat`));
    }
  }
}

async function watchMemory(redis: TestRedis): Promise<{ end(): Promise<number> }> {
  const admin = await openQueueAdmin(redis.address);
  if (!admin.ok) throw new Error(admin.error.message);
  let most = 0;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      most = Math.max(most, (await admin.value.status()).memoryBytes ?? 0);
      await wait(500);
    }
  })();
  return {
    async end() {
      isOver = true;
      await watching;
      await admin.value.close();
      return most;
    },
  };
}

const REPEATS = 20;
const KILL_EVERY_MS = 3000;
const PAUSE_MS = 10_000;
const COORDINATOR_ENDS = 3;

/**
 * `npm run bench -- queue-killed`, with folders in FIDUCIAL_BENCH_ARCHIVE (separated by `:`): three workers of which one is
 * killed every three seconds and one stands still for ten, and a coordinator that is killed three times; rows are compared
 * with those of a local scan. FIDUCIAL_BENCH_REPEATS: other than twenty times.
 */
export async function benchKilledQueue(dir: string): Promise<string> {
  const folders = (process.env['FIDUCIAL_BENCH_ARCHIVE'] ?? '').split(':').filter(Boolean);
  if (!HAS_REDIS || folders.length === 0) {
    return 'queue-killed\n    not measured: it needs redis-server, and folders in FIDUCIAL_BENCH_ARCHIVE';
  }
  const repeats = Number(process.env['FIDUCIAL_BENCH_REPEATS'] ?? REPEATS);
  const local = path.join(dir, 'local.jsonl');
  await once(fiducial(dir, 'scan', ...folders, '--out', local, '--no-store'), 'exit');
  const wanted = sorted(await readFile(local, 'utf8'));
  console.log(`fiducial scan --queue over ${wanted.length} recordings while processes are killed`);
  let same = 0;
  for (let repeat = 1; repeat <= repeats; repeat++) {
    const out = path.join(dir, `killed-${repeat}.jsonl`);
    const played = await playKilled(dir, folders, out, seededRandom(repeat));
    const rows = sorted(await readFile(out, 'utf8'));
    const isSame = rows.length === wanted.length && rows.every((row, i) => row === wanted[i]);
    const areSingle = new Set(rows).size === rows.length;
    if (isSame && areSingle) same += 1;
    // Each as soon as it is known: twenty of them take hours.
    console.log(
      `    ${repeat}: ${rows.length} rows, ${isSame ? 'those of the local scan' : 'OTHERS THAN THE LOCAL SCAN’S'}, ${areSingle ? 'none twice' : 'SOME TWICE'}; ${played.kills} workers and ${played.ends} coordinators killed, ${(played.ms / 1000).toFixed(0)} s`,
    );
    await rm(out);
  }
  return `    ${same} of ${repeats} the same, none twice`;
}

const sorted = (text: string): string[] => text.trim().split('\n').sort();

async function playKilled(
  dir: string,
  folders: readonly string[],
  out: string,
  random: () => number,
): Promise<{ kills: number; ends: number; ms: number }> {
  const redis = await startRedis();
  const helpers = await Promise.all([1, 2, 3].map(() => worker(dir, redis, 3)));
  const begin = (): ChildProcess =>
    fiducial(dir, 'scan', ...folders, '--out', out, '--queue', redis.url);
  const startMs = performance.now();
  let kills = 0;
  let ends = 0;
  let isOver = false;
  const killing = (async () => {
    helpers[2]!.kill('SIGSTOP');
    void wait(PAUSE_MS).then(() => helpers[2]!.kill('SIGCONT'));
    while (!isOver) {
      await wait(KILL_EVERY_MS);
      if (isOver) return;
      const victim = Math.floor(2 * random());
      await end(helpers[victim]!);
      kills += 1;
      helpers[victim] = await worker(dir, redis, 3);
    }
  })();
  try {
    for (;;) {
      const coordinator = begin();
      const exit = once(coordinator, 'exit');
      if (ends < COORDINATOR_ENDS) {
        await Promise.race([exit, wait(KILL_EVERY_MS * (1 + random()))]);
        if (coordinator.exitCode === null) {
          ends += 1;
          await end(coordinator);
          continue;
        }
      }
      await exit;
      return { kills, ends, ms: performance.now() - startMs };
    }
  } finally {
    isOver = true;
    await killing;
    await Promise.all(helpers.map(end));
    await redis.close();
  }
}
