import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import { projectDir } from '../../src/core/processes/entries';

const CALLERS = 500;
/** Times in a row that everybody comes at once. */
const ROUNDS = 3;
/** Different recordings among the callers: an answer that is somebody else's would be seen. */
const KINDS = 20;
/** 30 s of a two-lead, 360 Hz, format-212 record: 3 bytes a frame. */
const BYTES = 3 * 360 * 30;

/** `fiducial serve` asked by 500 callers at once, none of whom waits on its connection; every answer is compared. */
export async function benchBurst(record: string): Promise<string> {
  const dat = await readFile(`${record}.dat`);
  const bodies = Array.from({ length: KINDS }, (_, i) => dat.subarray(i * BYTES, (i + 1) * BYTES));
  const server = await serve();
  const lines: string[] = [];
  try {
    const wanted: string[] = [];
    for (const body of bodies) wanted.push(await (await post(server.url, body, '')).text());
    for (let round = 1; round <= ROUNDS; round++) {
      const seen = { answered: 0, toldToWait: 0, wrong: 0 };
      let mostBytes = 0;
      const watch = setInterval(async () => {
        mostBytes = Math.max(mostBytes, await residentBytes(server.child.pid!));
      }, 250);
      const startMs = performance.now();
      const caller = async (i: number): Promise<void> => {
        const { text, refusals } = await untilAnswered(server.url, bodies[i % KINDS]!);
        seen.answered++;
        seen.toldToWait += refusals;
        if (text !== wanted[i % KINDS]) seen.wrong++;
      };
      await Promise.all(Array.from({ length: CALLERS }, (_, i) => caller(i)));
      clearInterval(watch);
      const seconds = (performance.now() - startMs) / 1000;
      lines.push(
        `    round ${round}: ${seen.answered} answered in ${seconds.toFixed(1)} s, ${seen.wrong} wrong; told to come back ${seen.toldToWait} times; at most ${(mostBytes / 1e6).toFixed(0)} MB in all its processes`,
      );
    }
  } finally {
    server.child.kill('SIGTERM');
  }
  return `POST /predict?async=1 with 30 s of two leads, ${CALLERS} callers at once\n${lines.join('\n')}`;
}

/** Asks again when told to, as long as it takes, and then for the answer. */
async function untilAnswered(
  url: string,
  body: Uint8Array,
): Promise<{ text: string; refusals: number }> {
  let refusals = 0;
  for (;;) {
    const taken = await post(url, body, '&async=1');
    await taken.arrayBuffer();
    if (taken.status === 503) {
      refusals++;
      await wait(1000 * Number(taken.headers.get('retry-after') ?? 1));
      continue;
    }
    if (taken.status !== 202) throw new Error(`POST /predict answered ${taken.status}.`);
    for (;;) {
      await wait(500);
      const answer = await fetch(url + taken.headers.get('location')!);
      const text = await answer.text();
      if (answer.status === 200) {
        // An answer that is kept takes the place of a job.
        await fetch(answer.url, { method: 'DELETE' });
        return { text, refusals };
      }
      if (answer.status !== 202) throw new Error(`GET of a job answered ${answer.status}: ${text}`);
    }
  }
}

function post(url: string, body: Uint8Array, query: string): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([Uint8Array.from(body)]), 'bench.dat');
  return fetch(`${url}/predict?ecg_signal=false${query}`, { method: 'POST', body: form });
}

async function serve(): Promise<{ child: ChildProcess; url: string }> {
  const bin = path.join(projectDir(), 'bin', 'fiducial.mjs');
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--quiet'], {
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
