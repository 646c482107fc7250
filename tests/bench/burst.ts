import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import { projectDir } from '../../src/core/processes/entries';
import { HAS_REDIS, startRedis } from '../../src/core/queue/testing/redis';

const CALLERS = 500;
/** Times in a row that everybody comes at once (FIDUCIAL_BENCH_ROUNDS: others). */
const ROUNDS = Number(process.env['FIDUCIAL_BENCH_ROUNDS'] ?? 3);
/** Different recordings among the callers: an answer that is somebody else's would be seen. */
const KINDS = 20;
/** 30 s of a two-lead, 360 Hz, format-212 record: 3 bytes a frame. */
const BYTES = 3 * 360 * 30;

/**
 * `npm run bench -- burst`: `fiducial serve` asked by 500 callers at once (FIDUCIAL_BENCH_CALLERS: another number), none of whom
 * waits on its connection; every answer is compared. Then the same for two servers that share their jobs on a queue, each
 * caller asking one of them and then the other for its answer.
 */
export async function benchBurst(record: string): Promise<string> {
  const dat = await readFile(`${record}.dat`);
  const bodies = Array.from({ length: KINDS }, (_, i) => dat.subarray(i * BYTES, (i + 1) * BYTES));
  const callers = Number(process.env['FIDUCIAL_BENCH_CALLERS'] ?? CALLERS);
  const lines = [
    `POST /predict?async=1 with 30 s of two leads, ${callers} callers at once`,
    ...(await onServers(1, [], bodies, callers)),
  ];
  if (!HAS_REDIS) return [...lines, '    two servers: not measured: no redis-server'].join('\n');
  const redis = await startRedis();
  const jobs = await mkdtemp(path.join(tmpdir(), 'fiducial-bench-jobs-'));
  try {
    const shared = ['--queue', redis.url, '--jobs', jobs];
    lines.push('  two servers on one queue', ...(await onServers(2, shared, bodies, callers)));
  } finally {
    await redis.close();
    await rm(jobs, { recursive: true, force: true });
  }
  return lines.join('\n');
}

async function onServers(
  count: number,
  args: readonly string[],
  bodies: readonly Uint8Array[],
  callers: number,
): Promise<string[]> {
  const servers: Serving[] = [];
  const lines: string[] = [];
  try {
    for (let i = 0; i < count; i++) servers.push(await serve(args));
    const wanted: string[] = [];
    for (const body of bodies) wanted.push(await (await post(servers[0]!.url, body, '')).text());
    for (let round = 1; round <= ROUNDS; round++) {
      const seen = { answered: 0, toldToWait: 0, wrong: 0, refused: 0 };
      let mostBytes = 0;
      const watch = setInterval(async () => {
        const each = await Promise.all(servers.map(({ child }) => residentBytes(child.pid!)));
        mostBytes = Math.max(mostBytes, ...each);
      }, 250);
      const startMs = performance.now();
      const caller = async (i: number): Promise<void> => {
        const [asked, other] = [servers[i % count]!, servers[(i + 1) % count]!];
        const { text, refusals } = await untilAnswered(asked.url, other.url, bodies[i % KINDS]!);
        seen.toldToWait += refusals;
        if (text === null) seen.refused++;
        else seen.answered++;
        if (text !== null && text !== wanted[i % KINDS]) seen.wrong++;
      };
      await Promise.all(Array.from({ length: callers }, (_, i) => caller(i)));
      clearInterval(watch);
      const seconds = (performance.now() - startMs) / 1000;
      lines.push(
        `    round ${round}: ${seen.answered} answered in ${seconds.toFixed(1)} s, ${seen.wrong} wrong, ${seen.refused} refused for good; told to come back ${seen.toldToWait} times; at most ${(mostBytes / 1e6).toFixed(0)} MB in all processes of a server`,
      );
    }
  } finally {
    await Promise.all(servers.map(ended));
  }
  return lines;
}

/** Asks again when told to, as long as it takes, and then, elsewhere, for the answer; null where neither is given. */
async function untilAnswered(
  url: string,
  elsewhere: string,
  body: Uint8Array,
): Promise<{ text: string | null; refusals: number }> {
  let refusals = 0;
  for (;;) {
    const taken = await post(url, body, '&async=1');
    await taken.arrayBuffer();
    if (taken.status === 503) {
      refusals++;
      await wait(1000 * Number(taken.headers.get('retry-after') ?? 1));
      continue;
    }
    if (taken.status !== 202) return { text: null, refusals };
    for (;;) {
      await wait(500);
      const answer = await fetch(elsewhere + taken.headers.get('location')!);
      const text = await answer.text();
      if (answer.status === 200) {
        // An answer that is kept takes the place of a job.
        await fetch(answer.url, { method: 'DELETE' });
        return { text, refusals };
      }
      if (answer.status === 503) {
        refusals++;
        await wait(1000 * Number(answer.headers.get('retry-after') ?? 1));
      } else if (answer.status !== 202) return { text: null, refusals };
    }
  }
}

function post(url: string, body: Uint8Array, query: string): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([Uint8Array.from(body)]), 'bench.dat');
  return fetch(`${url}/predict?ecg_signal=false${query}`, { method: 'POST', body: form });
}

interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
}

async function ended({ child }: Serving): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

async function serve(args: readonly string[]): Promise<Serving> {
  const bin = path.join(projectDir(), 'bin', 'fiducial.mjs');
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--quiet', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((found, failed) => {
    child.once('exit', (code) => failed(new Error(`fiducial serve ended with ${code}.`)));
    child.stdout!.on('data', (chunk: Buffer) => {
      const match = /http:\/\/[\d.]+:\d+/.exec(chunk.toString());
      if (match) found(match[0]);
    });
  });
  return { child, url };
}

/** Memory of a process and of all that it started (Linux: `/proc`). */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '0 0');
  let bytes = 4096 * Number(status.split(' ')[1]);
  for (const task of await readdir(`/proc/${pid}/task`).catch(() => [])) {
    const children = await readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '');
    for (const child of children.split(' ').filter(Boolean))
      bytes += await residentBytes(Number(child));
  }
  return bytes;
}
