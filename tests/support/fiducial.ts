import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const BIN = join(ROOT, 'bin/fiducial.mjs');
/** Commands need `npm run build`. */
export const IS_BUILT = existsSync(join(ROOT, 'out/main/cli.js'));

export interface Surroundings {
  /** Over those of the test. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** How a command ended; code NaN or null where a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const MOST_BYTES = 1 << 28;

/** Runs a command of the built command line to its end. */
export function runFiducial(
  args: readonly string[],
  { env, cwd }: Surroundings = {},
): Promise<Ended> {
  const options = { env: { ...process.env, ...env }, cwd, maxBuffer: MOST_BYTES };
  return new Promise((done) => {
    execFile(process.execPath, [BIN, ...args], options, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code ?? NaN) : 0, stdout, stderr }),
    );
  });
}

/** The same while nothing else goes on. @param to where standard output goes, in place of the answer */
export function waitForFiducial(
  args: readonly string[],
  { env, cwd, to }: Surroundings & { readonly to?: string | undefined } = {},
): Ended {
  const file = to === undefined ? ('pipe' as const) : openSync(to, 'w');
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ['ignore', file, 'pipe'],
    encoding: 'utf8',
    maxBuffer: MOST_BYTES,
  });
  if (file !== 'pipe') closeSync(file);
  return { code: status, stdout: stdout ?? '', stderr };
}

/** Starts a command; what it says on standard output is read and let go unless somebody listens. */
export function startFiducial(
  args: readonly string[],
  { env, cwd }: Surroundings = {},
): ChildProcess {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { ...process.env, ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.resume();
  return child;
}
