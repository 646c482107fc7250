import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `from 'x'`, `import('x')`, `require('x')`, `require.resolve('x')`, also in what a minifier leaves. */
const IMPORT = /\b(?:from|import|require|resolve)\s*\(?\s*["'`](@[\w.-]+\/[\w.-]+|[a-z][\w.-]*)/g;

/**
 * Packages that the built programs (out/main) import, and all that those depend on: what has to be in the application,
 * by the lockfile.
 * @returns paths as in the lockfile, `node_modules/a/node_modules/b`
 */
export function runtimePackages(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const needed = new Set();
  const need = (path) => {
    if (path === null || needed.has(path)) return;
    needed.add(path);
    const { dependencies, optionalDependencies } = packages[path];
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      need(find(packages, path, name));
    }
  };
  const main = join(root, 'out', 'main');
  for (const file of readdirSync(main, { recursive: true }).filter((name) => /\.js$/.test(name))) {
    const code = readFileSync(join(main, file), 'utf8');
    for (const [, name] of code.matchAll(IMPORT)) need(find(packages, '', name));
  }
  return needed;
}

/** The package that an import in `from` leads to, as Node looks for it. */
function find(packages, from, name) {
  for (let dir = from; ; dir = dir.slice(0, dir.lastIndexOf('/node_modules/'))) {
    const path = `${dir === '' ? '' : `${dir}/`}node_modules/${name}`;
    if (packages[path] && !packages[path].dev) return path;
    if (!dir.includes('/node_modules/')) {
      if (dir === '') return null;
      const top = `node_modules/${name}`;
      return packages[top] && !packages[top].dev ? top : null;
    }
  }
}
