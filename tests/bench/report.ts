import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { projectDir } from '../../src/core/processes/entries';
import { createNodeHost } from '../../src/core/processes/node-host';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { compare, timed } from './measure';

const BUDGET_S = 1.5;
const STRIPS = 30;
/** Seconds of each strip. */
const STRIP_S = 8;
const DURATION_S = 1800;
const RUNS = 5;

/** `fiducial report` of a record that has been analysed, with strips that a reader chose: start of the program included. */
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
  await chooseStrips(dir);
  const { ownMs } = await compare(() => timed(run), null, RUNS);
  const text = await readFile(pdf, 'latin1');
  const strips = (text.match(/\/Title \(\d+ /g) ?? []).length;
  const { size } = await stat(pdf);
  const seconds = ownMs / 1000;
  return `fiducial report of an analysed 30-min record, ${strips} strips, ${(size / 1e6).toFixed(1)} MB\n    Fiducial ${seconds.toFixed(2)} s, start included; budget ${BUDGET_S} s for ${STRIPS} strips: ${strips >= STRIPS && seconds <= BUDGET_S ? 'met' : 'NOT MET'}`;
}

/** Puts stretches of the analysed record on its report, as a reader does. */
async function chooseStrips(dir: string): Promise<void> {
  const host = createNodeHost({
    host: 'browser',
    version: 'bench',
    dataDir: path.join(dir, 'store'),
    modelsDir: path.join(projectDir(), 'resources', 'models'),
    demoPath: path.join(projectDir(), 'resources', 'demo', 'demo.hea'),
  });
  try {
    const admitted = await host.admit([path.join(dir, 'report.hea')]);
    if (!admitted.ok) throw new Error(admitted.error.message);
    const { recordingId } = admitted.value.entries[0]!;
    const started = await host.client.call('analysis.start', {
      ...{ recordingId, modelId: null, lead: null },
    });
    if (!started.ok) throw new Error(started.error.message);
    const { analysisId } = started.value;
    const strips = Array.from({ length: STRIPS }, (_, i) => {
      const startS = i * (DURATION_S / STRIPS);
      const id = `stretch@${startS * 1000}-${(startS + STRIP_S) * 1000}`;
      return { id, findingId: null, startS, endS: startS + STRIP_S, title: '', comment: '' };
    });
    const edit = { kind: 'edit-report' as const, report: { strips } };
    const chosen = await host.client.call('review.decide', { analysisId, edit, reader: 'Dr A' });
    if (!chosen.ok) throw new Error(chosen.error.message);
  } finally {
    await host.close();
  }
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
