import type { App, BrowserWindow, IpcMain, Session } from 'electron';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dataDirectory } from '../core/base/data-dir';
import { entryPath, projectDir } from '../core/processes/entries';
import { createHost, type Host } from '../core/processes/host';
import type { Admitted } from '../shared/contract';
import { ok, type Result } from '../shared/domain';
import { pathsOfArgv } from './argv-paths';
import { askForPaths, saveDocument } from './dialogs';
import { lockDown } from './lockdown';
import { showMenu } from './menu';
import { createRecentPaths } from './recent';
import { APP_ORIGIN, serveViewer } from './scheme';
import { servePage, type Page } from './serve-page';
import { forkUtility } from './utility-channel';
import { createWindow } from './window';

/** Wires the parts together: one instance, one window, one host. */
export function startApp(app: App, ipcMain: IpcMain, sessionOf: () => Session): void {
  const argvPaths = pathsOfArgv(process.argv, process.cwd(), process.defaultApp === true);
  // The paths travel with the question, so that the first instance opens them.
  if (!app.requestSingleInstanceLock({ paths: argvPaths })) {
    app.quit();
    return;
  }

  const devUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
  const devOrigin = devUrl ? new URL(devUrl).origin : null;
  let window: BrowserWindow | null = null;
  let open: (paths: readonly string[]) => void = (paths) => void early.push(...paths);
  const early: string[] = [...argvPaths];

  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
    const { paths } = data as { paths: string[] };
    if (paths.length > 0) open(paths);
  });
  app.on('window-all-closed', () => app.quit());

  void app.whenReady().then(() => {
    lockDown(app, sessionOf(), devOrigin);
    serveViewer(sessionOf(), join(projectDir(), 'out', 'renderer'));

    const host = startHost(app);
    app.on('will-quit', () => void host.close());
    const recent = createRecentPaths(join(app.getPath('userData'), 'recent.json'), () => menu());
    const admit = async (paths: readonly string[]): Promise<Result<Admitted>> => {
      const admitted = await host.admit(paths);
      if (admitted.ok) recent.add(paths);
      return admitted;
    };
    const pick = async (kind: 'record' | 'folder'): Promise<Result<Admitted>> => {
      const paths = window ? await askForPaths(window, kind) : [];
      return paths.length > 0 ? admit(paths) : ok({ entries: [], sourceIds: [] });
    };
    const page = servePage({
      host,
      ipcMain,
      contents: () => window?.webContents ?? null,
      origins: devOrigin ? [APP_ORIGIN, devOrigin] : [APP_ORIGIN],
      pick,
      admit,
      save: (document) =>
        window ? saveDocument(window, host, document) : Promise.resolve(ok({ saved: false })),
    });
    const show = async (admission: Promise<Result<Admitted>>): Promise<void> => {
      const admitted = await admission;
      if (!admitted.ok) page.tell('host.failed', admitted.error);
      else if (admitted.value.entries.length > 0) page.tell('host.admitted', admitted.value);
    };
    const menu = (): void =>
      showMenu({
        open: (kind) => void show(pick(kind)),
        openPath: (path) => open([path]),
        recent: recent.list(),
        clearRecent: recent.clear,
        command: (command) => page.tell('host.command', { command }),
        development: devOrigin !== null,
      });

    menu();
    open = (paths) => void show(admit(paths));
    // Without a record to open, the synthetic ones show what there is to see.
    if (early.length > 0) open(early);
    else void show(admitDemo(host, app));
    window = openViewer(devUrl ?? `${APP_ORIGIN}/index.html`, page);
    window.on('closed', () => (window = null));
  });
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

function openViewer(url: string, page: Page): BrowserWindow {
  const window = createWindow(join(projectDir(), 'out', 'preload', 'index.cjs'));
  window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) page.reset();
  });
  void window.loadURL(url);
  return window;
}

/** Models are read by native code, which cannot look into an asar: a package keeps them beside it. */
function resourcesDir(app: App): string {
  return app.isPackaged ? process.resourcesPath : join(projectDir(), 'resources');
}

async function admitDemo(host: Host, app: App): Promise<Result<Admitted>> {
  const demo = join(resourcesDir(app), 'demo');
  return existsSync(demo) ? host.admit([demo]) : ok({ entries: [], sourceIds: [] });
}
