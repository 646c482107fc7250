import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../shared/transport/bridge';
import { CHANNELS } from '../shared/transport/channels';

/** Who listens to which event: Electron warns of a leak at eleven listeners of one channel, and the page has more. */
const listeners = new Map<string, Set<{ readonly tell: (payload: unknown) => void }>>();
ipcRenderer.on(CHANNELS.event, (_event, name: string, payload: unknown) => {
  for (const { tell } of [...(listeners.get(name) ?? [])]) tell(payload);
});

/**
 * The whole of what the page can reach. It gets neither `ipcRenderer` nor an IPC event object. Names and inputs
 * are checked where they are answered (`src/main/trusted-ipc.ts`, `validateCall`), not in the page's reach.
 */
const bridge = {
  kind: 'electron',
  call: (method: string, input: unknown, requestId: number) =>
    ipcRenderer.invoke(CHANNELS.call, { method, input, requestId }),
  cancel: (requestId: number) => ipcRenderer.send(CHANNELS.cancel, requestId),
  on(event: string, listener: (payload: unknown) => void) {
    const own = { tell: listener };
    const same = listeners.get(event) ?? new Set();
    listeners.set(event, same.add(own));
    // What the command line or the system opened waits until somebody listens for it.
    if (event.startsWith('host.')) ipcRenderer.send(CHANNELS.ready);
    return () => void same.delete(own);
  },
  pick: (kind: string) => ipcRenderer.invoke(CHANNELS.pick, kind),
  dropped: (files: readonly File[]) =>
    ipcRenderer.invoke(
      CHANNELS.dropped,
      [...files].map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
    ),
  save: (document: unknown) => ipcRenderer.invoke(CHANNELS.save, document),
  drag: (document: unknown) => ipcRenderer.send(CHANNELS.drag, document),
};

// Before the window closes: a field that is being written in gives up what it holds, as when it is left.
ipcRenderer.on(CHANNELS.leaving, () => {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  // After what the page makes of it.
  setTimeout(() => ipcRenderer.send(CHANNELS.handedOver));
});

contextBridge.exposeInMainWorld('fiducial', bridge satisfies Record<keyof Bridge, unknown>);
