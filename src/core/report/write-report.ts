import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import { err, ok, type Result } from '../../shared/domain';
import { drawFirstPage } from './first-page';
import { missingCharacters } from './fonts';
import { clock, COLOUR, MARGIN_MM, mm, paragraph, text, wrap, type Doc } from './layout';
import { drawNotes } from './notes-page';
import { drawStripPages } from './strip-pages';
import type { ReportData, ReportOptions } from './types';

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
  try {
    const written = pipeline(doc, createWriteStream(temporary));
    // A stream error surfaces at the await below; until then it must not count as unhandled.
    written.catch(() => undefined);
    doc.outline.addItem('Summary');
    drawFirstPage(doc, data, options);
    drawStripPages(doc, data, options, (strip, index) =>
      doc.outline.addItem(`${index + 1} ${strip.title} ${clock(strip.startS)}`),
    );
    drawNotes(doc, data, options, () => doc.outline.addItem('Notes'));
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

/** Page n/N on every page, and what the strips show and leave out. */
function drawFooters(doc: Doc, data: ReportData): number {
  const { start, count } = doc.bufferedPageRange();
  const style = { size: 6.4, colour: COLOUR.muted } as const;
  const missing =
    missingCharacters(doc).size > 0
      ? ' A box stands for a character that this report has no font for; the review keeps it.'
      : '';
  const wrapped = new Map<string, string[]>();
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    const width = doc.page.width / mm(1) - 2 * MARGIN_MM;
    const bottom = doc.page.height / mm(1) - 5.6;
    let lines = wrapped.get(doc.page.layout);
    if (page === start || !lines) {
      const note = page === start ? stripsNote(data, true) : stripsNote(data, false) + missing;
      lines = wrap(doc, note, width - 24, style, 3);
      if (page > start) wrapped.set(doc.page.layout, lines);
    }
    paragraph(doc, lines, MARGIN_MM, bottom - lines.length * 2.7, 2.7, style);
    text(doc, `page ${page - start + 1} / ${count}`, MARGIN_MM, bottom - 3, {
      size: 7,
      colour: COLOUR.muted,
      align: 'right',
      widthMm: width,
    });
  }
  return count;
}

/**
 * Nothing is left out in silence.
 * @param byKind also how many of each kind
 */
function stripsNote({ strips, leftOut, segments, decisions }: ReportData, byKind: boolean): string {
  const overruled = new Set(
    decisions.filter(({ decision }) => decision === 'overrule').map(({ segment }) => segment),
  );
  const struck = segments.filter(
    ({ index, verdict }) => verdict === 'Abnormal' && overruled.has(index),
  ).length;
  const count = leftOut.reduce((sum, { segments: left }) => sum + left, 0);
  const kinds = byKind
    ? `: ${leftOut.map(({ title, segments: left }) => `${left} × ${title}`).join(', ')}`
    : ' (page 1)';
  const overruledNote = struck > 0 ? ` ${struck} overruled by the reader have no strip.` : '';
  if (strips.length === 0) return `No strips.${overruledNote}`;
  const shown = strips.length === 1 ? '1 strip.' : `${strips.length} strips.`;
  if (!segments.some(({ verdict }) => verdict === 'Abnormal')) return shown;
  return count > 0
    ? `${shown} ${count} flagged segments are not, or not wholly, on them${kinds}.${overruledNote}`
    : `${shown} Every flagged segment that was not overruled is on them.${overruledNote}`;
}
