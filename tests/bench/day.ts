import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { projectDir } from '../../src/core/processes/entries';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { processTree } from '../load/process-tree';
import { cpuSeconds } from './cpu';
import { timed } from './measure';

const BUDGET = { seconds: 60, megabytes: 600 };
const SAMPLE_MS = 200;

/**
 * `fiducial annotate` of a 24-h recording with the default model, as a person runs it: a process of its own, start
 * included, and the processor time and the memory of all its processes together.
 */
export async function benchDay(dir: string): Promise<string> {
  await writeSyntheticRecord(dir, {
    name: 'day',
    durationS: 86_400,
    rateHz: 250,
    leads: 3,
    seed: 1,
    format: 212,
  });
  const bin = path.join(projectDir(), 'bin', 'fiducial.mjs');
  const out = path.join(dir, 'day-out');
  const child = spawn(
    process.execPath,
    [bin, 'annotate', path.join(dir, 'day'), '--out', out, '--force'],
    { stdio: 'ignore' },
  );
  let mostMb: number | null = null;
  const peaks = new Map<string, number>();
  const used = new Map<number, number>();
  const sampling = setInterval(() => {
    const processes = processTree(child.pid!);
    if (!processes) return;
    mostMb = Math.max(
      mostMb ?? 0,
      processes.reduce((sum, { residentMb }) => sum + residentMb, 0),
    );
    for (const { pid, name, peakMb } of processes) {
      peaks.set(`${name} ${pid}`, peakMb);
      // Nothing is told of a process that has ended.
      used.set(pid, Math.max(used.get(pid) ?? 0, cpuSeconds(pid)));
    }
  }, SAMPLE_MS);
  let code: number | null = null;
  const seconds =
    (await timed(
      () => new Promise<void>((done) => child.on('exit', (c) => done(void (code = c)))),
    )) / 1000;
  clearInterval(sampling);
  await rm(out, { recursive: true, force: true });
  if (code !== 0) return `fiducial annotate of 24 h ended with ${code}`;
  const verdict = (met: boolean): string => (met ? 'met' : 'NOT MET');
  const processor = [...used.values()].reduce((sum, own) => sum + own, 0);
  const time = `${seconds.toFixed(0)} s, ${processor.toFixed(1)} s of processor time; budget ${BUDGET.seconds} s: ${verdict(seconds <= BUDGET.seconds)}`;
  const each = [...peaks].map(([name, mb]) => `${name.split(' ')[0]} ${mb.toFixed(0)}`).join(', ');
  const memory =
    mostMb === null
      ? 'memory not measured: no /proc'
      : `${(mostMb as number).toFixed(0)} MB resident together (peaks: ${each}); budget ${BUDGET.megabytes} MB: ${verdict(mostMb <= BUDGET.megabytes)}`;
  return `fiducial annotate of a 24-h, 3-lead, 250 Hz recording, start included\n    Fiducial ${time}; ${memory}`;
}
