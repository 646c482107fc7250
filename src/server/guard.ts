import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem, sendProblem } from './problem';

export interface GuardOptions {
  /** Address that the server binds to. */
  readonly host: string;
  /** Secret that every request must carry; null only on loopback. */
  readonly token: string | null;
}

export interface Guard {
  /** Refuses requests that may not be answered; registered before every route. */
  install(app: FastifyInstance): void;
  /** `Set-Cookie` of the viewer's session: given out with the page, wanted with everything it asks. */
  readonly sessionCookie: string;
  hasSession(request: FastifyRequest): boolean;
}

const COOKIE = 'fiducial_session';

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Who may ask. The server is for this machine: a page of another origin that the reader happens to have open
 * must not reach it, neither directly (Origin and Sec-Fetch-Site are checked) nor through a name that resolves to
 * 127.0.0.1 (DNS rebinding: Host is checked). With a token, every request must carry it: as `Authorization:
 * Bearer`, or as the session cookie that the page got for `?token=`.
 */
export function createGuard({ host, token }: GuardOptions): Guard {
  const session = randomBytes(32).toString('base64url');
  const sessionCookie = `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Strict`;

  const hasSession = (request: FastifyRequest): boolean => {
    const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
    return cookies.some((cookie) => equal(cookie, `${COOKIE}=${session}`));
  };
  const hasToken = (request: FastifyRequest): boolean => {
    if (token === null) return true;
    const [scheme, given = ''] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() === 'bearer' && equal(given, token)) return true;
    const asked = (request.query as { token?: unknown } | undefined)?.token;
    // In the address only where a person types it: addresses end up in histories and logs.
    const isPage = request.method === 'GET' && request.url.split('?')[0] === '/';
    if (isPage && typeof asked === 'string' && equal(asked, token)) return true;
    return hasSession(request);
  };

  return {
    sessionCookie,
    hasSession,
    install(app) {
      app.addHook('onRequest', async (request, reply) => {
        const name = hostName(request.headers.host);
        const expected = isLoopback(host) ? isLoopback(name) : name !== '';
        if (!expected) {
          return sendProblem(
            reply,
            problem(421, 'This host name is not served here.', 'forbidden'),
          );
        }
        if (!sameOrigin(request)) {
          return sendProblem(
            reply,
            problem(403, 'Requests from pages of another origin are refused.', 'forbidden'),
          );
        }
        if (!hasToken(request)) {
          return sendProblem(
            reply,
            problem(401, 'Send the token as "Authorization: Bearer TOKEN".', 'forbidden'),
          );
        }
        return undefined;
      });
      app.addHook('onSend', async (_request, reply) => {
        reply.header('x-content-type-options', 'nosniff');
        reply.header('referrer-policy', 'no-referrer');
        reply.header('cross-origin-resource-policy', 'same-origin');
        if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
      });
    },
  };
}

/** Browsers say where a request comes from; programs say nothing, and are let through. */
function sameOrigin(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    // A link from elsewhere to the page itself shows the page; nothing else may be reached from outside.
    const isPage = request.method === 'GET' && request.url.split('?')[0] === '/';
    if (!(isPage && request.headers['sec-fetch-mode'] === 'navigate')) return false;
  }
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.host;
}

function hostName(header: string | undefined): string {
  if (header === undefined || !URL.canParse(`http://${header}`)) return '';
  return new URL(`http://${header}`).hostname.replace(/^\[|\]$/g, '');
}

/** In the same time whatever the difference. */
function equal(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
