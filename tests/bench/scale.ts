import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { COSTS_FILE, costTable, type RecordingCost } from './costs';
import { simulate, type Cluster } from './simulate';

const WORKERS = [10, 30, 100, 300, 1000];
const SEED = 20;

/** What stands between workers and rows, but for the workers and `ahead`. Each is named in docs/scale.md with where it comes from. */
const AROUND: Omit<Cluster, 'workers' | 'ahead' | 'recordings'> = {
  slots: 2,
  coordinatorS: 0.0038,
  redisS: 0.0006,
  storageBytesPerS: 1e9,
  failureS: 24 * 3600,
  takeOverS: 45,
  restartS: 60,
  stragglers: 0.02,
  straggling: 4,
};
/** As it is by default; and enough for a thousand workers. */
const AHEAD = [1000, 10_000];

/** `npm run bench -- scale`: a million recordings under 10 to 1,000 workers of two cores, simulated from `costs.json`. */
export async function benchScale(): Promise<string> {
  if (!existsSync(COSTS_FILE))
    return 'scale\n    not simulated: run "npm run bench -- costs" first';
  const costs = JSON.parse(await readFile(COSTS_FILE, 'utf8')) as RecordingCost[];
  const recordings = Number(process.env['FIDUCIAL_BENCH_RECORDINGS'] ?? 1e6);
  const draw = (random: () => number) => {
    const { bytes, decodeS, networkS, restS } = costs[Math.floor(random() * costs.length)]!;
    return { bytes, cpuS: decodeS + networkS + restS };
  };
  const lines = [
    `${recordings} recordings drawn from ${costs.length} measured (seconds of processor per hour):`,
    costTable(costs),
  ];
  for (const ahead of AHEAD) {
    for (const workers of WORKERS) {
      const cluster: Cluster = { ...AROUND, workers, recordings, ahead };
      const { hours, busy, takenOver, tailS } = simulate(cluster, SEED, draw);
      const share = (value: number): string => `${(100 * value).toFixed(0)} %`;
      lines.push(
        `    --ahead ${ahead}, ${workers} workers: ${hours.toFixed(2)} h, ${(recordings / hours / 3600).toFixed(0)} recordings/s; busy: workers ${share(busy.slots)}, coordinator ${share(busy.coordinator)}, Redis ${share(busy.redis)}, storage ${share(busy.storage)}; ${takenOver} taken over, the last hundred rows in ${tailS.toFixed(0)} s`,
      );
    }
  }
  return lines.join('\n');
}
