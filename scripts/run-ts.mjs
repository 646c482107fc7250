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
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const [file, ...args] = process.argv.slice(2);
if (!file) {
  console.error('usage: node scripts/run-ts.mjs path/to/file.ts [arguments]');
  process.exit(2);
}
const entry = resolve(file);
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
// Inside node_modules, so that the bundle finds the packages that it leaves external.
const outDir = resolve(root, 'node_modules/.cache/run-ts', String(process.pid));

/** Bundling moves modules: write the place of each source into it before. */
const keepImportMeta = {
  name: 'keep-import-meta',
  transform(code, id) {
    const path = id.split('?')[0];
    if (!code.includes('import.meta.') || path.includes('node_modules')) return null;
    return {
      code: code
        .replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(path).href))
        .replaceAll(/\bimport\.meta\.dirname\b/g, JSON.stringify(dirname(path)))
        .replaceAll(/\bimport\.meta\.filename\b/g, JSON.stringify(path)),
      map: null, // lines stay where they are
    };
  },
};

mkdirSync(outDir, { recursive: true });
process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));
await build({
  root,
  configFile: false,
  logLevel: 'error',
  plugins: [keepImportMeta],
  build: {
    ssr: entry,
    outDir,
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    sourcemap: 'inline',
    rolldownOptions: {
      // Packages by name stay imports, also for a script that lies outside the repository.
      external: (id) => /^(node:|@?\w)/.test(id) && !isAbsolute(id),
      output: { entryFileNames: 'script.mjs', chunkFileNames: '[name].mjs' },
    },
  },
});
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], entry, ...args];
await import(pathToFileURL(resolve(outDir, 'script.mjs')).href);
