import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectDir } from '../../src/core/processes/entries';
import type { Admitted, MethodInput, MethodName, MethodOutput } from '../../src/shared/contract';
import type { Result } from '../../src/shared/domain';
import { decode, encode } from '../../src/shared/transport/codec';

/** The built browser host in a process of its own, asked as its page asks it. */
export interface ViewerClient {
  readonly url: string;
  /** As it is printed, with the token. */
  readonly address: string;
  readonly cookie: string;
  readonly child: ChildProcess;
  /** Everything that it said on stderr. */
  said(): string;
  /** @throws Error where the answer is no result of the contract */
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<Result<MethodOutput<M>>>;
  /** Takes in what lies under the root. */
  pick(): Promise<Result<Admitted>>;
  /** Ends it with a signal. @returns once it has ended: its exit code, or the signal */
  end(signal?: NodeJS.Signals): Promise<string>;
}

const TYPE = 'application/x-fiducial';

export async function startViewer(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ViewerClient> {
  const bin = join(projectDir(), 'bin', 'fiducial.mjs');
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', ...args], {
    env: { ...process.env, FIDUCIAL_TOKEN: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (said += piece));
  const ended = new Promise<string>((resolve) =>
    child.on('exit', (code, signal) => resolve(String(signal ?? code))),
  );
  const address = await printedAddress(child);
  if (address === null)
    throw new Error(`The host ended before it served (${await ended}): ${said}`);
  const { origin: url } = new URL(address);
  const opened = await fetch(address, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';

  async function post(path: string, input: unknown): Promise<unknown> {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': TYPE, cookie },
      body: encode(input),
    });
    if (answer.headers.get('content-type') !== TYPE) {
      throw new Error(`${path} was answered: ${answer.status} ${await answer.text()}`);
    }
    return decode(new Uint8Array(await answer.arrayBuffer()));
  }

  return {
    url,
    address,
    cookie,
    child,
    said: () => said,
    call: (method, input) => post(`/rpc/${method}`, input) as never,
    pick: () => post('/host/pick', { kind: 'folder' }) as never,
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

async function printedAddress(child: ChildProcess): Promise<string | null> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const address = /http:\/\/\S+\?token=\S+/.exec(line)?.[0];
    if (address) return address;
  }
  return null;
}
