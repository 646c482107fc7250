import { createHmac, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { equal } from './equal';
import { problem, sendProblem } from './problem';
import { roleMay, roleOf, type Role, type RoleTokens } from './roles';
import { createTokenDelays } from './token-delays';

export interface GuardOptions {
  /** Address that the server binds to. */
  readonly host: string;
  /** Secret that every request must carry; null only on loopback, where the viewer then has a random one of its own. */
  readonly token: string | null;
  /** Tokens of programs that may ask less. */
  readonly roles?: RoleTokens;
}

export interface Guard {
  /** Refuses requests that may not be answered; registered before every route. */
  install(app: FastifyInstance): void;
  /** What the page is opened with: the token, or the random one in its place. */
  readonly pageToken: string;
  /** A word that opens the page a single time, for a place where others may read it. */
  oneTimeToken(): string;
  /**
   * What `GET /` answers with before the page: a redirect that takes the token out of the address and gives the session
   * for it, or a refusal; null where the page may be shown.
   */
  admitPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | null>;
  /** The token of a role that a request was let in with; null for whoever may ask for all. */
  askerOf(request: FastifyRequest): string | null;
  /** Whether a request may ask what only the viewer may ask. */
  hasSession(request: FastifyRequest): boolean;
}

const OPEN_THE_ADDRESS =
  'Open the address that Fiducial printed when it started; it holds the token.';

const SEND_THE_TOKEN = 'Send the token as "Authorization: Bearer TOKEN".';

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** @returns 256 random bits as text that goes into an address */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What every answer carries, Fastify's own and those below it included. */
export const GUARD_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/**
 * Who may ask. The server is for the person who started it: a page of another origin that the reader happens to have open
 * must not reach it, neither directly (Origin and Sec-Fetch-Site are checked) nor through a name that resolves to
 * 127.0.0.1 (DNS rebinding: Host is checked); nor may another user of the same machine have the viewer, whose session is
 * given for a token alone. A token that a person chose is wanted with every request: as `Authorization: Bearer`, or as the
 * session that the page got for `?token=`.
 */
export function createGuard({ host, token, roles = {} }: GuardOptions): Guard {
  const pageToken = token ?? randomToken();
  // Made of the token: a server that is started again with the same one knows its pages.
  const session = createHmac('sha256', pageToken).update('fiducial session').digest('base64url');
  const delays = createTokenDelays();
  const oneTime = new Set<string>();
  const askers = new WeakMap<FastifyRequest, string>();

  const hasSession = (request: FastifyRequest): boolean => {
    const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
    return cookies.some((cookie) => equal(cookie, `${cookieName(request)}=${session}`));
  };

  /**
   * Looks at a token that somebody sent, after a wait where this address has sent wrong ones; the tokens of roles are
   * guessed no faster than that of the page.
   * @returns whose it is, `page` for one that may do all
   */
  async function ownerOf(
    given: string,
    request: FastifyRequest,
    known: typeof roles = {},
  ): Promise<'page' | Role | null | 'too-many'> {
    let owner: 'page' | Role | null = null;
    const right = await delays.check(request.socket.remoteAddress ?? '', () => {
      owner = roleOf(given, known);
      if (equal(given, pageToken) || oneTime.delete(given)) owner = 'page';
      return owner !== null;
    });
    return right === 'too-many' ? right : owner;
  }

  async function refusalOfBearer(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | null> {
    const given = bearer(request);
    const owner = given === null ? null : await ownerOf(given, request, roles);
    if (owner === 'page') return null;
    if (owner === 'too-many') return tooMany(reply);
    if (owner === null) return refuse(reply, SEND_THE_TOKEN);
    askers.set(request, given!);
    return roleMay(owner, request) ? null : isForOthers(reply, owner);
  }

  return {
    pageToken,
    oneTimeToken() {
      const word = randomToken();
      oneTime.add(word);
      return word;
    },
    hasSession,
    askerOf: (request) => askers.get(request) ?? null,
    async admitPage(request, reply) {
      const asked = (request.query as { token?: unknown }).token;
      if (typeof asked === 'string') {
        const owner = await ownerOf(asked, request);
        if (owner === 'too-many') return tooMany(reply);
        if (owner === null) return refuse(reply, OPEN_THE_ADDRESS);
        return reply
          .header(
            'set-cookie',
            `${cookieName(request)}=${session}; Path=/; HttpOnly; SameSite=Strict`,
          )
          .redirect('/', 303);
      }
      if (hasSession(request)) return null;
      return bearer(request) === null
        ? refuse(reply, OPEN_THE_ADDRESS)
        : refusalOfBearer(request, reply);
    },
    install(app) {
      app.addHook('onRequest', async (request, reply) => {
        for (const [name, value] of Object.entries(GUARD_HEADERS)) reply.header(name, value);
        // Of several a proxy may believe another one (https://www.rfc-editor.org/rfc/rfc9112#section-3.2).
        if (request.raw.headersDistinct['host']?.length !== 1) {
          return sendProblem(reply, problem(400, 'A request names one host.', 'bad-input'));
        }
        if (!isServedHere(request.headers.host, host)) {
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
        if (token === null || isPage(request) || hasSession(request)) return undefined;
        return (await refusalOfBearer(request, reply)) ?? undefined;
      });
    },
  };
}

/** Cookies know no ports: two viewers on one machine would lock each other out under one name. */
function cookieName(request: FastifyRequest): string {
  return `fiducial_session_${request.socket.localPort}`;
}

function bearer(request: FastifyRequest): string | null {
  const [scheme, given = ''] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? given : null;
}

/** In the address only where a person opens it: addresses end up in histories and logs. */
function isPage(request: FastifyRequest): boolean {
  return request.method === 'GET' && request.url.split('?')[0] === '/';
}

function refuse(reply: FastifyReply, detail: string): FastifyReply {
  return sendProblem(reply, problem(401, detail, 'forbidden'));
}

function isForOthers(reply: FastifyReply, role: Role): FastifyReply {
  const detail = `The token of ${role} is for other addresses.`;
  return sendProblem(reply, problem(403, detail, 'forbidden'));
}

function tooMany(reply: FastifyReply): FastifyReply {
  reply.header('retry-after', '10');
  return sendProblem(reply, problem(429, 'Too many wrong tokens; wait a little.', 'busy'));
}

/** Browsers say where a request comes from; programs say nothing, and are let through. */
function sameOrigin(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    // A link from elsewhere to the page itself shows the page; nothing else may be reached from outside.
    if (!(isPage(request) && request.headers['sec-fetch-mode'] === 'navigate')) return false;
  }
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.host;
}

/** Name or address, and perhaps a port: other forms of an authority (user, path, octal numbers) are sent by no browser. */
const HOST_FORM = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

function isServedHere(header: string | undefined, host: string): boolean {
  const name = HOST_FORM.exec(header ?? '')?.[1]?.toLowerCase();
  if (name === undefined) return false;
  return isLoopback(host) ? isLoopback(name.replace(/^\[|\]$/g, '')) : true;
}
