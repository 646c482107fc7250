import type { App, IpcMain, Session } from 'electron';
import { pathsOfArgv } from './argv-paths';
import { watchStrays } from './fatal';
import { resolveNoNames } from './offline';
import { followStore } from './profile';
import { runViewer, type Viewer } from './run-viewer';
import { createWindowWords } from './window-words';
import { registerScheme } from './scheme';
import { claimInstance, pathsOfSecondStart } from './single-instance';

/** As in electron-builder.yml: Windows groups windows, jump list and notifications by it. */
const APP_ID = 'org.fiducial.viewer';

/** From the start of the process to ready: one instance, and nothing lost that is to be opened meanwhile. */
export function startApp(app: App, ipcMain: IpcMain, sessionOf: () => Session): void {
  const words = createWindowWords(app);
  const strays = watchStrays(app, words);
  const devUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
  const isDefaultApp = process.defaultApp === true;
  app.setName('Fiducial');
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
  followStore(app);
  registerScheme();
  resolveNoNames(app, devUrl);

  const early = pathsOfArgv(process.argv, process.cwd(), isDefaultApp);
  if (!claimInstance(app, early)) return;

  let viewer: Viewer | null = null;
  const open = (paths: readonly string[]): void => {
    if (viewer) viewer.open(paths);
    else early.push(...paths);
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  app.on('second-instance', (_event, argv, cwd, handed) => {
    viewer?.focus();
    const paths = pathsOfSecondStart(argv, cwd, handed, isDefaultApp);
    if (paths.length > 0) open(paths);
  });
  app.on('window-all-closed', () => app.quit());

  app
    .whenReady()
    .then(() => {
      viewer = runViewer({ app, ipcMain, session: sessionOf(), devUrl, words });
      strays.started();
      viewer.start(early.splice(0));
    })
    .catch(strays.cannotStart);
}
