import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FromDouble, Inspection, Sender, ToDouble, Told } from './messages';

export const ROOT = resolve(import.meta.dirname, '../../..');
const MAIN = join(ROOT, 'out', 'main', 'index.js');

export const OWN_PAGE: Sender = { url: 'fiducial://app/index.html', top: true, ownWindow: true };

/** How long a test waits for what main does of its own accord. */
const TOLD_WITHIN_MS = 25_000;

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
  /** What main wrote to standard error. */
  readonly errors: () => string;
  invoke(channel: string, input: unknown, from?: Sender): Promise<unknown>;
  send(channel: string, input: unknown, from?: Sender): void;
  /** What the custom scheme answers; null when the request is cancelled or nothing serves it. */
  request(url: string, method?: string): Promise<Served | null>;
  /** Emits an event of the page. @returns whether main stopped it */
  page(event: string, url: string): Promise<boolean>;
  /** Navigates with all its events in their order. @returns whether it took place */
  navigate(url: string, by: 'page' | 'host'): Promise<boolean>;
  /** Ends the page's process under the window. */
  gone(reason: string): Promise<void>;
  /** Any other event of the window or of its contents, whose listeners get an event object first. */
  emit(target: 'window' | 'contents', event: string, ...args: unknown[]): Promise<void>;
  /** Closes the window, as its cross does. */
  closeWindow(): Promise<void>;
  /** A key that the page did not take, as in `Ctrl+Z`. @returns the label of the menu item it chose, or null */
  press(key: string): Promise<string | null>;
  /** Presses a button of the box that has waited longest. */
  answerBox(response: number): Promise<void>;
  /** V8 gives up in the utility process of that name. */
  breakDown(serviceName: string): Promise<void>;
  answerDialogs(paths: readonly string[]): void;
  clickMenu(...path: string[]): Promise<void>;
  emitApp(event: string, ...args: unknown[]): void;
  inspect(): Promise<Inspection>;
  /** Called for everything that main sends to the page. */
  onToPage(listener: (channel: string, args: unknown[]) => void): void;
  /** The next thing of that kind that main did, also one that is past; each is handed out once. */
  told<K extends Exclude<Told['kind'], 'to-page'>>(kind: K): Promise<Extract<Told, { kind: K }>>;
  close(): Promise<void>;
}

export interface DoubleOptions {
  readonly argv?: readonly string[];
  readonly env?: Record<string, string>;
  /** Folder of a packaged application's resources: the double says that it is packaged. */
  readonly packagedAt?: string;
  /** The step that throws, as in `BrowserWindow`. */
  readonly fail?: string;
  /** Folder that outlives the double, for a second start on what the first left behind. */
  readonly profile?: string;
}

type Unnumbered = ToDouble extends infer M
  ? M extends { id: number }
    ? Omit<M, 'id'>
    : never
  : never;

export async function startDouble(options: DoubleOptions = {}): Promise<Double> {
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'fiducial-double-')));
  const child = forkMain(profile, options);
  const pending = new Map<number, (message: Extract<FromDouble, { kind: 'answer' }>) => void>();
  const toPage: ((channel: string, args: unknown[]) => void)[] = [];
  const past: Told[] = [];
  let nextId = 1;
  let errors = '';
  let onLoad: (url: string) => void;
  const loaded = new Promise<string>((resolve) => (onLoad = resolve));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (errors += text));

  child.on('message', (raw) => {
    const message = raw as FromDouble;
    if (message.kind === 'answer') {
      pending.get(message.id)?.(message);
      pending.delete(message.id);
      return;
    }
    if (message.kind === 'to-page') {
      for (const listener of toPage) listener(message.channel, message.args);
      return;
    }
    past.push(message);
    if (message.kind === 'load') onLoad(message.url);
    else if (message.kind === 'quit') child.disconnect();
  });

  // A page may still ask while the application ends: its request goes nowhere, as it would there.
  const post = (message: ToDouble): void => {
    if (child.connected) child.send(message, () => undefined);
  };
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
    errors: () => errors,
    invoke: (channel, input, from = OWN_PAGE) => ask({ kind: 'invoke', channel, input, from }),
    send: (channel, input, from = OWN_PAGE) => post({ kind: 'send', channel, input, from }),
    request: (url, method = 'GET') =>
      ask({ kind: 'request', url, method }) as Promise<Served | null>,
    page: (event, url) => ask({ kind: 'page', event, url }) as Promise<boolean>,
    navigate: (url, by) => ask({ kind: 'navigate', url, by }) as Promise<boolean>,
    gone: async (reason) => void (await ask({ kind: 'gone', reason })),
    emit: async (target, event, ...args) => void (await ask({ kind: 'emit', target, event, args })),
    closeWindow: async () => void (await ask({ kind: 'close' })),
    press: (key) => ask({ kind: 'press', key }) as Promise<string | null>,
    answerBox: async (response) => void (await ask({ kind: 'box', response })),
    breakDown: async (serviceName) => void (await ask({ kind: 'break-down', serviceName })),
    answerDialogs: (paths) => post({ kind: 'dialog', paths: [...paths] }),
    clickMenu: async (...path) => void (await ask({ kind: 'menu', path })),
    emitApp: (event, ...args) => post({ kind: 'app', event, args }),
    inspect: () => ask({ kind: 'inspect' }) as Promise<Inspection>,
    onToPage: (listener) => void toPage.push(listener),
    async told(kind) {
      const endMs = Date.now() + TOLD_WITHIN_MS;
      while (Date.now() < endMs) {
        const at = past.findIndex((one) => one.kind === kind);
        if (at >= 0) return past.splice(at, 1)[0] as never;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`main did nothing of the kind ${kind}; it wrote: ${errors}`);
    },
    async close() {
      await end(child, ended);
      if (!options.profile) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The application sees what it would of `electron . paths`: Electron has its folder where Node has the script. */
function forkMain(profile: string, { argv, env, packagedAt, fail }: DoubleOptions): ChildProcess {
  const register = pathToFileURL(join(import.meta.dirname, 'register.mjs')).href;
  return fork(MAIN, [...(argv ?? [])], {
    serialization: 'advanced',
    execArgv: ['--import', register],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    env: {
      ...process.env,
      FIDUCIAL_HOME: profile,
      ...(packagedAt ? { FIDUCIAL_DOUBLE_PACKAGED: packagedAt } : {}),
      ...(fail ? { FIDUCIAL_DOUBLE_FAIL: fail } : {}),
      ...env,
      FIDUCIAL_DOUBLE_PROFILE: profile,
    },
  });
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.connected) child.disconnect();
  const stuck = setTimeout(() => child.kill('SIGKILL'), 3000);
  await ended;
  clearTimeout(stuck);
}
