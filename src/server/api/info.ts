import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { Models } from '../../core/analysis/models';
import { problemOf, sendProblem } from '../problem';

export interface InfoOptions {
  readonly models: Models;
  readonly version: string;
  /** Whether the viewer's engine answers; null where there is no viewer. */
  readonly engineIsUp: (() => boolean) | null;
}

/** `GET /models` and `GET /healthz`. */
export async function infoRoutes(
  app: FastifyInstance,
  { models, version, engineIsUp }: InfoOptions,
): Promise<void> {
  app.get(
    '/models',
    { schema: { summary: 'The models and their cards', tags: ['models'] } },
    async (_request, reply) => {
      const list = await models.list();
      if (!list.ok) return sendProblem(reply, problemOf(list.error));
      return {
        models: list.value.map(({ card }) => card),
        default: await models.defaultModelId(),
        refused: (await models.refused()).length,
      };
    },
  );
  app.get(
    '/healthz',
    { schema: { summary: 'Whether the server is up', tags: ['server'] } },
    async (_request, reply) => {
      const isUp = engineIsUp?.() ?? true;
      // Whoever watches over a service looks at the status alone.
      if (!isUp) reply.code(503).header('retry-after', '5');
      const status = isUp ? 'ok' : 'the engine does not answer or is being started';
      return { status, version, uptime_s: Math.round(process.uptime()) };
    },
  );
}

/** Must come before the routes that it describes. The pages need nothing from outside. */
export async function registerDocs(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.0.3',
      info: {
        title: 'Fiducial predict API',
        version,
        description: 'Research and education only; not a medical device.',
      },
    },
    // The viewer's own requests are no public interface.
    hideUntagged: true,
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
  app.get('/openapi.json', async () => app.swagger());
}
