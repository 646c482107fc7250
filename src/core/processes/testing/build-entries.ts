import { mkdirSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const ROOT = resolve(import.meta.dirname, '../../../..');
const SOURCES = {
  engine: 'src/core/processes/engine.ts',
  inference: 'src/core/processes/inference.ts',
  worker: 'src/core/processes/worker.ts',
} as const;

/**
 * Bundles entries of processes for a test as the product's build does, into a folder of their own inside the
 * build folder, from where they find node_modules.
 * @returns the folder; each entry lies in it as `name.js`
 */
export async function buildEntries(...names: (keyof typeof SOURCES)[]): Promise<string> {
  const parent = join(ROOT, 'out', 'test');
  mkdirSync(parent, { recursive: true });
  const outDir = await mkdtemp(join(parent, 'entries-'));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [name, join(ROOT, SOURCES[name])])),
        output: { entryFileNames: '[name].js', format: 'es' },
      },
    },
  });
  return outDir;
}
