/**
 * Runs in a real page before the viewer does: gives the built preload script what a sandboxed preload gets from
 * Electron, carried over Playwright's bindings. `PRELOAD` is replaced by the script's text.
 */
import { decode, encode } from '../../../src/shared/transport/codec';

/** The page's globals; a type of their own, since tests are checked without the DOM. */
export interface PageGlobals {
  readonly top: unknown;
  /** Playwright binding to the test. Bodies are base64 of the codec's bytes. */
  __ipc(kind: 'invoke' | 'send' | 'key', channel: string, body: string): Promise<string>;
  __toPage(channel: string, body: string): void;
  addEventListener(type: 'input' | 'keydown', listener: (event: PageKey) => void): void;
  /** Paths that dropped files have, by name; tests fill it. */
  __pathOfFile?: Record<string, string>;
}
interface PageKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly defaultPrevented: boolean;
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
      Object.defineProperty(page, name, {
        value: Object.freeze(bridged(api)),
        writable: false,
      });
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
      // As Node's emitters, and Electron's with them, do.
      if (set.size === 11) console.error(`MaxListenersExceededWarning: 11 ${channel} listeners`);
    },
    removeListener: (channel: string, listener: (event: unknown) => void) =>
      void listeners.get(channel)?.delete(listener),
  },
  webUtils: { getPathForFile: (file: File) => page.__pathOfFile?.[file.name] ?? '' },
};

/** The context bridge goes no deeper, nor in circles (Electron docs, "contextBridge"). */
const DEEPEST = 1000;

/**
 * What comes out on the other side of the context bridge: functions behind functions, promises behind promises, and of
 * objects and lists a copy made property by property, which is what makes many small objects slow.
 */
function bridged(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) throw new TypeError('the double: nested too deeply for the context bridge');
  if (typeof value === 'symbol') throw new TypeError('the double: a symbol cannot cross');
  if (typeof value === 'function') {
    return (...args: unknown[]) => bridged(value(...args.map((arg) => bridged(arg))));
  }
  if (value instanceof Promise) return value.then((settled) => bridged(settled));
  if (Array.isArray(value)) return value.map((item) => bridged(item, depth + 1));
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== null) {
    if (value.constructor === Object) {
      const copies = Object.entries(value).map(([key, item]) => [key, bridged(item, depth + 1)]);
      return Object.fromEntries(copies) as unknown;
    }
    return structuredClone(value);
  }
  return value;
}

/**
 * A key that neither the page nor the field that has the focus took goes on to the window's menu. The test, over one
 * binding, sees what Electron does in the browser process.
 */
function passKeysOn({ addEventListener }: PageGlobals): void {
  let edited = false;
  addEventListener('input', () => (edited = true));
  addEventListener('keydown', (event) => {
    const { key, ctrlKey, shiftKey, altKey } = event;
    if (!ctrlKey || altKey || key.length > 1) return;
    edited = false;
    // After the listeners of the page, which come later than this one, and after what the field made of it.
    setTimeout(() => {
      if (event.defaultPrevented || edited) return;
      void page.__ipc('key', `Ctrl+${shiftKey ? 'Shift+' : ''}${key.toUpperCase()}`, toBody([]));
    });
  });
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
if (page.top === globalThis) {
  passKeysOn(page);
  PRELOAD(sandboxedRequire, { exports: {} }, {});
}
