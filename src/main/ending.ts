import type { App } from 'electron';
import type { Host } from '../core/host';

/**
 * Electron ends its utility processes together with itself. The engine gets its time to close the store before that:
 * quitting waits for the host, which waits for five seconds at most.
 */
export function endInOrder(app: App, host: Pick<Host, 'close'>): void {
  let state: 'running' | 'ending' | 'ended' = 'running';
  app.on('will-quit', (event) => {
    if (state === 'ended') return;
    event.preventDefault();
    if (state === 'ending') return;
    state = 'ending';
    // Whoever starts Fiducial from here on gets a window of their own.
    app.releaseSingleInstanceLock();
    void host.close().finally(() => {
      state = 'ended';
      app.quit();
    });
  });
}
