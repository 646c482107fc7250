import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../shared/transport/bridge';
import { CHANNELS } from '../shared/transport/channels';

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
    const receive = (_event: unknown, name: string, payload: unknown): void => {
      if (name === event) listener(payload);
    };
    ipcRenderer.on(CHANNELS.event, receive);
    // What the command line or the system opened waits until somebody listens for it.
    if (event.startsWith('host.')) ipcRenderer.send(CHANNELS.ready);
    return () => void ipcRenderer.removeListener(CHANNELS.event, receive);
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
