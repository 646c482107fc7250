import { app } from './app.mjs';
import { answerBox, choosePaths } from './dialog.mjs';
import { handlers, ipcMain } from './ipc-main.mjs';
import { applicationMenu, menuItem, press } from './menu.mjs';
import { blockers, breakDown, children } from './processes.mjs';
import { defaultSession, protocolHandlers, schemes } from './session.mjs';
import { stoppable, tell } from './state.mjs';
import { lastWindow, openWindow, WebContents } from './window.mjs';

/** What the test asks of the double, and what it tells it. */
function eventFrom({ url, top, ownWindow }) {
  const sender = ownWindow ? lastWindow()?.webContents : new WebContents();
  const frame = {
    url,
    parent: top ? null : { url: lastWindow() ? 'fiducial://app/index.html' : '' },
  };
  return { sender, senderFrame: url === '' ? null : frame };
}

const contents = () => lastWindow().webContents;

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
    const details = stoppable({ url, isMainFrame: true, isSameDocument: false });
    contents().emit(event, details, url);
    return details.defaultPrevented;
  },
  navigate: async ({ url, by }) => contents().navigate(url, by),
  gone: async ({ reason }) => void contents().gone(reason),
  emit: async ({ target, event, args }) => {
    const emitter = target === 'window' ? lastWindow() : contents();
    emitter.emit(event, ...(target === 'window' ? args : [{}, ...args]));
  },
  close: async () => void openWindow()?.close(),
  press: async ({ key }) => press(key),
  box: async ({ response }) => answerBox(response),
  'break-down': async ({ serviceName }) => breakDown(serviceName),
  menu: async ({ path }) => void menuItem(path).click(),
  inspect: async () => ({
    schemes,
    window: openWindow() ? { ...openWindow().options } : null,
    visible: openWindow()?.isVisible() ?? false,
    handlers: [...handlers.keys()],
    listeners: ipcMain.eventNames(),
    windowOpen: lastWindow() && contents().windowOpen({ url: 'https://example.org/' }),
    permissions: await permissions(),
    asks: {
      switches: app.switches,
      spellCheckerLanguages: defaultSession.spellCheckerLanguages,
      resolver: app.resolver,
      proxy: defaultSession.proxy,
    },
    menu: JSON.parse(JSON.stringify(applicationMenu())),
    recent: app.recent,
    children: children.map(({ pid, entry, serviceName }) => ({ pid, entry, serviceName })),
    blockers: [...blockers.values()],
  }),
};

process.on('message', async (message) => {
  if (message.kind === 'dialog') choosePaths(message.paths);
  else if (message.kind === 'send') {
    ipcMain.emit(message.channel, eventFrom(message.from), structuredClone(message.input));
  } else if (message.kind === 'app') {
    if (message.event === 'quit!') app.quit();
    else app.emit(message.event, stoppable(), ...message.args);
  } else {
    try {
      tell({ kind: 'answer', id: message.id, value: await answers[message.kind](message) });
    } catch (error) {
      tell({ kind: 'answer', id: message.id, error: error.message });
    }
  }
});
process.on('disconnect', () => process.exit(0));

/** What a page of the viewer, one of somebody else and a frame inside are given, as Chromium asks for it. */
async function permissions() {
  const { request, check, device } = defaultSession.permission;
  const given = [];
  for (const [who, origin, isMainFrame] of [
    ['viewer', 'fiducial://app', true],
    ['other', 'https://example.org', true],
    ['frame', 'fiducial://app', false],
  ]) {
    for (const what of ['media', 'clipboard-read', 'clipboard-sanitized-write', 'notifications']) {
      const details = { requestingUrl: `${origin}/index.html`, isMainFrame };
      const page = lastWindow()?.webContents;
      const asked = await new Promise((resolve) => request(page, what, resolve, details));
      if (asked) given.push(`${who} request ${what}`);
      if (check(page, what, `${origin}/`, details)) given.push(`${who} check ${what}`);
    }
  }
  return { given, device: device() };
}
