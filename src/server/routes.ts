import type { FastifyInstance } from 'fastify';

/** Longest method or id in an address; what is longer names nothing. */
export const LONGEST_PARAMETER = 300;

/**
 * Remembers which routes there are, so that a wrong method is told from an address where nothing is.
 * @returns the methods that are answered at a path, sorted; none where nothing is
 */
export function rememberRoutes(app: FastifyInstance): (path: string) => readonly string[] {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    // Files below a folder: whether one is there, only a look can tell.
    if (url.includes('*')) return;
    const literal = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    routes.push({
      pattern: new RegExp(`^${literal.replace(/:\w+/g, `[^/]{1,${LONGEST_PARAMETER}}`)}$`),
      methods: [method].flat(),
    });
  });
  return (path) => {
    const here = routes.filter(({ pattern }) => pattern.test(path));
    return [...new Set(here.flatMap(({ methods }) => methods))].sort();
  };
}
