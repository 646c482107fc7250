import { protocol, type Session } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Host } from '../core/host';
import { PAGE_POLICY } from '../shared/transport/page-policy';

export const SCHEME = 'fiducial';
/** The viewer's own origin. */
export const APP_ORIGIN = `${SCHEME}://app`;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Must run before the app is ready, or the scheme has no origin and no secure context. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** A file to answer with. */
interface Served {
  readonly path: string;
  readonly mediaType: string;
}

/**
 * Serves the built viewer under `fiducial://app/`, what core made for a person under `documents/ID` there, and
 * nothing else.
 */
export function serveViewer(
  session: Session,
  rendererDir: string,
  host: Pick<Host, 'document'>,
): void {
  session.protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    const served = request.method === 'GET' ? await fileOf(url, rendererDir, host) : null;
    if (!served) return new Response('Not found', { status: 404 });
    try {
      return new Response(await readFile(served.path), {
        headers: {
          'content-type': served.mediaType,
          'content-security-policy': PAGE_POLICY,
          'x-content-type-options': 'nosniff',
        },
      });
    } catch {
      return new Response('Not found', { status: 404 });
    }
  });
}

async function fileOf(
  url: URL,
  rendererDir: string,
  host: Pick<Host, 'document'>,
): Promise<Served | null> {
  if (url.host !== 'app') return null;
  const [, documentId] = /^\/documents\/([\w-]+)$/.exec(url.pathname) ?? [];
  if (documentId === undefined) return viewerFile(rendererDir, url);
  const document = await host.document(documentId);
  return document.ok ? document.value : null;
}

/** The file of a request, or null when it points outside of the viewer's folder. */
function viewerFile(rendererDir: string, url: URL): Served | null {
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (name.includes('\0')) return null;
  const path = normalize(join(rendererDir, name === '/' ? 'index.html' : name));
  if (!path.startsWith(rendererDir + sep)) return null;
  return { path, mediaType: MEDIA_TYPES[extname(path)] ?? 'application/octet-stream' };
}
