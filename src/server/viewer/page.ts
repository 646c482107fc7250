import { existsSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { PAGE_POLICY } from '../../shared/transport/page-policy';
import type { Guard } from '../guard';

/** The viewer itself: the bundle that Electron loads too. */
export async function pageRoutes(
  app: FastifyInstance,
  { rendererDir, guard }: { rendererDir: string; guard: Guard },
): Promise<void> {
  if (!existsSync(join(rendererDir, 'index.html'))) {
    throw new Error(`The viewer is not built (${rendererDir}): run "npm run build".`);
  }
  await app.register(staticFiles, {
    root: rendererDir,
    index: false,
    // Names of built files hold a hash of their content, but the page that names them changes.
    cacheControl: false,
  });
  app.get('/', async (request, reply) => {
    const instead = await guard.admitPage(request, reply);
    return instead ?? reply.header('content-security-policy', PAGE_POLICY).sendFile('index.html');
  });
}
