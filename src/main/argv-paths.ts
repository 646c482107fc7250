import { resolve } from 'node:path';

/**
 * Paths of records and folders on a command line.
 * @param argv as the process got it: the executable, the application's folder when `electron` was started with
 *   one (`defaultApp`), then options and paths
 * @param cwd what relative paths start from
 */
export function pathsOfArgv(argv: readonly string[], cwd: string, defaultApp: boolean): string[] {
  const rest = argv.slice(1);
  const app = defaultApp ? rest.findIndex((arg) => !arg.startsWith('-')) : -1;
  return rest
    .slice(app + 1)
    .filter((arg) => arg !== '' && !arg.startsWith('-'))
    .map((arg) => resolve(cwd, arg));
}
