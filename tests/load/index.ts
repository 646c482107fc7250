/**
 * `npm run load [-- CLIENTS SECONDS]`: `fiducial serve` under 200 clients for 60 s, 10 % of their requests
 * malformed and 5 % of their connections dropped. Prints answers, failures and the memory of every process over
 * time; ends with 1 where an answer was wrong, the server ended, something was left in the temporary folder, or
 * memory grew by more than 10 % in the last half.
 */
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { processTree, type ProcessMemory } from './process-tree';
import { runLoad } from './run-load';
import { startServe } from './start-serve';

const clients = Number(process.argv[2] ?? 200);
const durationS = Number(process.argv[3] ?? 60);
const RECORD_S = 30;
const RATE_HZ = 360;
const GROWTH_LIMIT = 0.1;
/** Samples are averaged over this time: a garbage collection is no growth. */
const AVERAGE_S = 5;

const dir = await mkdtemp(join(tmpdir(), 'fiducial-load-'));
const tmp = join(dir, 'tmp');
await mkdir(tmp);
await writeSyntheticRecord(dir, {
  name: 'load',
  durationS: RECORD_S,
  rateHz: RATE_HZ,
  leads: 2,
  seed: 1,
  format: 212,
});
const query = '?gain=200&baseline=0';
const server = await startServe({ TMPDIR: tmp, FIDUCIAL_HOME: join(dir, 'data') });
const samples: { s: number; processes: ProcessMemory[] }[] = [];
const startMs = performance.now();
const sampling = setInterval(() => {
  const processes = processTree(server.child.pid!);
  if (processes) samples.push({ s: (performance.now() - startMs) / 1000, processes });
}, 500);
try {
  const signal = await readFile(join(dir, 'load.dat'));
  const result = await runLoad({ url: server.url, clients, durationS, signal, query });
  clearInterval(sampling);
  const { good, turnedAway, malformed, dropped, failures, latenciesS, reference } = result;
  const p = (share: number): string =>
    (latenciesS[Math.floor(share * (latenciesS.length - 1))] ?? NaN).toFixed(1);
  console.log(
    `${clients} clients, ${durationS} s, load ${loadavg()[0]!.toFixed(1)}; every answer like the first: ${reference.predicted_class} ${reference.probability?.toFixed(4)}, ${reference.segments.length} segments`,
  );
  console.log(
    `${good} answered rightly (median ${p(0.5)} s, 95 % within ${p(0.95)} s), ${turnedAway} told to come back, ${malformed} malformed refused, ${dropped} dropped, ${failures.length} failures`,
  );
  for (const failure of failures.slice(0, 10)) console.log(`  ${failure.slice(0, 300)}`);
  const grew = reportMemory();
  const ended = server.ended();
  if (ended !== null) console.log(`The server ended by itself: ${ended}`);
  const stopped = await server.stop();
  const left = await readdir(tmp);
  console.log(`stopped: ${stopped}; left in the temporary folder: ${left.join(' ') || 'nothing'}`);
  process.exitCode = failures.length > 0 || ended !== null || grew || left.length > 0 ? 1 : 0;
} finally {
  clearInterval(sampling);
  if (server.ended() === null) await server.stop();
  await rm(dir, { recursive: true, force: true });
}

/** @returns whether the sum grew too much in the last half */
function reportMemory(): boolean {
  if (samples.length === 0) {
    console.log('memory not measured: no /proc');
    return false;
  }
  const names = [...new Set(samples.flatMap(({ processes }) => processes.map(({ name }) => name)))];
  const sumOf = (processes: readonly ProcessMemory[], name: string | null): number =>
    processes
      .filter((process) => name === null || process.name === name)
      .reduce((sum, { residentMb }) => sum + residentMb, 0);
  const averages = (name: string | null, fromS: number, toS: number): number[] => {
    const out: number[] = [];
    for (let s = fromS; s < toS; s += AVERAGE_S) {
      const inside = samples.filter((sample) => sample.s >= s && sample.s < s + AVERAGE_S);
      if (inside.length > 0) {
        out.push(
          inside.reduce((sum, { processes }) => sum + sumOf(processes, name), 0) / inside.length,
        );
      }
    }
    return out;
  };
  const lastS = samples.at(-1)!.s;
  for (const name of names) {
    console.log(
      `  ${name}: ${averages(name, 0, lastS)
        .map((mb) => mb.toFixed(0))
        .join(' ')} MB`,
    );
  }
  const half = averages(null, durationS / 2, Math.min(durationS, lastS));
  const change = Math.max(...half) / Math.min(...half) - 1;
  console.log(
    `  together: ${averages(null, 0, lastS)
      .map((mb) => mb.toFixed(0))
      .join(
        ' ',
      )} MB (means of ${AVERAGE_S} s); in the last half within ${(100 * change).toFixed(0)} %; limit ${100 * GROWTH_LIMIT} %: ${change <= GROWTH_LIMIT ? 'met' : 'NOT MET'}`,
  );
  return change > GROWTH_LIMIT;
}
