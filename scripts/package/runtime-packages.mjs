import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `from 'x'`, `import('x')`, `require('x')`, `require.resolve('x')`, also in what a minifier leaves. */
const IMPORT = /\b(?:from|import|require|resolve)\s*\(?\s*["'`](@[\w.-]+\/[\w.-]+|[a-z][\w.-]*)/g;

/** Names of the packages that the built programs (out/main) import. */
export function importedPackages(root) {
  const names = new Set();
  const main = join(root, 'out', 'main');
  for (const file of readdirSync(main, { recursive: true }).filter((name) => /\.js$/.test(name))) {
    const code = readFileSync(join(main, file), 'utf8');
    for (const [, name] of code.matchAll(IMPORT)) names.add(name);
  }
  return names;
}

/**
 * Those packages and all that they depend on, by the lockfile.
 * @param names further names are passed over: a word of the code that looks like an import
 * @returns names; `optional` are those that not every system has
 */
export function withDependencies(root, names) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const paths = new Set();
  const need = (path) => {
    if (path === null || paths.has(path)) return;
    paths.add(path);
    const { dependencies, optionalDependencies } = packages[path];
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      need(find(packages, path, name));
    }
  };
  for (const name of names) need(find(packages, '', name));
  const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const chosen = (isOptional) =>
    new Set(
      [...paths].filter((path) => Boolean(packages[path].optional) === isOptional).map(nameOf),
    );
  return { required: chosen(false), optional: chosen(true) };
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
