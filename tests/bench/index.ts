/**
 * `npm run bench`: the rows of the budget table, the first against Python, in one run;
 * `npm run bench -- decode filter` runs only those. `burst`, `queue`, `queue-killed`, `costs`, `scale`, `own` and `network-cpu` are run only when named. Name the Pythons to compare with in FIDUCIAL_PYTHON. Timings are
 * printed and never fail.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { createBandpass } from '../../src/core/dsp';
import { projectDir } from '../../src/core/processes/entries';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { benchDay } from './day';
import { asEdf, benchFirstTrace, decodeAll } from './formats';
import { benchApi, benchScan } from './doors';
import { compare, row, timed } from './measure';
import { cpuSecondsBelow } from './cpu';
import { benchBurst } from './burst';
import { benchCosts } from './costs';
import { benchQueue } from './queue';
import { benchKilledQueue } from './queue-killed';
import { benchScale } from './scale';
import { benchStore } from './store';
import { benchFamilies } from './families';
import { benchFloors } from './floors';
import { benchOwn } from './own';
import { benchTiles } from './tiles';
import { openNetworkRun } from './network';
import { benchReport } from './report';
import { pythonCommands, startPeer, type PeerVersions, type PythonPeer } from './python-peer';
import { DISPLAY_BANDS } from '../../src/shared/domain';

const DURATION_S = 1800;
const RATE_HZ = 360;
const FILTER_SAMPLES = 650_000;
/** A tick of the processor's clock is a hundredth of a second. */
const CPU_RUNS = 5;

const dir = await mkdtemp(path.join(tmpdir(), 'fiducial-bench-'));
const peers = await startPeers();
try {
  await writeSyntheticRecord(dir, {
    name: 'bench',
    durationS: DURATION_S,
    rateHz: RATE_HZ,
    leads: 2,
    seed: 1,
    format: 212,
  });
  const record = path.join(dir, 'bench');
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}; Node ${process.version}; synthetic record of 30 min`,
  );
  const day = path.join(dir, 'day');
  const rows: Readonly<Record<string, () => Promise<string | void>>> = {
    decode: () => benchDecode(record),
    edf: () => benchEdf(record),
    first: () => benchFirstTrace(dir),
    filter: benchFilter,
    network: () => benchNetwork(record),
    scan: () => benchScan(dir, record, DURATION_S),
    api: () => benchApi(record),
    families: benchFamilies,
    report: () => benchReport(dir),
    store: () => benchStore(dir),
    floors: () => benchFloors(dir),
    day: async () => {
      console.log(await benchDay(dir));
      return benchTiles(dir, day, 86_400);
    },
  };
  /** Minutes to hours, and on nobody's machine without being asked. */
  const onRequest: typeof rows = {
    burst: () => benchBurst(record),
    queue: () => benchQueue(dir),
    'queue-killed': () => benchKilledQueue(dir),
    costs: () => benchCosts('beat-attention'),
    scale: benchScale,
    own: benchOwn,
    'network-cpu': () => benchNetworkCpu(record),
  };
  const asked = process.argv.slice(2);
  for (const [name, bench] of Object.entries(rows)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const printed = await bench();
    if (printed) console.log(printed);
  }
  for (const [name, bench] of Object.entries(onRequest)) {
    if (asked.includes(name)) console.log(await bench());
  }
} finally {
  for (const peer of peers) peer.close();
  await rm(dir, { recursive: true, force: true });
}

async function startPeers(): Promise<PythonPeer[]> {
  const started: PythonPeer[] = [];
  for (const command of pythonCommands()) {
    const peer = await startPeer(command);
    if (!peer) {
      console.log(`${command}: absent`);
      continue;
    }
    const { python, ...packageVersions } = peer.versions;
    const packages = Object.entries(packageVersions);
    const listed = packages.map(([name, version]) => `${name} ${version ?? 'absent'}`);
    console.log(`${command}: Python ${python}, ${listed.join(', ')}`);
    started.push(peer);
  }
  return started;
}

function peerWith(name: 'wfdb' | 'scipy' | 'pyedflib'): PythonPeer | null {
  return peers.find((peer) => peer.versions[name] !== null) ?? null;
}

function label(name: keyof PeerVersions, peer: PythonPeer | null): string {
  return peer ? `${name} ${peer.versions[name]}` : `no Python with ${name}`;
}

async function ask(peer: PythonPeer, request: Record<string, unknown>): Promise<number> {
  return (await peer.ask(request))['ms']!;
}

async function benchDecode(record: string): Promise<void> {
  const peer = peerWith('wfdb');
  const times = await compare(
    () => timed(() => decodeAll(`${record}.hea`)),
    peer && (() => ask(peer, { task: 'decode', record })),
    21,
    10,
  );
  console.log(
    row('decode of a 30-min two-lead format-212 record', label('wfdb', peer), times, 1 / 5),
  );
}

async function benchEdf(record: string): Promise<void> {
  const peer = peerWith('pyedflib');
  const file = await asEdf(`${record}.hea`, dir, 'bench');
  const times = await compare(
    () => timed(() => decodeAll(file)),
    peer && (() => ask(peer, { task: 'edf', file })),
    21,
    10,
  );
  console.log(row('decode of the same record as EDF', label('pyedflib', peer), times, 1));
}

async function benchFilter(): Promise<void> {
  const peer = peerWith('scipy');
  const bandpass = createBandpass(RATE_HZ, DISPLAY_BANDS.model.band);
  const x = Float64Array.from({ length: FILTER_SAMPLES }, (_, i) => Math.sin(i * i * 1e-3));
  const times = await compare(
    () => timed(() => bandpass.apply(x)),
    peer && (() => ask(peer, { task: 'filter', samples: FILTER_SAMPLES, rate: RATE_HZ })),
    15,
  );
  console.log(row('band-pass of 650,000 samples', label('scipy', peer), times, 1.5));
}

async function benchNetwork(record: string): Promise<void> {
  const what = 'attention-cnn over the 30-min record, decode to verdicts';
  const file = `${record}.hea`;
  const network = await openNetworkRun('attention-cnn');
  if (typeof network === 'string') {
    console.log(`${what}\n    not measured: ${network}`);
    return;
  }
  try {
    const { segments } = await network.run(file);
    const own = (): Promise<number> => timed(() => network.run(file));
    const withTorch = peers.filter((peer) => peer.versions.torch !== null);
    if (withTorch.length === 0) {
      console.log(row(what, label('torch', null), await compare(own, null, 5), 1));
    }
    for (const peer of withTorch) {
      const request = { task: 'network', segments, repo: projectDir() };
      const times = await compare(own, () => ask(peer, request), 5);
      const { batch } = await peer.ask({ ...request, segments: 1 });
      const name = `PyTorch ${peer.versions.torch} eager (network alone, batches of ${batch})`;
      const limit = peer.versions.torch!.startsWith('1.') ? 1 / 9 : 1 / 2;
      console.log(row(`${what}, ${segments} segments`, name, times, limit));
    }
  } finally {
    await network.close();
  }
}

/** The row `network` in processor time, each side on one thread: for a machine on which other programs run. */
async function benchNetworkCpu(record: string): Promise<string> {
  const network = await openNetworkRun('attention-cnn');
  if (typeof network === 'string') return `network-cpu\n    not measured: ${network}`;
  const cpuS = (since?: NodeJS.CpuUsage): number => {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1e6;
  };
  try {
    const file = `${record}.hea`;
    const { segments } = await network.run(file);
    const [below, own] = [cpuSecondsBelow(process.pid), process.cpuUsage()];
    for (let i = 0; i < CPU_RUNS; i++) await network.run(file);
    const inference = (cpuSecondsBelow(process.pid) - below) / CPU_RUNS;
    const reading = cpuS(own) / CPU_RUNS;
    const lines = [
      `attention-cnn over the 30-min record in processor time, ${segments} segments`,
      `    Fiducial ${(inference + reading).toFixed(2)} s: the network ${inference.toFixed(2)}, decoding, beats and quality ${reading.toFixed(2)}`,
    ];
    for (const peer of peers.filter(({ versions }) => versions.torch !== null)) {
      const request = { task: 'network-cpu', segments, repo: projectDir() };
      const { ms, batch } = await peer.ask(request);
      const times = (ms! / 1000 / (inference + reading)).toFixed(1);
      lines.push(
        `    PyTorch ${peer.versions.torch} eager, the network alone, batches of ${batch}: ${(ms! / 1000).toFixed(2)} s, ${times} times as much (${(ms! / 1000 / inference).toFixed(1)} times the network)`,
      );
    }
    return lines.join('\n');
  } finally {
    await network.close();
  }
}
