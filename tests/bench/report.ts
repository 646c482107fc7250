import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { projectDir } from '../../src/core/processes/entries';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { compare, timed } from './measure';

const BUDGET_S = 2;
const DURATION_S = 1800;
const RUNS = 5;

/** `fiducial report` of a record that has been analysed: start of the program included. */
export async function benchReport(dir: string): Promise<string> {
  await writeSyntheticRecord(dir, {
    name: 'report',
    durationS: DURATION_S,
    rateHz: 360,
    leads: 2,
    seed: 2,
    format: 212,
    scenario: {
      stretches: Array.from({ length: 60 }, (_, i) => ({
        untilS: (i + 1) * (DURATION_S / 60),
        rhythm: 'sinus' as const,
        heartRateBpm: 70,
        ectopy: ['pvc' as const],
      })),
      disturbances: [],
    },
  });
  const pdf = path.join(dir, 'report.pdf');
  const run = (): Promise<void> =>
    fiducial(path.join(dir, 'store'), ['report', path.join(dir, 'report.hea'), '--out', pdf]);
  await run(); // analyses
  const { ownMs } = await compare(() => timed(run), null, RUNS);
  const text = await readFile(pdf, 'latin1');
  const strips = (text.match(/\/Title \(\d+ /g) ?? []).length;
  const { size } = await stat(pdf);
  const seconds = ownMs / 1000;
  return `fiducial report of an analysed 30-min record, ${strips} strips, ${(size / 1e6).toFixed(1)} MB\n    Fiducial ${seconds.toFixed(2)} s, start included; budget ${BUDGET_S} s for 30 strips: ${strips >= 30 && seconds <= BUDGET_S ? 'met' : 'NOT MET'}`;
}

function fiducial(home: string, args: readonly string[]): Promise<void> {
  const bin = path.join(projectDir(), 'bin', 'fiducial.mjs');
  const env = { ...process.env, FIDUCIAL_HOME: home };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [bin, ...args], { env }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}
