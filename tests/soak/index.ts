/**
 * `npm run soak [-- --minutes N] [--seed N]`: the browser host under everything at once: analyses, tiles, decisions,
 * scans and predictions from several sides, while files change between two known states and processes are killed at
 * random, the server among them. What is answered is compared with what a fresh process said of the same bytes; every
 * acknowledged decision must be in the trail once. Prints what was done, what was wrong, and the memory and handles of
 * the server every minute; ends with 1 where anything was wrong.
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/core/formats/wfdb/testing/random';
import { processTree } from '../load/process-tree';
import { ACTIONS, checkTrail, type Soak } from './actions';
import { makeRecords, putVariant } from './records';
import { startViewer } from './viewer-client';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
});
const RECORDS = 4;
const LANES = 3;
/** What takes longer is told: a kill costs seconds. */
const SLOW_S = 20;
/** How often each action is drawn. */
const WEIGHTS: Readonly<Record<string, number>> = {
  ...{ analyse: 4, 'change while analysing': 3, tile: 6, decide: 8, predict: 2, scan: 1, kill: 1 },
};

const dir = await mkdtemp(join(tmpdir(), 'fiducial-soak-'));
const [root, tmp] = [join(dir, 'records'), join(dir, 'tmp')];
await mkdir(root);
await mkdir(tmp);
const env = { FIDUCIAL_HOME: join(dir, 'home'), FIDUCIAL_DEVICE: 'cpu', TMPDIR: tmp };
const records = await makeRecords(join(dir, 'variants'), RECORDS, env);
for (const record of records) await putVariant(root, record, 0);

const random = seededRandom(Number(values.seed));
const start = () => startViewer(['--quiet', '--root', root], env);
let isRestarting: Promise<void> | null = null;
/** A server that nobody asked to end has crashed: what it said last is the finding. */
function watch(): void {
  const { viewer } = soak;
  viewer.child.once('exit', (code, signal) => {
    if (isRestarting !== null || isOver) return;
    const last = viewer.said().trim().split('\n').slice(-20).join('\n');
    soak.tally.wrong.push(`the server ended by itself (${signal ?? code}): ${last}`);
  });
}
let isOver = false;
const soak: Soak = {
  ...{ root, records, random, sent: [], ids: new Map(), tally: { counts: {}, wrong: [] } },
  viewer: await start(),
  restarting: Promise.resolve(),
  restart() {
    // Of two that want it at once, one does it.
    isRestarting ??= (async () => {
      await soak.viewer.end('SIGKILL');
      soak.viewer = await start();
      watch();
    })().finally(() => (isRestarting = null));
    return (soak.restarting = isRestarting);
  },
};
watch();
console.log(`${RECORDS} records of two states, judged by a process of its own`);
const picked = await soak.viewer.pick();
if (!picked.ok) throw new Error(picked.error.message);
for (const { name, recordingId } of picked.value.entries) soak.ids.set(name, recordingId);

const beganMs = performance.now();
const endMs = beganMs + 60_000 * Number(values.minutes);
const measured: string[] = [];

function measure(): void {
  const tree = processTree(soak.viewer.child.pid!) ?? [];
  const mb = tree.reduce((sum, { residentMb }) => sum + residentMb, 0);
  const handles = tree.reduce((sum, { pid }) => sum + handlesOf(pid), 0);
  const minute = ((performance.now() - beganMs) / 60_000).toFixed(1);
  measured.push(
    `${minute} min: ${tree.length} processes, ${Math.round(mb)} MB, ${handles} handles`,
  );
  console.log(measured.at(-1));
}

function handlesOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

function draw(): string {
  const all = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);
  let at = random() * all;
  for (const [name, weight] of Object.entries(WEIGHTS)) if ((at -= weight) < 0) return name;
  return 'analyse';
}

async function lane(): Promise<void> {
  while (performance.now() < endMs && soak.tally.wrong.length < 10) {
    const name = draw();
    const record = records[Math.floor(random() * records.length)]!;
    const startedMs = performance.now();
    try {
      await ACTIONS[name]!(soak, record);
      const seconds = (performance.now() - startedMs) / 1000;
      if (seconds > SLOW_S) console.log(`${name} took ${seconds.toFixed(0)} s`);
    } catch (error) {
      soak.tally.wrong.push(`${name}: ${(error as Error).message}`);
    }
  }
}

const timer = setInterval(measure, 60_000);
await Promise.all(Array.from({ length: LANES }, lane));
clearInterval(timer);
// Long enough for the processes of the last kill to be there again.
await wait(3000);
measure();
await checkTrail(soak);
isOver = true;
const ended = await soak.viewer.end();
const left = (await readdir(tmp)).filter((name) => name.startsWith('fiducial-'));
console.log(JSON.stringify(soak.tally.counts, null, 2));
console.log(
  `the server ended with ${ended}; ${left.length} folders left behind in the temporary folder`,
);
console.log(soak.tally.wrong.length === 0 ? 'nothing was wrong' : soak.tally.wrong.join('\n'));
if (soak.tally.wrong.length > 0) process.exitCode = 1;
await rm(dir, { recursive: true, force: true });
