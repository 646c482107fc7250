import type { IpcMain, WebContents } from 'electron';
import { z } from 'zod';
import type { Host } from '../core/host';
import { DocumentRef, EVENTS, Settings, type Admitted, type EventName } from '../shared/contract';
import { ok, type Result } from '../shared/domain';
import { CHANNELS } from '../shared/transport/channels';
import type { HostCommand, HostEventName, HostEvents } from '../shared/transport/bridge';
import { createTrustedIpc } from './trusted-ipc';

const Call = z.object({ method: z.string(), input: z.unknown(), requestId: z.int() });
const Paths = z.array(z.string().max(32_768)).max(1000);

/** What the window itself follows of the settings. */
const OfMenu = Settings.pick({ language: true, keys: true });
export type SettingsOfMenu = z.infer<typeof OfMenu>;

export interface PageOptions {
  readonly host: Host;
  readonly ipcMain: IpcMain;
  readonly contents: () => WebContents | null;
  readonly origins: readonly string[];
  readonly pick: (kind: 'record' | 'folder') => Promise<Result<Admitted>>;
  readonly admit: (paths: readonly string[]) => Promise<Result<Admitted>>;
  readonly save: (document: DocumentRef) => Promise<Result<{ saved: boolean }>>;
  /** Hears what the reader chose, whenever the page asks for the settings or changes them. */
  readonly onSettings: (settings: SettingsOfMenu) => void;
  /** Begins to drag a document out of the window, as a file. */
  readonly drag: (document: DocumentRef) => void;
}

export interface Page {
  /** Tells the viewer; before it listens, the message waits. */
  tell<E extends HostEventName>(event: E, payload: HostEvents[E]): void;
  /** Passes a menu item on to a page that listens; to any other it would come as a surprise later. */
  command(command: HostCommand): void;
  /** The page is loaded anew or gone: what it has asked is void, and it has to say again that it listens. */
  reset(): void;
  /**
   * The window is about to close: has the page hand over what it still holds and waits until every answer under
   * way has come, 2 s at the longest.
   */
  leave(): Promise<void>;
}

/** Waiting at the end is bounded: whatever hangs, the window closes. */
const LEAVE_MS = 2000;
/** An answer can lead the page to ask once more. */
const QUIET_MS = 60;
const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Carries the contract between the page and the host. No logic of its own. */
export function servePage(options: PageOptions): Page {
  const { host, ipcMain, contents, origins } = options;
  const ipc = createTrustedIpc(ipcMain, contents, origins);
  const running = new Map<number, AbortController>();
  const waiting: [HostEventName, unknown][] = [];
  let listening = false;
  let onHandedOver = (): void => undefined;

  const send = (event: EventName | HostEventName, payload: unknown): void => {
    if (listening) contents()?.send(CHANNELS.event, event, payload);
  };

  const heard = (settings: unknown): void => {
    const given = OfMenu.safeParse(settings);
    if (given.success) options.onSettings(given.data);
  };

  ipc.handle(CHANNELS.call, Call, async ({ method, input, requestId }) => {
    const abort = new AbortController();
    running.set(requestId, abort);
    try {
      const answer = await host.call(method, input, abort.signal);
      if (/^settings\./.test(method) && answer.ok) heard(answer.value);
      return answer;
    } finally {
      if (running.get(requestId) === abort) running.delete(requestId);
    }
  });
  ipc.listen(CHANNELS.cancel, z.int(), (requestId) => running.get(requestId)?.abort());
  ipc.handle(CHANNELS.pick, z.enum(['record', 'folder']), options.pick);
  ipc.handle(CHANNELS.dropped, Paths, async (paths) =>
    paths.length > 0 ? options.admit(paths) : ok({ entries: [], sourceIds: [] }),
  );
  ipc.handle(CHANNELS.save, DocumentRef, options.save);
  ipc.listen(CHANNELS.drag, DocumentRef, options.drag);
  ipc.listen(CHANNELS.handedOver, z.undefined(), () => onHandedOver());
  ipc.listen(CHANNELS.ready, z.undefined(), () => {
    listening = true;
    for (const [event, payload] of waiting.splice(0)) send(event, payload);
  });
  for (const event of Object.keys(EVENTS) as EventName[]) {
    host.client.on(event, (payload) => send(event, payload));
  }

  return {
    tell(event, payload) {
      if (listening) send(event, payload);
      else waiting.push([event, payload]);
    },
    command(command) {
      send('host.command', { command });
    },
    async leave() {
      if (!listening) return;
      const endMs = Date.now() + LEAVE_MS;
      const handedOver = new Promise<void>((resolve) => (onHandedOver = resolve));
      contents()?.send(CHANNELS.leaving);
      await Promise.race([handedOver, delay(LEAVE_MS)]);
      let quietMs = 0;
      while (quietMs < QUIET_MS && Date.now() < endMs) {
        await delay(QUIET_MS / 3);
        quietMs = running.size === 0 ? quietMs + QUIET_MS / 3 : 0;
      }
    },
    reset() {
      listening = false;
      for (const abort of running.values()) abort.abort();
      running.clear();
    },
  };
}
