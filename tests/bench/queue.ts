import { once } from 'node:events';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openQueueAdmin } from '../../src/core/queue/queue-admin';
import { HAS_REDIS, startRedis, type TestRedis } from '../../src/core/queue/testing/redis';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { cpuSeconds, cpuSecondsBelow } from './cpu';
import { timed } from './measure';
import { end, fiducial, startWorker } from './queue-processes';

const WORKERS = '1,2,4';
/** Different contents among the short recordings. */
const CONTENTS = 20;

/**
 * `npm run bench -- queue`: ten thousand recordings of ten seconds (FIDUCIAL_BENCH_RECORDINGS: another number) under 1, 2 and
 * 4 workers (FIDUCIAL_BENCH_WORKERS: others): rate, memory of Redis, and what coordinator, Redis and workers take for a
 * recording.
 */
export async function benchQueue(dir: string): Promise<string> {
  if (!HAS_REDIS) return 'queue\n    not measured: no redis-server';
  const recordings = Number(process.env['FIDUCIAL_BENCH_RECORDINGS'] ?? 10_000);
  const folder = path.join(dir, 'queue');
  await mkdir(folder);
  await shortRecordings(folder, recordings);
  const lines = [`fiducial scan --queue over ${recordings} recordings of 10 s`];
  const counts = (process.env['FIDUCIAL_BENCH_WORKERS'] ?? WORKERS).split(',').map(Number);
  for (const workers of counts) {
    const redis = await startRedis();
    const helpers = await Promise.all(
      Array.from({ length: workers }, () => startWorker(dir, redis.url)),
    );
    try {
      const out = path.join(dir, `queue-${workers}.jsonl`);
      const memory = await watchMemory(redis);
      const coordinator = fiducial(dir, ['scan', folder, '--out', out, '--queue', redis.url]);
      let coordinatorS = 0;
      const looking = setInterval(() => {
        coordinatorS = cpuSeconds(coordinator.pid!) || coordinatorS;
      }, 200);
      const ms = await timed(() => once(coordinator, 'exit'));
      clearInterval(looking);
      const redisS = cpuSeconds(redis.child.pid!);
      const workersS = sum(helpers.map(({ pid }) => cpuSeconds(pid!) + cpuSecondsBelow(pid!)));
      const mostMb = (await memory.end()) / 1e6;
      const each = (seconds: number): string => `${((1000 * seconds) / recordings).toFixed(2)} ms`;
      lines.push(
        `    ${workers} workers: ${(recordings / (ms / 1000)).toFixed(1)} recordings/s, start of the coordinator included; Redis held at most ${mostMb.toFixed(1)} MB; for a recording the coordinator took ${each(coordinatorS)} of a processor, Redis ${each(redisS)} and the workers ${each(workersS)}; load ${loadavg()[0]!.toFixed(1)}`,
      );
    } finally {
      await Promise.all(helpers.map(end));
      await redis.close();
    }
  }
  return lines.join('\n');
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

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
