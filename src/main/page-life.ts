import type { App, BrowserWindow } from 'electron';
import { saidBy } from '../shared/domain/said';
import { english, type Words } from '../shared/words';
import type { Page } from './serve-page';
import { askWhetherToQuitOrReload, askWhetherToReload } from './questions';

/** A page that is gone twice within this long is not loaded again without asking. */
const SERIES_MS = 60_000;
/** What Chromium calls a navigation that something else replaced or refused: nothing has changed. */
const ABORTED = -3;

export interface PageLife {
  /** Loads the viewer, for the first time or anew. */
  load(): void;
}

/** Keeps a living page in the window: notices when it is replaced, gone, stuck or never came. */
export function keepPageAlive(
  app: App,
  window: BrowserWindow,
  url: string,
  page: Page,
  words: () => Words,
): PageLife {
  const { webContents } = window;
  let goneAtMs = -Infinity;

  const load = (): void => {
    // Its failure is told by `did-fail-load`.
    if (!window.isDestroyed()) window.loadURL(url).catch(() => undefined);
  };

  async function loadOrQuit(what: string): Promise<void> {
    window.show();
    if (await askWhetherToQuitOrReload(window, what, words())) app.exit(1);
    else load();
  }

  // Not `did-start-navigation`: that one also comes for a navigation which is then refused.
  webContents.on('did-navigate', () => page.reset());
  webContents.on('did-fail-load', (_event, code, description, failedUrl, isMainFrame) => {
    if (!isMainFrame || code === ABORTED) return;
    page.reset();
    void loadOrQuit(words().say('window.notLoaded', { why: description || code, url: failedUrl }));
  });
  webContents.on('preload-error', (_event, path, error) => {
    console.error('fiducial: the preload script failed:', error);
    void loadOrQuit(words().say('window.notJoined', { path, why: error.message }));
  });
  webContents.on('render-process-gone', (_event, { reason }) => {
    page.reset();
    console.error(`fiducial: the viewer’s page is gone (${reason}).`);
    const inSeries = Date.now() - goneAtMs < SERIES_MS;
    goneAtMs = Date.now();
    if (inSeries) return void loadOrQuit(words().say('window.endedAgain', { why: reason }));
    page.tell('host.failed', {
      code: 'busy',
      message: english.say('failures.viewerEnded', { why: reason }),
      said: saidBy('failures.viewerEnded', { why: reason }),
    });
    // Not from within the event: Chromium is still clearing the old page away.
    setTimeout(load);
  });

  let answering: AbortController | null = null;
  window.on('unresponsive', () => {
    answering?.abort();
    const asked = (answering = new AbortController());
    void askWhetherToReload(window, asked.signal, words()).then((reload) => {
      // A page that hangs does not let itself be replaced; one that is gone is loaded again, see above.
      if (reload && !window.isDestroyed()) webContents.forcefullyCrashRenderer();
    });
  });
  window.on('responsive', () => answering?.abort());

  return { load };
}
