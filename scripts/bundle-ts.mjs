/**
 * Bundles a TypeScript file of this repository for plain Node, as `scripts/run-ts.mjs` does before it runs one:
 *
 *     node scripts/bundle-ts.mjs path/to/file.ts FOLDER
 *
 * makes FOLDER/script.mjs. The folder has to lie inside `node_modules`: packages stay external and are found from there.
 * `import.meta.url`, `.dirname` and `.filename` keep the place of the source.
 */
import { mkdirSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

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

/** @returns the path of the bundle in a folder, which is made */
export async function bundleTs(entry, outDir) {
  mkdirSync(outDir, { recursive: true });
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
  return resolve(outDir, 'script.mjs');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, outDir] = process.argv.slice(2);
  if (!file || !outDir) {
    console.error('usage: node scripts/bundle-ts.mjs path/to/file.ts FOLDER');
    process.exit(2);
  }
  await bundleTs(resolve(file), resolve(outDir));
}
