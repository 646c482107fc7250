import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { projectDir } from '../../src/core/processes/entries';

/** The command as it is built, with a home of its own. What it logs is read by `onLog`, or by nobody. */
export function fiducial(
  dir: string,
  args: readonly string[],
  onLog?: (line: string) => void,
): ChildProcess {
  const bin = path.join(projectDir(), 'bin', 'fiducial.mjs');
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, FIDUCIAL_HOME: path.join(dir, 'home'), FIDUCIAL_DEVICE: 'cpu' },
    stdio: ['ignore', 'pipe', onLog ? 'pipe' : 'ignore'],
  });
  child.stdout!.resume();
  if (onLog) createInterface({ input: child.stderr! }).on('line', onLog);
  return child;
}

/** A worker of one process, once it takes recordings. */
export async function startWorker(
  dir: string,
  queue: string,
  { takeOverS = 30, onLog }: { takeOverS?: number; onLog?: (line: string) => void } = {},
): Promise<ChildProcess> {
  const options = ['--concurrency', '1', '--take-over', String(takeOverS)];
  const child = fiducial(dir, ['worker', '--queue', queue, ...options], onLog ?? (() => undefined));
  await once(createInterface({ input: child.stdout! }), 'line');
  return child;
}

/** Kills a process, which has no time for anything. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
