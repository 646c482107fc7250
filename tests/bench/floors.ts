import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { createTrialBatches } from '../../src/core/analysis/trial-batches';
import { createBandpass } from '../../src/core/dsp';
import { openRecording } from '../../src/core/formats/list';
import { loadModels } from '../../src/core/inference/load-models';
import { entryPath, projectDir } from '../../src/core/processes/entries';
import { createLocalInference } from '../../src/core/processes/local-inference';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { createPool } from '../../src/core/workers/pool';
import { DISPLAY_BANDS } from '../../src/shared/domain';
import { cpuSecondsBelow } from './cpu';

const DAY_S = 86_400;
const HOUR_S = 3600;
const RATE_HZ = 250;
const LEADS = 3;
/** Of the default model's segments. */
const HOP_S = 5;
const BATCHES = 60;
const STARTS = 7;

/**
 * What of the rows `day` and `report` no change of ours takes away, in processor time: the network over a day's beats by
 * itself; decoding a day and one band-pass of it, the least that reading does; and a start of Node and of the program.
 */
export async function benchFloors(dir: string): Promise<string> {
  const record = { name: 'hour', durationS: HOUR_S, rateHz: RATE_HZ, leads: LEADS, seed: 1 };
  await writeSyntheticRecord(dir, { ...record, format: 212 });
  const file = path.join(dir, 'hour.hea');
  const network = await networkOfADay(file);
  const reading = ((await decodedAndFiltered(file)) * DAY_S) / HOUR_S;
  const starts = (args: readonly string[]): string =>
    Math.min(...Array.from({ length: STARTS }, () => startedS(args))).toFixed(2);
  const bin = path.join(projectDir(), 'bin', 'fiducial.mjs');
  return [
    'floors, processor time',
    `    a day of ${LEADS} leads at ${RATE_HZ} Hz: the network alone ${network}; decoding and one band-pass alone ${reading.toFixed(1)} s`,
    `    starts, the least of ${STARTS}: node ${starts(['-e', '0'])} s, fiducial --version ${starts([bin, '--version'])} s`,
  ].join('\n');
}

/** The batch that an analysis hands over first, again and again, in the process that runs the network. */
async function networkOfADay(file: string): Promise<string> {
  const models = await loadModels(path.join(projectDir(), 'resources/models'));
  if (!models.ok) return models.error.message;
  const model = models.value.models.find(({ card }) => card.id === 'beat-attention');
  if (!model) return 'not measured: no beat-attention';
  const pool = createPool({ entry: entryPath('worker') });
  const inference = createLocalInference(pool);
  const run = async (inputs: Parameters<typeof inference.run>[2]): Promise<void> => {
    const answered = await inference.run(model, 'scan', inputs);
    if (!answered.ok) throw new Error(answered.error.message);
  };
  try {
    const batch = await createTrialBatches(file, pool)(model);
    if (!batch.ok) return `not measured: ${batch.error.message}`;
    const { inputs, segments } = batch.value;
    await run(inputs);
    const before = cpuSecondsBelow(process.pid);
    for (let i = 0; i < BATCHES; i++) await run(inputs);
    const each = (cpuSecondsBelow(process.pid) - before) / BATCHES;
    const ofADay = (each * DAY_S) / HOP_S / segments;
    return `${ofADay.toFixed(1)} s (${(1000 * each).toFixed(1)} ms for ${segments.toFixed(0)} segments)`;
  } finally {
    await inference.close();
    await pool.close();
  }
}

/** Processor seconds of this process for reading a recording's leads and one pass of the model's band each. */
async function decodedAndFiltered(file: string): Promise<number> {
  const bandpass = createBandpass(RATE_HZ, DISPLAY_BANDS.model.band);
  const once = async (): Promise<void> => {
    const opened = await openRecording(file);
    if (!opened.ok) throw new Error(opened.error.message);
    for (const { index, samples: length } of opened.value.leads) {
      const samples = await opened.value.readPhysical(index, 0, length);
      if (!samples.ok) throw new Error(samples.error.message);
      bandpass.apply(samples.value);
    }
    await opened.value.close();
  };
  await once();
  const before = process.cpuUsage();
  await once();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Processor seconds of a program from start to end, as the shell tells of its children. */
function startedS(args: readonly string[]): number {
  const script = '"$0" "$@" > /dev/null; times';
  const { stdout } = spawnSync('sh', ['-c', script, process.execPath, ...args], {
    encoding: 'utf8',
  });
  const ofChildren = stdout.trim().split('\n').at(-1) ?? '';
  return [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
    0,
  );
}
