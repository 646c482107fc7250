import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import { lighterPackages } from './scripts/build/lighter-packages.mjs';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** Packages of many small modules: reading them one by one is half of the start of every process. */
const BUNDLED = [
  'zod',
  'hyparquet',
  'hyparquet-writer',
  'intl-messageformat',
  'lru-cache',
  'commander',
  'saxes',
  'yauzl',
  'yazl',
  'papaparse',
  'dicom-parser',
  'pdfkit',
];

const DOMAIN = /src\/(shared\/domain|core\/base\/(file-failure|stated-path|recording-id))/;
interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** Whether a module of the domain declares schemas, or imports one that does. The face of the domain is none that does. */
function needsSchemas(id: string, modules: Modules): boolean {
  if (/\/node_modules\/zod\//.test(id)) return true;
  if (!DOMAIN.test(id) || id.endsWith('/domain/index.ts')) return false;
  return (modules.getModuleInfo(id)?.importedIds ?? []).some((one) => needsSchemas(one, modules));
}

/**
 * Small modules that nearly always load together are one file each: finding a file takes longer than reading it. Those of the
 * domain are two: threads that draw or look for beats, and the process of the networks, check no request, and to read and
 * make the schemas was a third of their start.
 */
const TOGETHER = [
  {
    name: (id: string, modules: Modules) =>
      DOMAIN.test(id) && !needsSchemas(id, modules) ? 'domain' : null,
  },
  { name: 'schemas', test: DOMAIN },
  { name: 'dsp', test: /src\/core\/dsp\// },
  { name: 'beats', test: /src\/core\/beats\/(features|quality|delineation|[\w-]+\.ts)/ },
];

/** How long plug-ins took is no warning to who starts the program. */
const checks = { pluginTimings: false };

/**
 * One build for all three doors: `out/main` holds the Electron main entry and, beside it, the entries that
 * Node starts without Electron (cli, engine, inference, worker, scan-processor). The renderer bundle is shared by Electron
 * and the browser host.
 */
export default defineConfig({
  main: {
    plugins: [lighterPackages()],
    build: {
      outDir: 'out/main',
      externalizeDeps: { exclude: BUNDLED },
      rollupOptions: {
        checks,
        // A module of ours is only what it exports: who takes one name of a face of core loads no other.
        treeshake: { moduleSideEffects: (id, external) => external || !id.startsWith(at('src')) },
        output: { codeSplitting: { groups: TOGETHER } },
        input: {
          index: at('src/main/index.ts'),
          cli: at('src/cli/index.ts'),
          engine: at('src/core/processes/engine.ts'),
          inference: at('src/core/processes/inference.ts'),
          worker: at('src/core/processes/worker.ts'),
          'scan-processor': at('src/cli/scan-processor.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload must be CommonJS, and self-contained.
      rollupOptions: {
        checks,
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
      externalizeDeps: false,
    },
  },
  renderer: {
    root: at('src/renderer'),
    // electron-vite looks for .env files in the repository's root, not in the renderer's.
    envDir: at('src/renderer'),
    build: {
      outDir: at('out/renderer'),
      rollupOptions: { checks, input: at('src/renderer/index.html') },
    },
    plugins: [vue()],
  },
});
