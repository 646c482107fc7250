import type { App, IpcMain, Session } from 'electron';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { admitDemoAtFirst, createHost, dataDirectory, entryPath, projectDir } from '../core/host';
import type { Host } from '../core/host';
import type { Admitted, Settings } from '../shared/contract';
import { ok, type Result } from '../shared/domain';
import type { Words } from '../shared/words';
import { guardClosing } from './closing';
import { askForPaths, saveDocument } from './dialogs';
import { dragOut } from './drag-out';
import { endInOrder } from './ending';
import { lockDown } from './lockdown';
import { showMenu } from './menu';
import { askNobody } from './offline';
import { keepPageAlive } from './page-life';
import { createRecentPaths } from './recent';
import { APP_ORIGIN, serveViewer } from './scheme';
import { servePage } from './serve-page';
import { forkUtility } from './utility-channel';
import { createWindow } from './window';
import type { WindowWords } from './window-words';
import { followWork } from './work-in-flight';
import { createZoom } from './zoom';

export interface Surroundings {
  readonly app: App;
  readonly ipcMain: IpcMain;
  readonly session: Session;
  /** Address of the development server; absent in a build. */
  readonly devUrl: string | undefined;
  readonly words: WindowWords;
}

export interface Viewer {
  /** Opens records and folders that were named from outside. */
  open(paths: readonly string[]): void;
  /** Brings the window to the front. */
  focus(): void;
  /** Shows the viewer, on these paths or on what there was last. */
  start(paths: readonly string[]): void;
}

/**
 * Wires the window, its page and the host together, once the application is ready.
 * @throws Error when a part is missing or refuses: there is no window then
 */
export function runViewer({ app, ipcMain, session, devUrl, words }: Surroundings): Viewer {
  const devOrigin = devUrl ? new URL(devUrl).origin : null;
  const rendererDir = join(projectDir(), 'out', 'renderer');
  const preload = join(projectDir(), 'out', 'preload', 'index.cjs');
  requireFiles([preload, ...(devUrl ? [] : [join(rendererDir, 'index.html')])], words());
  askNobody(app, session);
  lockDown(app, session, devOrigin);

  const host = startHost(app);
  endInOrder(app, host);
  serveViewer(session, rendererDir, host);
  const window = createWindow({ preload, icon: iconPath(app) }, words);
  const contents = () => (window.isDestroyed() ? null : window.webContents);

  let chosenKeys: Settings['keys'] = {};
  const recent = createRecentPaths(join(app.getPath('userData'), 'recent.json'), () => menu());
  const admit = async (paths: readonly string[]): Promise<Result<Admitted>> => {
    const admitted = await host.admit(paths);
    if (admitted.ok) recent.add(paths);
    else if (admitted.error.code === 'not-found') recent.drop(paths);
    return admitted;
  };
  const pick = async (kind: 'record' | 'folder'): Promise<Result<Admitted>> => {
    const paths = await askForPaths(window, host, kind, words());
    return paths.length > 0 ? admit(paths) : ok({ entries: [], sourceIds: [] });
  };
  const page = servePage({
    host,
    ipcMain,
    contents,
    origins: devOrigin ? [APP_ORIGIN, devOrigin] : [APP_ORIGIN],
    pick,
    admit,
    save: (document) => saveDocument(window, host, document),
    onSettings: ({ language, keys }) => {
      const isNew = JSON.stringify(keys) !== JSON.stringify(chosenKeys);
      chosenKeys = keys;
      if (words.choose(language) || isNew) menu();
    },
    drag: (document) => void dragOut(window.webContents, host, document),
  });
  const show = async (admission: Promise<Result<Admitted>>): Promise<void> => {
    const admitted = await admission;
    if (!admitted.ok) page.tell('host.failed', admitted.error);
    else if (admitted.value.entries.length > 0) page.tell('host.admitted', admitted.value);
  };
  const open = (paths: readonly string[]): void => void show(admit(paths));

  const life = keepPageAlive(app, window, devUrl ?? `${APP_ORIGIN}/index.html`, page, words);
  const zoom = createZoom(contents, (factor) => page.tell('host.zoom', factor));
  const menu = (): void =>
    showMenu({
      open: (kind) => void show(pick(kind)),
      openPath: (path) => open([path]),
      recent: recent.list(),
      clearRecent: recent.clear,
      command: page.command,
      reload: life.load,
      zoom,
      development: devOrigin !== null,
      words: words(),
      keys: chosenKeys,
    });
  menu();
  window.webContents.on('did-navigate', zoom.tell);
  guardClosing(window, page, followWork(host.client), words);

  return {
    open,
    focus() {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    start(paths) {
      if (paths.length > 0) open(paths);
      else void show(admitDemoAtFirst(host, join(resourcesDir(app), 'demo')));
      life.load();
    },
  };
}

function startHost(app: App): Host {
  return createHost({
    forkEngine: () => forkUtility(entryPath('engine'), { name: 'Fiducial engine' }),
    forkInference: () =>
      forkUtility(entryPath('inference'), { name: 'Fiducial inference', quiet: true }),
    config: {
      host: 'electron',
      version: app.getVersion(),
      dataDir: dataDirectory(),
      modelsDir: join(resourcesDir(app), 'models'),
      demoPath: join(resourcesDir(app), 'demo', 'demo.hea'),
    },
    onCrash: (reason) => console.error(`fiducial: the engine ended (${reason}) and is restarted.`),
  });
}

/** Models are read by native code, which cannot look into an asar: a package keeps them beside it. */
function resourcesDir(app: App): string {
  return app.isPackaged ? process.resourcesPath : join(projectDir(), 'resources');
}

function iconPath(app: App): string {
  return app.isPackaged
    ? join(process.resourcesPath, 'icon.png')
    : join(projectDir(), 'build', 'icons', '256x256.png');
}

/** Without them there would be a window with nothing in it. */
function requireFiles(paths: readonly string[], { say }: Words): void {
  for (const path of paths) {
    if (!existsSync(path)) {
      throw new Error(say('window.fileMissing', { path }));
    }
  }
}
