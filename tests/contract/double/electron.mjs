/**
 * A small stand-in for the `electron` module in the main process: enough to run the built entry under plain
 * Node, strict where Electron is (schemes before ready, processes after it, one answer per channel). It says
 * nothing about Electron itself.
 */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';

const tell = (message) => process.send?.(message);
const profile = process.env.FIDUCIAL_DOUBLE_PROFILE;
let ready = false;
const mustBeReady = (what) => {
  if (!ready) throw new Error(`the double: ${what} needs the app to be ready`);
};

// Electron's runtime sets these.
process.defaultApp = true;

class App extends EventEmitter {
  name = 'Fiducial';
  isPackaged = false;
  #ready = new Promise((resolve) => setTimeout(() => ((ready = true), resolve()), 20));
  recent = [];
  whenReady() {
    return this.#ready;
  }
  requestSingleInstanceLock(data) {
    structuredClone(data);
    return process.env.FIDUCIAL_DOUBLE_SECOND !== '1';
  }
  quit() {
    tell({ kind: 'quit' });
    this.emit('will-quit');
  }
  getPath(name) {
    return name === 'userData' ? profile : join(profile, name);
  }
  getVersion() {
    return '0.0.0-double';
  }
  addRecentDocument(path) {
    this.recent.push(path);
  }
  clearRecentDocuments() {
    this.recent = [];
  }
}
export const app = new App();

const schemes = [];
const protocolHandlers = new Map();
const handle = (scheme, handler) => {
  mustBeReady('protocol.handle');
  if (protocolHandlers.has(scheme)) throw new Error(`the double: ${scheme} is handled already`);
  protocolHandlers.set(scheme, handler);
};
export const protocol = {
  registerSchemesAsPrivileged(list) {
    if (ready)
      throw new Error('protocol.registerSchemesAsPrivileged must be called before app is ready');
    schemes.push(...list);
  },
  handle,
};

class Session extends EventEmitter {
  protocol = { handle };
  permission = {};
  beforeRequest = null;
  webRequest = { onBeforeRequest: (listener) => (this.beforeRequest = listener) };
  setPermissionRequestHandler(handler) {
    this.permission.request = handler;
  }
  setPermissionCheckHandler(handler) {
    this.permission.check = handler;
  }
  setDevicePermissionHandler(handler) {
    this.permission.device = handler;
  }
}
const defaultSession = new Session();
export const session = {
  get defaultSession() {
    mustBeReady('session.defaultSession');
    return defaultSession;
  },
};

class WebContents extends EventEmitter {
  windowOpen = () => ({ action: 'allow' });
  setWindowOpenHandler(handler) {
    this.windowOpen = handler;
  }
  setVisualZoomLevelLimits() {
    return Promise.resolve();
  }
  isDestroyed() {
    return false;
  }
  send(channel, ...args) {
    tell({ kind: 'to-page', channel, args });
  }
}

let window = null;
const opened = (created) => {
  window = created;
  app.emit('web-contents-created', {}, created.webContents);
};
export class BrowserWindow extends EventEmitter {
  webContents = new WebContents();
  constructor(options) {
    super();
    mustBeReady('BrowserWindow');
    this.options = options;
    opened(this);
  }
  loadURL(url) {
    tell({ kind: 'load', url });
    return Promise.resolve();
  }
  show() {}
  focus() {}
  restore() {}
  isMinimized() {
    return false;
  }
}

const handlers = new Map();
class IpcMain extends EventEmitter {
  handle(channel, handler) {
    if (handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  }
}
export const ipcMain = new IpcMain();

let dialogPaths = [];
export const dialog = {
  showOpenDialog: async () => ({ canceled: dialogPaths.length === 0, filePaths: dialogPaths }),
  showSaveDialog: async () => ({
    canceled: dialogPaths.length === 0,
    filePath: dialogPaths[0] ?? '',
  }),
};

let menu = null;
export const Menu = {
  buildFromTemplate: (template) => ({ template }),
  setApplicationMenu: (built) => (menu = built.template),
};

const children = [];
export const utilityProcess = {
  fork(entry, args, options) {
    mustBeReady('utilityProcess.fork');
    const shim = new URL('./parent-port.mjs', import.meta.url).href;
    const child = fork(entry, args, {
      serialization: 'advanced',
      execArgv: ['--import', shim],
      stdio:
        options.stdio === 'ignore'
          ? ['ignore', 'ignore', 'ignore', 'ipc']
          : ['ignore', 2, 2, 'ipc'],
    });
    children.push({ pid: child.pid, entry, serviceName: options.serviceName });
    const utility = new EventEmitter();
    child.on('message', (message) => utility.emit('message', message));
    child.on('exit', (code, signal) => {
      utility.pid = undefined;
      utility.emit('exit', code ?? (signal ? 9 : 1));
    });
    utility.pid = child.pid;
    utility.kill = () => child.kill('SIGKILL');
    utility.postMessage = (message, transfer) => {
      if (transfer?.length) throw new Error('the double: nothing is transferred between processes');
      structuredClone(message);
      if (child.connected) child.send(message, () => undefined);
    };
    return utility;
  },
};

// ---- the test's side ----------------------------------------------------------------------------------------

function eventFrom({ url, top, ownWindow }) {
  const sender = ownWindow ? window?.webContents : new WebContents();
  const frame = { url, parent: top ? null : { url: window ? 'fiducial://app/index.html' : '' } };
  return { sender, senderFrame: url === '' ? null : frame };
}

const labelOf = (item) => (item.label ?? item.role ?? item.type ?? '').replace(/&/g, '');
function menuItem(path) {
  let items = menu;
  let item = null;
  for (const label of path) {
    item = items?.find((one) => labelOf(one) === label);
    items = item?.submenu;
  }
  if (!item?.click) throw new Error(`the double: no menu item ${path.join(' > ')}`);
  return item;
}

const answers = {
  invoke: async ({ channel, input, from }) => {
    const handler = handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler(eventFrom(from), structuredClone(input)));
  },
  request: async ({ url, method }) => {
    const handler = protocolHandlers.get(new URL(url).protocol.slice(0, -1));
    let cancelled = false;
    defaultSession.beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel === true));
    if (cancelled || !handler) return null;
    const response = await handler({ url, method });
    const body = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  },
  /** An event of the page that main may stop; answers whether it did. */
  page: async ({ event, url }) => {
    let stopped = false;
    const details = {
      url,
      isMainFrame: true,
      isSameDocument: false,
      preventDefault: () => (stopped = true),
    };
    window.webContents.emit(event, details, url);
    return stopped;
  },
  menu: async ({ path }) => void menuItem(path).click(),
  inspect: async () => ({
    schemes,
    window: window ? { ...window.options } : null,
    handlers: [...handlers.keys()],
    listeners: ipcMain.eventNames(),
    windowOpen: window?.webContents.windowOpen({ url: 'https://example.org/' }),
    permissions: {
      request: await new Promise((resolve) => {
        const { request } = defaultSession.permission;
        if (request) request(window?.webContents, 'media', resolve);
        else resolve(true);
      }),
      check: defaultSession.permission.check?.() ?? true,
      device: defaultSession.permission.device?.() ?? true,
    },
    menu: JSON.parse(JSON.stringify(menu)),
    recent: app.recent,
    children,
  }),
};

process.on('message', async (message) => {
  if (message.kind === 'dialog') dialogPaths = message.paths;
  else if (message.kind === 'send') {
    ipcMain.emit(message.channel, eventFrom(message.from), structuredClone(message.input));
  } else if (message.kind === 'app')
    app.emit(message.event, { preventDefault() {} }, ...message.args);
  else {
    try {
      tell({ kind: 'answer', id: message.id, value: await answers[message.kind](message) });
    } catch (error) {
      tell({ kind: 'answer', id: message.id, error: error.message });
    }
  }
});
process.on('disconnect', () => process.exit(0));
