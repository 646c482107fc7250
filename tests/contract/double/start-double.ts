import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FromDouble, Inspection, Sender, ToDouble } from './messages';

export const ROOT = resolve(import.meta.dirname, '../../..');
const MAIN = join(ROOT, 'out', 'main', 'index.js');

export const OWN_PAGE: Sender = { url: 'fiducial://app/index.html', top: true, ownWindow: true };

export interface Served {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** The built main entry, running in a process of its own against the double of Electron. */
export interface Double {
  /** Address that the window was told to load. */
  readonly loaded: Promise<string>;
  readonly ended: Promise<number | null>;
  invoke(channel: string, input: unknown, from?: Sender): Promise<unknown>;
  send(channel: string, input: unknown, from?: Sender): void;
  /** What the custom scheme answers; null when the request is cancelled or nothing serves it. */
  request(url: string, method?: string): Promise<Served | null>;
  /** Emits an event of the page. @returns whether main stopped it */
  page(event: string, url: string): Promise<boolean>;
  answerDialogs(paths: readonly string[]): void;
  clickMenu(...path: string[]): Promise<void>;
  emitApp(event: string, ...args: unknown[]): void;
  inspect(): Promise<Inspection>;
  /** Called for everything that main sends to the page. */
  onToPage(listener: (channel: string, args: unknown[]) => void): void;
  close(): Promise<void>;
}

export interface DoubleOptions {
  readonly argv?: readonly string[];
  readonly env?: Record<string, string>;
}

type Unnumbered = ToDouble extends infer M
  ? M extends { id: number }
    ? Omit<M, 'id'>
    : never
  : never;

export async function startDouble(options: DoubleOptions = {}): Promise<Double> {
  const profile = await mkdtemp(join(tmpdir(), 'fiducial-double-'));
  const register = pathToFileURL(join(import.meta.dirname, 'register.mjs')).href;
  // The application sees what it would of `electron . paths`: Electron has its folder where Node has the script.
  const child = fork(MAIN, [...(options.argv ?? [])], {
    serialization: 'advanced',
    execArgv: ['--import', register],
    env: {
      ...process.env,
      FIDUCIAL_HOME: profile,
      ...options.env,
      FIDUCIAL_DOUBLE_PROFILE: profile,
    },
  });
  const pending = new Map<number, (message: Extract<FromDouble, { kind: 'answer' }>) => void>();
  const toPage: ((channel: string, args: unknown[]) => void)[] = [];
  let nextId = 1;
  let onLoad: (url: string) => void;
  const loaded = new Promise<string>((resolve) => (onLoad = resolve));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));

  child.on('message', (raw) => {
    const message = raw as FromDouble;
    if (message.kind === 'answer') {
      pending.get(message.id)?.(message);
      pending.delete(message.id);
    } else if (message.kind === 'to-page') {
      for (const listener of toPage) listener(message.channel, message.args);
    } else if (message.kind === 'load') onLoad(message.url);
    else child.disconnect();
  });

  const post = (message: ToDouble): void => void child.send(message);
  const ask = (message: Unnumbered): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      pending.set(id, ({ value, error }) =>
        error === undefined ? resolve(value) : reject(new Error(error)),
      );
      post({ ...message, id } as ToDouble);
    });

  return {
    loaded,
    ended,
    invoke: (channel, input, from = OWN_PAGE) => ask({ kind: 'invoke', channel, input, from }),
    send: (channel, input, from = OWN_PAGE) => post({ kind: 'send', channel, input, from }),
    request: (url, method = 'GET') =>
      ask({ kind: 'request', url, method }) as Promise<Served | null>,
    page: (event, url) => ask({ kind: 'page', event, url }) as Promise<boolean>,
    answerDialogs: (paths) => post({ kind: 'dialog', paths: [...paths] }),
    clickMenu: async (...path) => void (await ask({ kind: 'menu', path })),
    emitApp: (event, ...args) => post({ kind: 'app', event, args }),
    inspect: () => ask({ kind: 'inspect' }) as Promise<Inspection>,
    onToPage: (listener) => void toPage.push(listener),
    async close() {
      await end(child, ended);
      await rm(profile, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.connected) child.disconnect();
  const stuck = setTimeout(() => child.kill('SIGKILL'), 3000);
  await ended;
  clearTimeout(stuck);
}
