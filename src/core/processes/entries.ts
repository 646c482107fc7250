import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Path of a built entry in `out/main`. This file may itself be bundled into an entry, into a chunk beside
 * them, or run from its source.
 */
export function entryPath(name: 'engine' | 'inference' | 'scan-processor' | 'worker'): string {
  const candidates = [here, join(here, '..'), join(projectDir(), 'out', 'main')];
  const dir = candidates.find((candidate) => existsSync(join(candidate, `${name}.js`)));
  if (!dir) throw new Error(`${name}.js is not built: run "npm run build".`);
  return join(dir, `${name}.js`);
}

/** The folder that holds package.json: the repository, or the packaged application. */
export function projectDir(): string {
  let dir = here;
  while (!existsSync(join(dir, 'package.json'))) {
    const parent = dirname(dir);
    if (parent === dir) throw new Error(`There is no package.json above ${here}.`);
    dir = parent;
  }
  return dir;
}
