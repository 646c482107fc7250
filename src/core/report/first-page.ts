import { drawCarpet, drawHeartRate } from './carpet';
import { duration } from './duration';
import { drawFindings } from './findings-table';
import {
  COLOUR,
  heading,
  MARGIN_MM,
  mm,
  PAPER_MM,
  paragraph,
  rule,
  text,
  wrap,
  type Doc,
} from './layout';
import { aroundPaperMm, cropStrip, drawStrip } from './strip';
import { paperForMm } from './strip-leads';
import { drawTiles } from './summary-tiles';
import type { ReportData, ReportOptions, ReportStrip, StripLead } from './types';

/** Room for a name by hand above the line. */
const SIGN_MM = 8;
const SMALL = { size: 6.4, colour: COLOUR.muted } as const;
const SMALL_LINE_MM = 2.8;
const LETTERS = 'N normal · S supraventricular · V ventricular · F fusion · Q unclassified';
/** Paper of an example at the least: 20 mm for its one lead. */
const LEAST_PAPER_MM = 20;

/** Page 1: the answer. Everything that fits on it is a total; nothing on it needs another page. */
export function drawFirstPage(doc: Doc, data: ReportData, options: ReportOptions): void {
  const page = PAPER_MM[options.paper];
  const width = page.width - 2 * MARGIN_MM;
  drawHeader(doc, data, options, width);
  let y = drawFacts(doc, data, options, width);
  y = drawTiles(doc, data, y, width) + 4;
  y = drawCautions(doc, data, y, width);
  y = drawFindings(doc, data, y, width) + 4;
  heading(doc, 'Whole recording', MARGIN_MM, y);
  const { durationS } = data.recording;
  const room = { x: MARGIN_MM, y: y + 5, width, height: 34 };
  const { cellS, heightMm } = drawCarpet(doc, room, data.segments, data.decisions, durationS);
  text(
    doc,
    `striped: Abnormal, darker with probability · dot: Unreadable · ${cellS} s per cell`,
    MARGIN_MM,
    y,
    { size: 7, colour: COLOUR.muted, align: 'right', widthMm: width },
  );
  y += heightMm + 8;
  if (data.heartRate) {
    heading(doc, 'Heart rate, bpm', MARGIN_MM, y);
    drawHeartRate(
      doc,
      { x: MARGIN_MM, y: y + 5, width, height: 13 },
      data.heartRate,
      data.trend,
      durationS,
    );
    y += 22;
  }
  const bottom = drawSignature(doc, data, options, page.height, width);
  drawExamples(doc, data, y, bottom, width);
}

/** As many kinds of finding as there is room for, each with its example at true scale. */
function drawExamples(
  doc: Doc,
  data: ReportData,
  topMm: number,
  bottomMm: number,
  width: number,
): void {
  const examples = examplesOf(data);
  const around = aroundPaperMm(0);
  let y = topMm + 5;
  let drawn = 0;
  for (const strip of examples) {
    const roomMm = Math.floor((bottomMm - y - around) / 5) * 5;
    if (roomMm < LEAST_PAPER_MM) break;
    // A page is too small for many leads at true scale: the first, or the first two, stand for them here.
    const two = strip.leads.slice(0, 2);
    const fits = (leads: readonly StripLead[]): boolean => paperForMm(leads) <= roomMm;
    const one = strip.leads.find((lead) => fits([lead])) ?? two[0]!;
    const leads = roomMm >= 30 && paperForMm(two) <= roomMm + 10 ? two : [one];
    const paperMm = Math.min(roomMm, paperForMm(leads));
    const cropped = cropStrip({ ...strip, leads }, width);
    drawStrip(doc, cropped, data.beats, MARGIN_MM, y, {
      number: data.strips.indexOf(strip) + 1,
      filter: data.filterLabel,
      paperMm,
      note: [],
    });
    y += around + paperMm + 3;
    drawn++;
  }
  if (drawn === 0) return;
  heading(doc, drawn === 1 ? 'Example' : 'Examples', MARGIN_MM, topMm);
  if (data.beats.timeS.length === 0) return;
  text(doc, LETTERS, MARGIN_MM, topMm, {
    size: 7,
    colour: COLOUR.muted,
    align: 'right',
    widthMm: width,
  });
}

/** A strip for each kind, its most marked one where it has a strip, in the order in which kinds matter. */
function examplesOf({ strips, findings }: ReportData): ReportStrip[] {
  const kinds = new Set([...findings.map(({ kind }) => kind), ...strips.map(({ title }) => title)]);
  const best = [...kinds].flatMap((kind) => {
    const own = strips.filter(({ title }) => title === kind);
    const exampleS = findings.find((finding) => finding.kind === kind)?.exampleS;
    const most = own.find(({ aboutS }) => aboutS === exampleS) ?? own[0];
    return most ? [most] : [];
  });
  // A model that names no kinds has but one; further strips fill the page.
  return findings.length > 0 ? best : [...best, ...strips.filter((strip) => !best.includes(strip))];
}

function drawHeader(doc: Doc, data: ReportData, options: ReportOptions, width: number): void {
  text(doc, 'ECG review', MARGIN_MM, 11, { size: 19, bold: true });
  const name = options.identity
    ? `${data.recording.folder} / ${data.recording.name}`
    : 'Identity left out';
  text(doc, data.recording.synthetic ? `${name} · synthetic signal` : name, MARGIN_MM, 20, {
    size: 10,
    widthMm: width * 0.55,
  });
  const made = new Date(data.createdAtMs).toISOString().slice(0, 16).replace('T', ' ');
  text(doc, `Fiducial ${data.version} · ${made} UTC`, MARGIN_MM, 12, {
    align: 'right',
    widthMm: width,
  });
  text(doc, 'Research and education only; not a medical device', MARGIN_MM, 17, {
    align: 'right',
    widthMm: width,
    colour: COLOUR.muted,
  });
  rule(doc, MARGIN_MM, 26, width, COLOUR.ink, 0.4);
}

/** @returns the y below the facts */
function drawFacts(doc: Doc, data: ReportData, options: ReportOptions, width: number): number {
  const { recording } = data;
  const { sex, ageYears } = recording.patient;
  const patient = [sex, ageYears === null ? null : `${ageYears} y`].filter((part) => part !== null);
  const rates = [...new Set(recording.leads.map((lead) => lead.samplingRateHz))];
  const bits = [...new Set(recording.leads.map((lead) => lead.adcResolutionBits))];
  const start = !options.identity
    ? 'start left out'
    : recording.startClock
      ? `from ${recording.startClock.replace('T', ' ').trim().slice(0, 19)}`
      : 'start not stated';
  const facts: [string, string][] = [
    ['Patient', options.identity ? patient.join(', ') || 'not stated' : 'left out'],
    ['Recording', `${duration(recording.durationS)}, ${start}`],
    [
      'Leads',
      `${recording.leads.map((lead) => lead.name).join(', ')} · ${rates.join(', ')} Hz · ${bits.join(', ')} bit`,
    ],
    ['Reader', data.reader || '—'],
  ];
  const columns = [0.14, 0.33, 0.33, 0.2];
  let x = MARGIN_MM;
  let most = 1;
  facts.forEach(([label, value], i) => {
    const columnMm = width * columns[i]!;
    text(doc, label, x, 29, { size: 7.5, colour: COLOUR.muted });
    const lines = wrap(doc, value, columnMm - 3, { size: 9 }, 2);
    paragraph(doc, lines, x, 33, 4, { size: 9 });
    most = Math.max(most, lines.length);
    x += columnMm;
  });
  return 33 + most * 4 + 3.5;
}

/** @returns the y below the cautions */
function drawCautions(doc: Doc, data: ReportData, yMm: number, width: number): number {
  if (data.cautions.length === 0) return yMm + 1;
  const style = { size: 8, colour: COLOUR.warm };
  const lines = data.cautions.flatMap((caution) => wrap(doc, caution, width - 6, style, 3));
  const heightMm = lines.length * 3.8 + 2.6;
  doc.rect(mm(MARGIN_MM), mm(yMm), mm(1), mm(heightMm)).fill(COLOUR.warm);
  paragraph(doc, lines, MARGIN_MM + 3, yMm + 1.2, 3.8, style);
  return yMm + heightMm + 4;
}

/** Signature line, and what the figures rest on. @returns the y above them */
function drawSignature(
  doc: Doc,
  data: ReportData,
  options: ReportOptions,
  pageMm: number,
  width: number,
): number {
  const { model } = data;
  const isPaced = (sentence: string): boolean => /\bpaced\b/i.test(sentence);
  // Nothing in the signal tells the model that it looks at a paced heart, so the reader has to be told every time.
  const paced = model.limits.filter(isPaced);
  const lines = [
    `Limits of the model: ${model.limits.filter((sentence) => !isPaced(sentence)).join(' ')}`,
    `Model ${model.id} ${model.version}, scheme ${model.scheme}, threshold ${model.threshold.toFixed(2)} · model SHA-256 ${model.sha256}`,
    options.identity
      ? `Record SHA-256 ${data.recordSha256}`
      : 'Record SHA-256 left out with the identity',
  ].flatMap((line) => wrap(doc, line, width, SMALL));
  const linesY = pageMm - 14 - lines.length * SMALL_LINE_MM;
  paragraph(doc, lines, MARGIN_MM, linesY, SMALL_LINE_MM, SMALL);
  const pacedLines = wrap(doc, paced.join(' '), width, { size: 8 }, 2);
  const pacedY = linesY - 0.8 - pacedLines.length * 3.8;
  paragraph(doc, pacedLines, MARGIN_MM, pacedY, 3.8, { size: 8 });
  const y = pacedY - 6.5;
  const half = width / 2 - 5;
  rule(doc, MARGIN_MM, y, half, COLOUR.ink);
  rule(doc, MARGIN_MM + half + 10, y, half, COLOUR.ink);
  const caption = { size: 8, colour: COLOUR.muted, widthMm: half };
  text(doc, `Reviewed by ${data.reader}`.trim(), MARGIN_MM, y + 1.2, caption);
  text(doc, 'Date, signature', MARGIN_MM + half + 10, y + 1.2, caption);
  return y - SIGN_MM;
}
