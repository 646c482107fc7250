import type { App, Session, WebContents } from 'electron';
import { APP_ORIGIN, SCHEME } from './scheme';

/** All that the viewer asks for: to put text on the clipboard, where its reader presses Copy. Reading it is not among it. */
const GRANTED = 'clipboard-sanitized-write';

/**
 * Everything that a page could ask for and that the viewer never does is refused by a handler: Electron's
 * defaults allow most of it (Electron docs, "Security", items 5, 13 to 15). What Chromium asks for by itself is
 * `askNobody`'s.
 * @param devOrigin origin of the development server, or null in a build
 */
export function lockDown(app: App, session: Session, devOrigin: string | null): void {
  const isOwn = (url: string): boolean => [APP_ORIGIN, devOrigin].includes(originOf(url));
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl, ...of }) =>
    answer(permission === GRANTED && of.isMainFrame && isOwn(requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin, { isMainFrame }) =>
      permission === GRANTED && isMainFrame && isOwn(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !isAllowed(details.url, devOrigin) }),
  );
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents, devOrigin));
}

function lockDownContents(contents: WebContents, devOrigin: string | null): void {
  const stay = (event: { preventDefault(): void }, url: string): void => {
    // A reload during development is a navigation to the same origin.
    if (devOrigin === null || originOf(url) !== devOrigin) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', (event) => {
    if (!isAllowed(event.url, devOrigin)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** The viewer needs no network at all. */
function isAllowed(url: string, devOrigin: string | null): boolean {
  const { protocol } = safeUrl(url);
  if ([`${SCHEME}:`, 'blob:', 'data:', 'devtools:'].includes(protocol)) return true;
  return devOrigin !== null && originOf(url).replace(/^ws/, 'http') === devOrigin;
}

function originOf(url: string): string {
  const { protocol, host } = safeUrl(url);
  return `${protocol}//${host}`;
}

function safeUrl(url: string): { protocol: string; host: string } {
  return URL.canParse(url) ? new URL(url) : { protocol: '', host: '' };
}
