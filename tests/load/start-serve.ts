import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectDir } from '../../src/core/processes/entries';

export interface Served {
  readonly url: string;
  readonly child: ChildProcess;
  /** Exit code, or signal, once it has ended by itself. */
  ended(): string | null;
  /** Ends it as a system would. @returns how it ended */
  stop(): Promise<string>;
}

/** Starts the built `fiducial serve` in a process of its own. */
export async function startServe(env: Readonly<Record<string, string>>): Promise<Served> {
  const bin = join(projectDir(), 'bin', 'fiducial.mjs');
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--quiet'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let end: string | null = null;
  const ending = new Promise<string>((resolve) =>
    child.on('exit', (code, signal) => resolve((end = String(signal ?? code)))),
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/[\d.]+:\d+/.exec(line)?.[0];
    if (url === undefined) continue;
    return {
      url,
      child,
      ended: () => end,
      stop() {
        child.kill('SIGTERM');
        return ending;
      },
    };
  }
  throw new Error(`fiducial serve ended before it served (${await ending}).`);
}
