import { mkdtemp } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

/**
 * Bundles one entry of a process for a test, into the build folder so that it finds node_modules.
 * @returns path of the built file
 */
export async function buildEntry(source: string): Promise<string> {
  const root = resolve(import.meta.dirname, '../../../..');
  const parent = join(root, 'out', 'test');
  mkdirSync(parent, { recursive: true });
  const outDir = await mkdtemp(join(parent, 'entry-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: resolve(root, source),
      outDir,
      emptyOutDir: false,
      minify: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'entry.js', format: 'es' } },
    },
  });
  return join(outDir, 'entry.js');
}
