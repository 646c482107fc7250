/**
 * Runs in a real page before the viewer does: gives the built preload script what a sandboxed preload gets from
 * Electron, carried over Playwright's bindings. `PRELOAD` is replaced by the script's text.
 */
import { decode, encode } from '../../../src/shared/transport/codec';

/** The page's globals; a type of their own, since tests are checked without the DOM. */
export interface PageGlobals {
  readonly top: unknown;
  /** Playwright binding to the test. Bodies are base64 of the codec's bytes. */
  __ipc(kind: 'invoke' | 'send', channel: string, body: string): Promise<string>;
  __toPage(channel: string, body: string): void;
  /** Paths that dropped files have, by name; tests fill it. */
  __pathOfFile?: Record<string, string>;
}
const page = globalThis as unknown as PageGlobals;

const listeners = new Map<string, Set<(event: unknown, ...args: unknown[]) => void>>();
const toBody = (value: unknown): string => {
  // What Electron cannot clone throws here as it does there.
  const bytes = encode(structuredClone(value));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
};
const fromBody = (body: string): unknown =>
  decode(Uint8Array.from(atob(body), (char) => char.charCodeAt(0)));

page.__toPage = (channel, body) => {
  for (const listener of listeners.get(channel) ?? []) {
    listener({ sender: 'secret' }, ...(fromBody(body) as unknown[]));
  }
};

const electron = {
  contextBridge: {
    exposeInMainWorld(name: string, api: Record<string, unknown>) {
      Object.defineProperty(page, name, { value: bridged(api), writable: false });
    },
  },
  ipcRenderer: {
    async invoke(channel: string, input: unknown) {
      const answer = fromBody(await page.__ipc('invoke', channel, toBody([input]))) as {
        value?: unknown;
        error?: string;
      };
      if (answer.error !== undefined) {
        throw new Error(`Error invoking remote method '${channel}': Error: ${answer.error}`);
      }
      return answer.value;
    },
    send: (channel: string, ...args: unknown[]) => void page.__ipc('send', channel, toBody(args)),
    on(channel: string, listener: (event: unknown, ...args: unknown[]) => void) {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set);
      set.add(listener);
    },
    removeListener: (channel: string, listener: (event: unknown) => void) =>
      void listeners.get(channel)?.delete(listener),
  },
  webUtils: { getPathForFile: (file: File) => page.__pathOfFile?.[file.name] ?? '' },
};

/** As the context bridge does: a frozen copy, functions behind functions. */
function bridged(api: Record<string, unknown>): Record<string, unknown> {
  return Object.freeze(
    Object.fromEntries(
      Object.entries(api).map(([key, value]) => [
        key,
        typeof value === 'function'
          ? (...args: unknown[]) => (value as (...all: unknown[]) => unknown)(...args)
          : structuredClone(value),
      ]),
    ),
  );
}

/** A sandboxed preload may require little, and no file of its own. */
function sandboxedRequire(name: string): unknown {
  if (name === 'electron') return electron;
  throw new Error(`module not found: ${name}`);
}

declare const PRELOAD: (
  require: (name: string) => unknown,
  module: object,
  exports: object,
) => void;
// Frames inside the page get no preload.
if (page.top === globalThis) PRELOAD(sandboxedRequire, { exports: {} }, {});
