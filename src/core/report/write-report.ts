import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import { ok, type Result } from '../../shared/domain';
import { wordsIn } from '../../shared/words';
import { writeFailure } from '../base/file-failure';
import { writeThrough } from '../base/write-through';
import { drawCautions } from './cautions-block';
import { compressPages } from './compress-pages';
import { drawConclusion } from './conclusion-block';
import { drawEnd, followingMm } from './end-matter';
import { missingCharacters } from './fonts';
import { drawHours } from './hours-table';
import { drawIdentity } from './identity-block';
import type { Doc } from './doc';
import { COLOUR, text } from './layout';
import { addPage, drawFooters, type Flow } from './page-frame';
import { MARGIN_MM } from './page-size';
import { drawReaderLine } from './reader-line';
import { drawStrips } from './strips';
import { drawSummary } from './summary-table';
import { endTags } from './tags';
import { drawTwelveLeads } from './twelve-lead-page';
import type { ReportData, ReportOptions } from './types';
import { drawWholeRecording } from './whole-recording';

/** Shorter recordings are seen whole on their strips, and have no hours. */
const LEAST_WHOLE_S = 60;
const LEAST_HOURS_S = 600;

/**
 * Writes the report as tagged PDF 1.7: vector, fonts embedded, text selectable, headings, tables and figures named for
 * a screen reader, one bookmark a strip. The file appears under its name only when it is complete.
 * @param path where the report goes; an older file there is replaced at the end, or not at all
 * @returns the number of pages; `not-writable` when the target cannot be written (nothing is left behind)
 */
export async function writeReport(
  data: ReportData,
  options: ReportOptions,
  path: string,
): Promise<Result<{ pages: number }>> {
  const words = wordsIn(data.language);
  const title = options.identity
    ? words.say('reportPages.title', { name: data.recording.name })
    : words.say('reportPages.titleAlone');
  const doc: Doc = new PDFDocument({
    autoFirstPage: false,
    bufferPages: true,
    // None that every reader has: pdfkit would load one of those for nothing.
    font: '',
    pdfVersion: '1.7',
    tagged: true,
    lang: data.language,
    displayTitle: true,
    info: {
      Title: title,
      Creator: `Fiducial ${data.version}`,
      CreationDate: new Date(data.createdAtMs),
    },
  });
  try {
    drawReport({ doc, data, options, words, y: 0, width: 0, bottom: 0 });
    const pages = drawFooters(doc, data, options);
    endTags(doc);
    await compressPages(doc);
    doc.end();
    await writeThrough(path, (part) => pipeline(doc, createWriteStream(part)));
    return ok({ pages });
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException;
    if (!error.code) throw cause;
    return writeFailure(`The report ${path}`, cause);
  }
}

/** Page 1 is the answer; hours, strips and what they rest on follow. */
function drawReport(flow: Flow): void {
  const { doc, words } = flow;
  addPage(flow);
  doc.outline.addItem(words.say('reportSummary.title'));
  drawIdentity(flow);
  drawConclusion(flow);
  drawCautions(flow);
  drawSummary(flow);
  drawReaderLine(flow);
  const { durationS } = flow.data.recording;
  if (durationS >= LEAST_WHOLE_S) drawWholeRecording(flow);
  const endMm = followingMm(flow);
  const hasHours = durationS >= LEAST_HOURS_S;
  const next = drawStrips(flow, 0, true, hasHours ? 0 : endMm);
  if (hasHours) drawHours(flow, next === flow.data.strips.length ? endMm : 0);
  drawStrips(flow, next, false, endMm);
  drawEnd(flow);
  if (missingCharacters(doc).size > 0) {
    text(doc, words.say('reportPages.noFont'), MARGIN_MM, flow.y, {
      size: 6.3,
      colour: COLOUR.muted,
    });
  }
  drawTwelveLeads(flow);
}
