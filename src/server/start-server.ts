import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type { AddressInfo } from 'node:net';
import type { Host } from '../core/host';
import type { Admitted } from '../shared/contract';
import { infoRoutes, registerDocs } from './api/info';
import {
  PREDICT_LIMITS,
  predictRoute,
  type PredictEngine,
  type PredictLimits,
} from './api/predict';
import type { SharedJobs } from './api/queued-jobs';
import { answerClientError, answerErrors, frameworkError, logAnswers } from './answer-errors';
import { createGuard, isLoopback, type Guard } from './guard';
import { createMetrics } from './metrics';
import { problem, sendProblem } from './problem';
import type { RoleTokens } from './roles';
import { LONGEST_PARAMETER } from './routes';
import { createTracing } from './tracing';
import { eventRoutes } from './viewer/events';
import { fileRoutes } from './viewer/files';
import { pageRoutes } from './viewer/page';
import { rpcRoutes } from './viewer/rpc';

export interface ViewerOptions {
  readonly host: Host;
  readonly root: string | null;
  readonly uploadDir: string;
  readonly rendererDir: string;
  readonly opened: () => Admitted | null;
}

export interface ServerOptions {
  readonly address: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Wanted with every request; may be null on loopback only, where the viewer then has a random one of its own. */
  readonly token: string | null;
  readonly version: string;
  /** The browser host; null serves the API alone. */
  readonly viewer: ViewerOptions | null;
  readonly engine: () => PredictEngine;
  readonly limits?: Partial<PredictLimits>;
  /** One line per answered request: method, route, status, time. Never an address, a name or a query. */
  readonly log?: (line: string) => void;
  readonly logFormat?: 'text' | 'json';
  /** Tokens of programs that may ask less than everything; only with a token. */
  readonly roles?: RoleTokens;
  /** Where jobs wait that any of several servers may answer; absent: in this process, and they end with it. */
  readonly shared?: SharedJobs;
  /** Where spans go and which (`OTEL_*`); absent: nowhere. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Server {
  /** Where it listens, as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** What the viewer is opened with, as `?token=`. */
  readonly pageToken: string;
  /** The same for a single opening: where the address can be read by others, as in the list of processes. */
  oneTimeToken(): string;
  /** Stops taking requests, lets those under way finish for a while, then ends. */
  close(): Promise<void>;
}

/** A request must have arrived within this time: a body that drips in for ever holds no place. */
const REQUEST_TIMEOUT_MS = 120_000;
const CLOSE_GRACE_MS = 10_000;

/**
 * Schemas of routes are for the documentation: what comes is checked where it is read, and what goes is text, a stream or a
 * line of JSON. To load and compile checks of them was a fifth of the server's start.
 */
const DOCUMENTED_ALONE = {
  compilersFactory: {
    buildValidator: () => () => () => true,
    buildSerializer: () => () => (value: unknown) => JSON.stringify(value),
  },
  // Its types are those of the libraries that are not loaded.
} as unknown as NonNullable<FastifyServerOptions['schemaController']>;

/** @throws Error when the address is not loopback and there is no token, the port is taken, the queue cannot be had, or spans cannot be sent as asked */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { address, port, token } = options;
  if (!isLoopback(address) && token === null) {
    throw new Error(`Serving on ${address} needs a token (--token): others can reach it.`);
  }
  const tracing = await createTracing(options.env ?? {}, options.version);
  if (!tracing.ok) throw new Error(tracing.error.message);
  const app = Fastify({
    logger: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    // Node would refuse what names no host by itself, with none of our headers: the guard does.
    http: { requireHostHeader: false },
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    schemaController: DOCUMENTED_ALONE,
    frameworkErrors: frameworkError,
    clientErrorHandler: answerClientError,
  });
  // No route takes these, and parsing them would hold up everybody.
  app.removeContentTypeParser(['application/json', 'text/plain']);
  const guard = createGuard({ host: address, token, roles: options.roles ?? {} });
  const underWay = countRequests(app);
  tracing.value.install(app);
  guard.install(app);
  answerErrors(app);
  if (options.log) logAnswers(app, options.log, options.logFormat);
  await registerDocs(app, options.version);
  const metrics = createMetrics();
  metrics.install(app);
  await app.register(infoRoutes, {
    models: options.engine().models,
    version: options.version,
    engineIsUp: options.viewer && options.viewer.host.isUp,
  });
  await app.register(predictRoute, {
    engine: options.engine,
    limits: { ...PREDICT_LIMITS, ...options.limits },
    metrics,
    tracing: tracing.value,
    askerOf: guard.askerOf,
    version: options.version,
    shared: options.shared ?? null,
  });
  if (options.viewer) await app.register(viewerRoutes, { viewer: options.viewer, guard });

  await app.listen({ host: address, port });
  const bound = app.server.address() as AddressInfo;
  const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return {
    url: `http://${name}:${bound.port}`,
    pageToken: guard.pageToken,
    oneTimeToken: guard.oneTimeToken,
    async close() {
      const forceAtMs = performance.now() + CLOSE_GRACE_MS;
      // Kept-alive connections on which nothing is asked any more would hold the server open.
      const idle = setInterval(() => {
        if (underWay() === 0 || performance.now() > forceAtMs) app.server.closeAllConnections();
      }, 25);
      await app.close();
      clearInterval(idle);
      await tracing.value.close();
    },
  };
}

async function viewerRoutes(
  app: FastifyInstance,
  { viewer, guard }: { viewer: ViewerOptions; guard: Guard },
): Promise<void> {
  await app.register(pageRoutes, { rendererDir: viewer.rendererDir, guard });
  await app.register(async (inner: FastifyInstance) => {
    // What the page asks, only the page may ask: another program on this machine has no session.
    inner.addHook('onRequest', async (request, reply) =>
      guard.hasSession(request)
        ? undefined
        : sendProblem(
            reply,
            problem(401, 'Open the viewer first: it has the session.', 'forbidden'),
          ),
    );
    await inner.register(rpcRoutes, viewer);
    await inner.register(eventRoutes, viewer);
    await inner.register(fileRoutes, viewer);
  });
}

/** @returns how many requests are being answered */
function countRequests(app: FastifyInstance): () => number {
  let count = 0;
  app.addHook('onRequest', (_request, reply, done) => {
    count += 1;
    reply.raw.once('close', () => (count -= 1));
    done();
  });
  return () => count;
}
