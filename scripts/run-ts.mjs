/**
 * Runs a TypeScript file of this repository under plain Node:
 *
 *     node scripts/run-ts.mjs path/to/file.ts [arguments]
 *
 * The file and what it imports are bundled with Vite (packages stay external) as the product's own build
 * does, so that timings are those of the product. `import.meta.url`, `.dirname` and `.filename` keep the
 * place of the source, and the script sees its arguments from `process.argv[2]` on. A worker thread or child
 * process that a script starts is not bundled: start one from `out/`.
 */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleTs, root } from './bundle-ts.mjs';

const [file, ...args] = process.argv.slice(2);
if (!file) {
  console.error('usage: node scripts/run-ts.mjs path/to/file.ts [arguments]');
  process.exit(2);
}
const entry = resolve(file);
// Inside node_modules, so that the bundle finds the packages that it leaves external.
const outDir = resolve(root, 'node_modules/.cache/run-ts', String(process.pid));
process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));
const script = await bundleTs(entry, outDir);
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], entry, ...args];
await import(pathToFileURL(script).href);
