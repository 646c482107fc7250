import type { IpcMain, WebContents } from 'electron';
import { z } from 'zod';
import type { Host } from '../core/processes/host';
import { DocumentRef, EVENTS, type Admitted, type EventName } from '../shared/contract';
import { ok, type Result } from '../shared/domain';
import { CHANNELS } from '../shared/transport/channels';
import type { HostEventName, HostEvents } from '../shared/transport/bridge';
import { createTrustedIpc } from './trusted-ipc';

const Call = z.object({ method: z.string(), input: z.unknown(), requestId: z.int() });
const Paths = z.array(z.string().max(32_768)).max(1000);

export interface PageOptions {
  readonly host: Host;
  readonly ipcMain: IpcMain;
  readonly contents: () => WebContents | null;
  readonly origins: readonly string[];
  readonly pick: (kind: 'record' | 'folder') => Promise<Result<Admitted>>;
  readonly admit: (paths: readonly string[]) => Promise<Result<Admitted>>;
  readonly save: (document: DocumentRef) => Promise<Result<{ saved: boolean }>>;
}

export interface Page {
  /** Tells the viewer; before it listens, the message waits. */
  tell<E extends HostEventName>(event: E, payload: HostEvents[E]): void;
  /** The page is loaded anew: what it has asked is void, and it has to say again that it listens. */
  reset(): void;
}

/** Carries the contract between the page and the host. No logic of its own. */
export function servePage(options: PageOptions): Page {
  const { host, ipcMain, contents, origins } = options;
  const ipc = createTrustedIpc(ipcMain, contents, origins);
  const running = new Map<number, AbortController>();
  const waiting: [HostEventName, unknown][] = [];
  let listening = false;

  const send = (event: EventName | HostEventName, payload: unknown): void => {
    const target = contents();
    if (target && !target.isDestroyed()) target.send(CHANNELS.event, event, payload);
  };

  ipc.handle(CHANNELS.call, Call, async ({ method, input, requestId }) => {
    const abort = new AbortController();
    running.set(requestId, abort);
    try {
      return await host.call(method, input, abort.signal);
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
    reset() {
      listening = false;
      for (const abort of running.values()) abort.abort();
      running.clear();
    },
  };
}
