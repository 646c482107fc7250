import { fileURLToPath } from 'node:url';

const at = (name) => fileURLToPath(new URL(`./${name}`, import.meta.url));

/**
 * What fontkit and pdfkit load at their start and a report does not need, or what Node does faster. By the names that they
 * import.
 */
const INSTEAD = {
  // Tables of fontkit's are inflated in JavaScript: a third of the time in which pdfkit loads.
  'tiny-inflate': at('native-inflate.cjs'),
  // 0.8 MB of dictionary, for WOFF 2; a report's fonts are WOFF 1.
  'brotli/decompress.js': at('no-brotli.mjs'),
  // For encrypted PDF; reports are not.
  '@noble/ciphers/aes': at('no-ciphers.mjs'),
};

/** Plugin of the build of `out/main`: puts modules of this folder in the place of packages. */
export function lighterPackages() {
  return {
    name: 'lighter-packages',
    enforce: 'pre',
    resolveId: (id) => INSTEAD[id] ?? null,
  };
}
