import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { HAS_REDIS, startRedis } from '../../src/core/queue/testing/redis';
import { seededRandom } from '../../src/core/base/seeded-random';
import { openCuttableWay } from './cuttable';
import { end, fiducial, startWorker } from './queue-processes';

const REPEATS = 20;
const KILL_EVERY_MS = 3000;
/** So long the third worker is cut off or stands still, and so long it is left alone between. */
const CUT_MS = 10_000;
/** A worker that gave no sign of life for so long is taken over. */
const TAKE_OVER_S = 3;
/** The coordinator is killed when so much of its rows are in the file. */
const COORDINATOR_ENDS = [0.2, 0.45, 0.7];
const LOOK_MS = 500;

/**
 * `npm run bench -- queue-killed`, with folders in FIDUCIAL_BENCH_ARCHIVE (separated by `:`): three workers of which two
 * are killed in turn every three seconds and the third is cut off from Redis or stands still, in turn, for ten of every
 * twenty; and a coordinator that is killed three times. Rows are compared with those of a local scan.
 * FIDUCIAL_BENCH_REPEATS: other than twenty times; FIDUCIAL_BENCH_FIRST: the number to begin with, which seeds the round;
 * FIDUCIAL_BENCH_SECONDS: the beginnings of the recordings, so long, in their place (format 212 alone).
 */
export async function benchKilledQueue(dir: string): Promise<string> {
  const named = (process.env['FIDUCIAL_BENCH_ARCHIVE'] ?? '').split(':').filter(Boolean);
  if (!HAS_REDIS || named.length === 0) {
    return 'queue-killed\n    not measured: it needs redis-server, and folders in FIDUCIAL_BENCH_ARCHIVE';
  }
  const repeats = Number(process.env['FIDUCIAL_BENCH_REPEATS'] ?? REPEATS);
  const first = Number(process.env['FIDUCIAL_BENCH_FIRST'] ?? 1);
  const seconds = Number(process.env['FIDUCIAL_BENCH_SECONDS'] ?? Infinity);
  const folders = Number.isFinite(seconds) ? [await beginningsOf(named, seconds, dir)] : named;
  const local = path.join(dir, 'local.jsonl');
  await once(fiducial(dir, ['scan', ...folders, '--out', local, '--no-store']), 'exit');
  const wanted = sorted(await readFile(local, 'utf8'));
  const of = Number.isFinite(seconds) ? ` of their first ${seconds} s` : '';
  console.log(
    `fiducial scan --queue over ${wanted.length} recordings${of} while processes are killed`,
  );
  let same = 0;
  for (let round = first; round < first + repeats; round++) {
    const out = path.join(dir, `killed-${round}.jsonl`);
    const played = await playKilled(dir, { folders, out, rows: wanted.length }, round);
    const rows = sorted(await readFile(out, 'utf8'));
    const isSame = rows.length === wanted.length && rows.every((row, i) => row === wanted[i]);
    const areSingle = new Set(rows).size === rows.length;
    if (isSame && areSingle) same += 1;
    const { kills, ends, cuts, takenOver, refused, ms } = played;
    // Each as soon as it is known: twenty of them take hours.
    console.log(
      `    ${round}: ${rows.length} rows, ${isSame ? 'those of the local scan' : 'OTHERS THAN THE LOCAL SCAN’S'}, ${areSingle ? 'none twice' : 'SOME TWICE'}; ${kills} workers and ${ends} coordinators killed, a third worker cut off ${cuts} times, ${takenOver} recordings taken over, ${refused} late answers refused, ${(ms / 1000).toFixed(0)} s, ended ${new Date().toISOString()}`,
    );
    await rm(out);
  }
  return `    ${same} of ${repeats} the same, none twice`;
}

const sorted = (text: string): string[] => text.trim().split('\n').sort();

interface Play {
  readonly folders: readonly string[];
  readonly out: string;
  /** As many as there are to be. */
  readonly rows: number;
}

interface Played {
  readonly kills: number;
  readonly ends: number;
  readonly cuts: number;
  readonly takenOver: number;
  readonly refused: number;
  readonly ms: number;
}

async function playKilled(dir: string, play: Play, seed: number): Promise<Played> {
  const random = seededRandom(seed);
  const redis = await startRedis();
  const way = await openCuttableWay(redis.address.port);
  const seen = { kills: 0, ends: 0, cuts: 0, takenOver: 0, refused: 0 };
  const onLog = (line: string): void => {
    if (/taken over from a worker/.test(line)) seen.takenOver += 1;
    // What BullMQ says to a worker whose job is another one's by now.
    if (/Missing lock|Lock mismatch|lock.*not owned|not in the active state/i.test(line)) {
      seen.refused += 1;
    }
  };
  const start = (url: string): Promise<ChildProcess> =>
    startWorker(dir, url, { takeOverS: TAKE_OVER_S, onLog });
  const killed = [await start(redis.url), await start(redis.url)];
  const cutOff = await start(`redis://127.0.0.1:${way.port}`);
  const startMs = performance.now();
  const over = new AbortController();
  const pause = (ms: number): Promise<unknown> =>
    wait(ms, undefined, { signal: over.signal }).catch(() => undefined);

  async function kill(): Promise<void> {
    for (;;) {
      await pause(KILL_EVERY_MS);
      if (over.signal.aborted) return;
      const victim = Math.floor(2 * random());
      await end(killed[victim]!);
      seen.kills += 1;
      killed[victim] = await start(redis.url);
    }
  }

  async function cut(): Promise<void> {
    for (;;) {
      await pause(CUT_MS * (0.5 + random()));
      if (over.signal.aborted) return;
      if (seen.cuts % 2 === 0) way.cut();
      else cutOff.kill('SIGSTOP');
      seen.cuts += 1;
      await pause(CUT_MS);
      way.mend();
      cutOff.kill('SIGCONT');
    }
  }

  const playing = [kill(), cut()];
  try {
    await coordinate(dir, play, redis.url, () => (seen.ends += 1));
    return { ...seen, ms: performance.now() - startMs };
  } finally {
    over.abort();
    await Promise.all(playing);
    await Promise.all([...killed, cutOff].map(end));
    await way.close();
    await redis.close();
  }
}

/** Scans to the end, in the same command as often as it is killed. */
async function coordinate(
  dir: string,
  { folders, out, rows }: Play,
  queue: string,
  onKill: () => void,
): Promise<void> {
  for (const share of [...COORDINATOR_ENDS, null]) {
    const coordinator = fiducial(dir, ['scan', ...folders, '--out', out, '--queue', queue]);
    const exit = once(coordinator, 'exit');
    const hasEnded = (): boolean => coordinator.exitCode !== null;
    while (share !== null && !hasEnded() && (await rowsOf(`${out}.partial`)) < share * rows) {
      await wait(LOOK_MS);
    }
    if (share === null || hasEnded()) {
      await exit;
      return;
    }
    onKill();
    await end(coordinator);
  }
}

async function rowsOf(partial: string): Promise<number> {
  const text = await readFile(partial, 'utf8').catch(() => '');
  return text.split('\n').length - 1;
}

/** Copies of two-lead WFDB records in format 212, which end after some seconds. @returns their folder */
async function beginningsOf(
  folders: readonly string[],
  seconds: number,
  dir: string,
): Promise<string> {
  const to = path.join(dir, 'beginnings');
  await mkdir(to);
  for (const folder of folders) {
    const headers = (await readdir(folder)).filter((name) => name.endsWith('.hea'));
    for (const name of headers) {
      const [record, ...signals] = (await readFile(path.join(folder, name), 'utf8')).split('\n');
      const [own, leads, rate] = record!.split(' ');
      const frames = Math.round(Number(rate) * seconds);
      const file = `${own}.dat`;
      // Three bytes are two samples.
      const bytes = (frames * Number(leads) * 3) / 2;
      // A checksum would be that of the whole.
      const lines = signals.map((line) => line.split(' ').slice(0, 5).join(' '));
      await writeFile(
        path.join(to, name),
        [`${own} ${leads} ${rate} ${frames}`, ...lines].join('\n'),
      );
      const signal = await readFile(path.join(folder, file));
      await writeFile(path.join(to, file), signal.subarray(0, bytes));
    }
  }
  return to;
}
