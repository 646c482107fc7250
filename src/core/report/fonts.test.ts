import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { textRuns } from './fonts';
import { HAS_PDFTOTEXT, textOf } from './testing/pdf-text';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'fiducial-fonts-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A document of this text alone, as another program reads it. */
async function readBack(content: string): Promise<string> {
  const path = join(folder, 'text.pdf');
  const file = createWriteStream(path);
  const doc = new PDFDocument();
  doc.pipe(file);
  for (const run of textRuns(doc, content, false)) doc.font(run.font).text(run.content);
  doc.end();
  await finished(file);
  return textOf(path).trim();
}

it.skipIf(!HAS_PDFTOTEXT)(
  'a document’s text is its own, whatever the document before it held (needs pdftotext)',
  async () => {
    // Two characters of one glyph: fonts are kept from one document to the next, and with them what glyphs stand for.
    expect(await readBack('Oʼ Neill')).toMatch(/^O. Neill$/);
    expect(await readBack('the reader’s 7:30, 12 beats')).toBe('the reader’s 7:30, 12 beats');
    expect(await readBack('Δ Ж 7')).toContain('Ж');
  },
);
