import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pipeline } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import { err, ok, type Result } from '../../shared/domain';
import { drawFirstPage } from './first-page';
import { clock, COLOUR, FONT, MARGIN_MM, mm, text, type Doc } from './layout';
import { drawStripPages } from './strip-pages';
import type { ReportData, ReportOptions } from './types';

// Not `require`: electron-vite puts a constant of that name into every ES module it builds.
const packages = createRequire(import.meta.url);

/**
 * Writes the report as PDF 1.7: vector, fonts embedded, text selectable, one bookmark a strip.
 * The file appears under its name only when it is complete.
 * @param path where the report goes; an older file there is replaced at the end, or not at all
 * @returns the number of pages; `not-writable` when the target cannot be written (nothing is left behind)
 */
export async function writeReport(
  data: ReportData,
  options: ReportOptions,
  path: string,
): Promise<Result<{ pages: number }>> {
  const temporary = `${path}.${process.pid}.part`;
  const doc: Doc = new PDFDocument({
    size: options.paper,
    margin: 0,
    bufferPages: true,
    pdfVersion: '1.7',
    info: {
      Title: options.identity ? `ECG review ${data.recording.name}` : 'ECG review',
      Creator: `Fiducial ${data.version}`,
      CreationDate: new Date(data.createdAtMs),
    },
  });
  doc.registerFont(
    FONT.regular,
    packages.resolve('@fontsource/inter/files/inter-latin-400-normal.woff'),
  );
  doc.registerFont(
    FONT.bold,
    packages.resolve('@fontsource/inter/files/inter-latin-600-normal.woff'),
  );
  try {
    const written = pipeline(doc, createWriteStream(temporary));
    // A stream error surfaces at the await below; until then it must not count as unhandled.
    written.catch(() => undefined);
    doc.font(FONT.regular);
    doc.outline.addItem('Summary');
    drawFirstPage(doc, data, options);
    drawStripPages(doc, data, options, (strip, index) =>
      doc.outline.addItem(`${index + 1} ${strip.title} ${clock(strip.startS)}`),
    );
    const pages = drawFooters(doc, data);
    doc.end();
    await written;
    await rename(temporary, path);
    return ok({ pages });
  } catch (cause) {
    await rm(temporary, { force: true });
    const error = cause as NodeJS.ErrnoException;
    if (!error.code) throw cause;
    return err('not-writable', `The report ${path} cannot be written: ${error.message}.`);
  }
}

/** Page n/N on every page, and what was left out of the strips on each page that has strips. */
function drawFooters(doc: Doc, data: ReportData): number {
  const { start, count } = doc.bufferedPageRange();
  const left = data.leftOut.map(({ title, segments }) => `${segments} × ${title}`).join(', ');
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    const width = doc.page.width / mm(1) - 2 * MARGIN_MM;
    const y = doc.page.height / mm(1) - 8;
    const note = left
      ? `${data.strips.length} strips shown; flagged segments without a strip of their own: ${left}`
      : `${data.strips.length} strips: every flagged segment is shown`;
    text(doc, data.strips.length + data.leftOut.length > 0 ? note : '', MARGIN_MM, y, {
      size: 6.5,
      colour: COLOUR.muted,
      widthMm: width - 40,
    });
    text(doc, `page ${page - start + 1} / ${count}`, MARGIN_MM, y, {
      size: 7,
      colour: COLOUR.muted,
      align: 'right',
      widthMm: width,
    });
  }
  return count;
}
