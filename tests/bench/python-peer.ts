import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** What a Python at hand can be compared in; null for a package that it lacks. */
export interface PeerVersions {
  readonly python: string;
  readonly wfdb: string | null;
  readonly scipy: string | null;
  readonly torch: string | null;
  readonly pyedflib: string | null;
}

/** A Python process that stays up, so that no start-up or import is timed. */
export interface PythonPeer {
  readonly command: string;
  readonly versions: PeerVersions;
  /** @throws Error with Python's own words when the task fails there */
  ask(request: Record<string, unknown>): Promise<Record<string, number>>;
  close(): void;
}

/** Pythons to compare with: those of `FIDUCIAL_PYTHON` (a list as in PATH), else `python3`. */
export function pythonCommands(): string[] {
  const listed = process.env['FIDUCIAL_PYTHON']?.split(path.delimiter).filter(Boolean) ?? [];
  return listed.length > 0 ? listed : ['python3'];
}

/** @returns null where there is no such Python */
export async function startPeer(command: string): Promise<PythonPeer | null> {
  const child = spawn(command, ['-B', path.join(import.meta.dirname, 'peer.py')], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  async function ask(request: Record<string, unknown>): Promise<Record<string, unknown>> {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const line = await lines.next();
    if (line.done) throw new Error(`${command} ended`);
    const answer = JSON.parse(line.value) as Record<string, unknown>;
    if (typeof answer['error'] === 'string') throw new Error(answer['error']);
    return answer;
  }

  try {
    const versions = (await ask({ task: 'versions' })) as unknown as PeerVersions;
    return {
      command,
      versions,
      ask: (request) => ask(request) as Promise<Record<string, number>>,
      close: () => child.stdin.end(),
    };
  } catch {
    child.kill();
    return null;
  }
}
