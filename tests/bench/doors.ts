import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runServer } from '../../src/cli/lib/run-server';
import { projectDir } from '../../src/core/processes/entries';
import { timed } from './measure';

const SCAN_RECORDS = 8;
const API_CLIENTS = 8;
const API_REQUESTS = 80;
/** 30 s of a two-lead, 360 Hz, format-212 record: 3 bytes a frame. */
const API_BYTES = 3 * 360 * 30;

/** `fiducial scan` over copies of a record: start of the program included. */
export async function benchScan(dir: string, record: string, seconds: number): Promise<string> {
  const folder = path.join(dir, 'scan');
  await mkdir(folder);
  const header = await readFile(`${record}.hea`, 'utf8');
  const name = path.basename(record);
  for (let i = 0; i < SCAN_RECORDS; i++) {
    await copyFile(`${record}.dat`, path.join(folder, `${name}${i}.dat`));
    await writeFile(path.join(folder, `${name}${i}.hea`), header.replaceAll(name, `${name}${i}`));
  }
  const out = path.join(dir, 'scan.jsonl');
  const ms = await timed(() => fiducial('scan', folder, '--out', out));
  const perS = SCAN_RECORDS / (ms / 1000);
  const times = (perS * seconds).toFixed(0);
  return `fiducial scan over ${SCAN_RECORDS} records of ${seconds / 60} min\n    Fiducial ${perS.toFixed(2)} records/s, ${times} times real time, start included`;
}

function fiducial(...args: string[]): Promise<void> {
  const bin = path.join(projectDir(), 'bin', 'fiducial.mjs');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [bin, ...args], (error) => (error ? reject(error) : resolve()));
  });
}

/** `POST /predict` with clients that ask one after the other, after one answer that starts the engine. */
export async function benchApi(record: string): Promise<string> {
  const body = (await readFile(`${record}.dat`)).subarray(0, API_BYTES);
  const server = await runServer({
    address: '127.0.0.1',
    port: 0,
    token: null,
    root: null,
    open: null,
  });
  const times: number[] = [];
  const predict = async (): Promise<void> => {
    const form = new FormData();
    form.append('file', new Blob([body]), 'bench.dat');
    const answer = await fetch(`${server.url}/predict`, { method: 'POST', body: form });
    if (answer.status !== 200) throw new Error(`POST /predict answered ${answer.status}.`);
    await answer.json();
  };
  try {
    await predict();
    let left = API_REQUESTS;
    const client = async (): Promise<void> => {
      while (left-- > 0) times.push(await timed(predict));
    };
    const ms = await timed(() => Promise.all(Array.from({ length: API_CLIENTS }, client)));
    times.sort((a, b) => a - b);
    const p95 = times[Math.floor(0.95 * times.length)]!;
    return `POST /predict with 30 s of two leads, ${API_CLIENTS} clients\n    Fiducial ${(API_REQUESTS / (ms / 1000)).toFixed(1)} answers/s, 95 % within ${p95.toFixed(0)} ms`;
  } finally {
    await server.close();
  }
}
