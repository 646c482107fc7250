import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findRecords } from '../../src/core/recordings/find-records';
import { openRecording } from '../../src/core/formats/list';
import { cpuSeconds, cpuSecondsBelow } from './cpu';
import { decodeAll } from './formats';
import { openNetworkRun } from './network';

/** What one recording costs a processor, by stage. Seconds of processor time: what else the machine does counts little. */
export interface RecordingCost {
  readonly hours: number;
  readonly bytes: number;
  /** Reading and decoding every sample once. */
  readonly decodeS: number;
  /** The process of the network. */
  readonly networkS: number;
  /** Everything else: quality, beats, tokens, findings. */
  readonly restS: number;
}

/** The file that `npm run bench -- scale` draws from. */
export const COSTS_FILE = path.join(import.meta.dirname, 'costs.json');

/**
 * `npm run bench -- costs`, with folders in FIDUCIAL_BENCH_ARCHIVE (separated by `:`): the cost of every recording under the
 * default model, written to `costs.json`.
 */
export async function benchCosts(modelId: string): Promise<string> {
  const folders = (process.env['FIDUCIAL_BENCH_ARCHIVE'] ?? '').split(':').filter(Boolean);
  const found = await findRecords(folders);
  if (!found.ok || found.value.paths.length === 0) {
    return 'costs\n    not measured: name folders of recordings in FIDUCIAL_BENCH_ARCHIVE';
  }
  const every = Number(process.env['FIDUCIAL_BENCH_EVERY'] ?? 1);
  const paths = found.value.paths.filter((_, i) => i % every === 0);
  const costs: RecordingCost[] = [];
  // The first warms up, and counts when it comes again.
  for (const file of [paths[0]!, ...paths]) costs.push(await costOf(file, modelId));
  costs.shift();
  const short = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toFixed(4)) : value;
  await writeFile(COSTS_FILE, `${JSON.stringify(costs, short, 2)}\n`);
  return `costs of ${costs.length} recordings under ${modelId}, seconds of processor per hour of recording\n${costTable(costs)}`;
}

async function costOf(file: string, modelId: string): Promise<RecordingCost> {
  const opened = await openRecording(file);
  if (!opened.ok) throw new Error(opened.error.message);
  const hours = opened.value.durationS / 3600;
  const bytes = opened.value.leads.reduce((sum, { samples }) => sum + 1.5 * samples, 0);
  await opened.value.close();
  const own = (): number => cpuSeconds(process.pid);
  const before = own();
  await decodeAll(file);
  const decodeS = own() - before;
  const run = await openNetworkRun(modelId);
  if (typeof run === 'string') throw new Error(run);
  try {
    // Starting threads, the process and the graph is a worker's cost, not a recording's.
    await run.run(file);
    const start = { own: own(), below: cpuSecondsBelow(process.pid) };
    await run.run(file);
    const networkS = cpuSecondsBelow(process.pid) - start.below;
    const restS = Math.max(0, own() - start.own - decodeS);
    return { hours, bytes, decodeS, networkS, restS };
  } finally {
    await run.close();
  }
}

/** Mean, median and 95th percentile of each stage, per hour of recording. */
export function costTable(costs: readonly RecordingCost[]): string {
  const stages = {
    decode: ({ decodeS }: RecordingCost) => decodeS,
    network: ({ networkS }: RecordingCost) => networkS,
    'quality, beats, tokens, findings': ({ restS }: RecordingCost) => restS,
    together: ({ decodeS, networkS, restS }: RecordingCost) => decodeS + networkS + restS,
  };
  const lines = Object.entries(stages).map(([name, of]) => {
    const perHour = costs.map((cost) => of(cost) / cost.hours).sort((a, b) => a - b);
    const mean = perHour.reduce((sum, value) => sum + value, 0) / perHour.length;
    const at = (share: number): string =>
      perHour[Math.floor(share * (perHour.length - 1))]!.toFixed(2);
    return `    ${name}: mean ${mean.toFixed(2)} s, median ${at(0.5)} s, 95 % below ${at(0.95)} s`;
  });
  return lines.join('\n');
}
