import type { App, Session } from 'electron';

/**
 * Fiducial asks nobody anything. What a page could ask for is refused by `lockDown`; this is about what Chromium
 * asks for by itself, past the session's own filters. Two steps, since one has to come before the application is
 * ready and the other cannot.
 */

/**
 * The belt, before ready: no name leads anywhere, whoever asks for it.
 * @param devUrl address of the development server, the one exception; absent in a build
 */
export function resolveNoNames(app: App, devUrl: string | undefined): void {
  const except = devUrl ? `, EXCLUDE ${new URL(devUrl).hostname}` : '';
  app.commandLine.appendSwitch('host-resolver-rules', `MAP * ~NOTFOUND${except}`);
}

/** At ready, before the first window. */
export function askNobody(app: App, session: Session): void {
  // The spell checker fetches its dictionary from a public host even where `spellcheck` is off for every window.
  session.setSpellCheckerLanguages([]);
  // Providers of DNS over HTTPS are probed for. Electron before 16 knew neither them nor this.
  app.configureHostResolver?.({ secureDnsMode: 'off', enableBuiltInResolver: false });
  // The system's proxy settings may say "detect", which asks the network.
  session.setProxy({ mode: 'direct' }).catch((error: unknown) => {
    console.error('fiducial: the proxy settings stay as the system has them:', error);
  });
}
