/**
 * `npm run pairs`: writes src/core/report/inter-pairs.ts, the shapes of letter pairs of the report's two fonts, from the
 * installed package of the fonts. Again with every new version of it (`quick-shaping.test.ts` says so).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import PDFDocument from 'pdfkit';
import { fontDigest, keptPairs } from '../src/core/report/known-pairs';
import { shapePair, type Shaper } from '../src/core/report/quick-shaping';
import { woffToSfnt } from '../src/core/report/woff';

const packages = { require: createRequire(import.meta.url) };

/** Glyph and advance of each pair as 16 bits each, little-endian, in base64. */
function packed(woff: Buffer): string {
  const doc = new PDFDocument({ autoFirstPage: false });
  doc.registerFont('font', woffToSfnt(woff)).font('font');
  const { font } = (doc as unknown as { _font: { font: Shaper } })._font;
  const values = keptPairs().flatMap((pair) => {
    const { glyphId, xAdvance } = shapePair(font, pair);
    return [glyphId, xAdvance];
  });
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => bytes.writeUInt16LE(value, 2 * i));
  return bytes.toString('base64');
}

const entries = [400, 600].map((weight) => {
  const name = `@fontsource/inter/files/inter-latin-${weight}-normal.woff`;
  const woff = readFileSync(packages.require.resolve(name));
  return `  // ${path.basename(name)}\n  '${fontDigest(woff)}':\n    '${packed(woff)}',\n`;
});
writeFileSync(
  path.resolve(import.meta.dirname, '../src/core/report/inter-pairs.ts'),
  `/** Shapes of the pairs of \`keptPairs\`, by the digest of the font's file. Written by \`npm run pairs\`. */
export const INTER_PAIRS: Readonly<Record<string, string>> = {\n${entries.join('')}};\n`,
);
