import {
  BEAT_CLASSES,
  formatDuration,
  lowerBound,
  type BeatClass,
  type Hue,
  type KeptCaliper,
  type TimeSpan,
} from '../../shared/domain';
import type { Words } from '../../shared/words';
import type { Doc } from './doc';
import { COLOUR, HUES, mm, paragraph, text, textWidthMm, wrap } from './layout';
import { GUTTER_MM } from './page-size';
import { drawGrid, drawLeadLabel, drawPulse, drawTrace, GAIN_MM_PER_MV, type BoxMm } from './paper';
import type { ReportTimes } from './report-times';
import { drawRibbon, RIBBON_MM, ribbonLabel } from './ribbon';
import { baselinesMm, leavesPaper, paperForMm } from './strip-leads';
import { drawMarks } from './strip-marks';
import type { ReportStrip, StripRow } from './types';

const TITLE_MM = 4.8;
const NOTE_LINE_MM = 3.9;
/** Bracket with its chip, and the letters of the beats under it. */
const BRACKET_MM = 5.6;
const LETTERS_MM = 3.4;
const AXIS_MM = 4;
const ROW_GAP_MM = 1.5;
const NOTE = { size: 8 } as const;
/** What a reader wrote goes on under the notes at the end where it is longer. */
const MOST_NOTE_LINES = 8;
const TINT_OPACITY = 0.09;

const HUE_OF: Record<BeatClass, Hue> = { N: 'n', S: 's', V: 'v', F: 'f', Q: 'unread' };

export interface StripContext {
  readonly times: ReportTimes;
  readonly words: Words;
  readonly beats: { readonly timeS: Float64Array; readonly beatClass: Uint8Array };
  /** Atrial fibrillation or flutter that was not rejected. */
  readonly fibrillation: readonly TimeSpan[];
  readonly marks: readonly KeptCaliper[];
  readonly number: number;
}

/** A strip measured for its place, before it is drawn. */
export interface MeasuredStrip {
  readonly heightMm: number;
  readonly paperMm: number;
  readonly notes: readonly string[];
}

/**
 * How high a strip is with all that stands around its paper.
 * @param mostMm height of a page: a strip has its place on one, however many leads and rows it has
 */
export function measureStrip(
  doc: Doc,
  strip: ReportStrip,
  widthMm: number,
  mostMm: number,
  { say }: Words,
): MeasuredStrip {
  const wished = Math.max(...strip.rows.map(({ leads }) => paperForMm(leads)));
  const said = [strip.comment, strip.note && say('reportEnd.quoted', { words: strip.note })];
  const notes = said
    .filter(Boolean)
    .flatMap((line) => wrap(doc, line, widthMm, NOTE, MOST_NOTE_LINES));
  const around = strip.rows.reduce((sum, row) => sum + aroundMm(row) + ROW_GAP_MM, 0);
  const withoutPaper = TITLE_MM + notes.length * NOTE_LINE_MM + BRACKET_MM + around;
  const room = Math.floor((mostMm - withoutPaper) / strip.rows.length / 5) * 5;
  const paperMm = Math.min(wished, room);
  return { heightMm: withoutPaper + strip.rows.length * paperMm, paperMm, notes };
}

/** What was written to a strip and does not stand whole on it. */
export function cutOnStrip(
  doc: Doc,
  { comment, note }: Pick<ReportStrip, 'comment' | 'note'>,
  widthMm: number,
): string[] {
  return [comment, note].filter(
    (said) => wrap(doc, said, widthMm - 4, NOTE).length > MOST_NOTE_LINES,
  );
}

const aroundMm = (row: StripRow): number => LETTERS_MM + (row.attention ? RIBBON_MM : 0) + AXIS_MM;

/** What is wrong with, or particular to, how a strip is drawn; part of its title. */
function howDrawn(strip: ReportStrip, paperMm: number, words: Words): string {
  const { say, number } = words;
  const { sweepMmPerS, leftOutS, rows, part } = strip;
  const off = new Set(
    rows.flatMap(({ leads }) => {
      const baselines = baselinesMm(leads, paperMm);
      return leads
        .filter((lead, i) => leavesPaper(lead, baselines[i]!, paperMm))
        .map(({ name }) => name);
    }),
  );
  return [
    ...(sweepMmPerS === 25 ? [] : [`${number(sweepMmPerS)} mm/s`]),
    ...(leftOutS > 0
      ? [say('reportPages.notShown', { length: formatDuration(leftOutS) })]
      : rows.length > 1 && !part
        ? [say('reportPages.rows', { n: String(rows.length) })]
        : []),
    ...(part ? [say('reportPages.rowsOf', partInWords(part))] : []),
    ...(off.size > 0 ? [say('reportPages.offPaper', { leads: [...off].join(', ') })] : []),
    ...new Set(rows.flatMap((row) => ribbonLabel(row, words))),
  ].join(', ');
}

const partInWords = ({ from, to, of }: NonNullable<ReportStrip['part']>) => ({
  which: from === to ? String(from) : `${from}\u2013${to}`,
  of: String(of),
});

/** One strip at true scale with its top left corner at (xMm, yMm), `widthMm` wide. */
export function drawStrip(
  doc: Doc,
  strip: ReportStrip,
  { paperMm, notes }: MeasuredStrip,
  xMm: number,
  yMm: number,
  widthMm: number,
  context: StripContext,
): void {
  const { times, number, words } = context;
  const how = howDrawn(strip, paperMm, words);
  const title = `${number}. ${strip.title}, ${times.dayAndSecond(strip.about.startS)}`;
  const state = words.say(
    strip.state === null ? 'reportPages.chosenStretch' : `verdicts.state_${strip.state}`,
  );
  const titleStyle = { size: 9, bold: true };
  const titleMm = Math.min(textWidthMm(doc, title, titleStyle) + 0.1, widthMm - 24);
  text(doc, title, xMm, yMm, { ...titleStyle, leastSize: 4, widthMm: titleMm });
  text(doc, how, xMm + titleMm + 3, yMm + 0.3, {
    size: 7.5,
    leastSize: 5,
    colour: COLOUR.muted,
    widthMm: Math.max(0, widthMm - titleMm - 3 - 22),
  });
  text(doc, state, xMm, yMm, {
    size: 8.5,
    bold: strip.state === 'open',
    colour: strip.state === 'open' ? COLOUR.need : COLOUR.muted,
    align: 'right',
    widthMm,
  });
  let y = paragraph(doc, notes, xMm, yMm + TITLE_MM, NOTE_LINE_MM, NOTE) + BRACKET_MM;
  strip.rows.forEach((row, i) => {
    drawRow(
      doc,
      strip,
      row,
      i,
      { x: xMm, y: y + LETTERS_MM, width: widthMm, height: paperMm },
      context,
    );
    y += paperMm + aroundMm(row) + ROW_GAP_MM;
  });
}

function drawRow(
  doc: Doc,
  strip: ReportStrip,
  row: StripRow,
  index: number,
  outer: BoxMm,
  context: StripContext,
): void {
  const { sweepMmPerS } = strip;
  const traceX = outer.x + GUTTER_MM;
  const box = { ...outer, x: traceX, width: (row.endS - row.startS) * sweepMmPerS };
  const at = (timeS: number): number => traceX + (timeS - row.startS) * sweepMmPerS;
  drawGrid(doc, box);
  drawTint(doc, strip, row, box, at);
  drawFibrillation(doc, row, box, at, context);
  const baselines = baselinesMm(row.leads, box.height);
  const gaps = baselines.slice(1).map((baseline, i) => baseline - baselines[i]!);
  const pulses = gaps.every((gap) => gap >= GAIN_MM_PER_MV + 3.5) ? row.leads.length : 1;
  doc.save().rect(mm(box.x), mm(box.y), mm(box.width), mm(box.height)).clip();
  row.leads.forEach((lead, i) =>
    drawTrace(doc, lead.samplesMv, lead.samplingRateHz, traceX, box.y + baselines[i]!, sweepMmPerS),
  );
  doc.restore();
  doc.rect(mm(box.x), mm(box.y), mm(box.width), mm(box.height)).lineWidth(mm(0.2));
  doc.strokeColor(COLOUR.paperEdge).stroke();
  row.leads.forEach((lead, i) => {
    const baseline = box.y + baselines[i]!;
    const pulsed = i < pulses;
    if (pulsed) drawPulse(doc, outer.x + 0.6, baseline);
    const labelY = pulsed ? baseline - GAIN_MM_PER_MV - 3.6 : baseline - 1.6;
    drawLeadLabel(doc, lead.name, outer.x, Math.max(outer.y - 3, labelY), GUTTER_MM - 1);
  });
  drawMarks(
    doc,
    context.marks,
    row.leads.map((lead, i) => ({
      lead: lead.index,
      startS: row.startS,
      endS: row.endS,
      baselineMm: box.y + baselines[i]!,
      rightMm: box.x + box.width,
      bottomMm: box.y + box.height,
      at,
    })),
    context.words,
  );
  drawLetters(doc, row, at, box.y - LETTERS_MM, context.beats);
  if (strip.chip !== '') drawBracket(doc, strip, row, index, box, at);
  drawRibbon(doc, row, outer.x, traceX, box.y + box.height, sweepMmPerS, context.words);
  const axisY = box.y + box.height + (row.attention ? RIBBON_MM : 0) + 0.7;
  drawAxis(doc, row, box, at, axisY, context.times);
}

function drawTint(
  doc: Doc,
  { about, hue, chip }: ReportStrip,
  { startS, endS }: StripRow,
  box: BoxMm,
  at: (timeS: number) => number,
): void {
  const [from, to] = [Math.max(about.startS, startS), Math.min(about.endS, endS)];
  if (chip === '' || to < from) return;
  const [left, right] = edgesMm(hue, at(from), at(to), box);
  doc.fillOpacity(TINT_OPACITY).rect(mm(left), mm(box.y), mm(right - left), mm(box.height));
  doc.fill(HUES[hue].fill).fillOpacity(1);
}

/** Half of a complex: an event of beats goes from before its first to after its last. */
const HALF_BEAT_MM = 2.2;

/** Where an event begins and ends on its paper: a pause at its beats, what consists of beats beside them. */
function edgesMm(hue: Hue, fromMm: number, toMm: number, { x, width }: BoxMm): [number, number] {
  const half = hue === 'pause' || hue === 'af' ? 0 : HALF_BEAT_MM;
  return [Math.max(x, fromMm - half), Math.min(x + width, toMm + half)];
}

/** The bracket over what the strip is about, open on the side on which it goes on; its value in a chip. */
function drawBracket(
  doc: Doc,
  { about, hue, chip }: ReportStrip,
  row: StripRow,
  index: number,
  box: BoxMm,
  at: (timeS: number) => number,
): void {
  const [from, to] = [Math.max(about.startS, row.startS), Math.min(about.endS, row.endS)];
  if (to < from) return;
  const colours = HUES[hue];
  const [left, right] = edgesMm(hue, at(from), at(to), box);
  const isFirst = index === 0;
  const top = box.y - LETTERS_MM - (isFirst ? 2.2 : 0.6);
  // The letter of the beat at which a pause begins stands under the bracket's end.
  const foot = hue === 'pause' ? box.y - LETTERS_MM : box.y + 1.2;
  doc.lineWidth(mm(0.35)).strokeColor(colours.fill);
  if (about.startS >= row.startS) doc.moveTo(mm(left), mm(foot)).lineTo(mm(left), mm(top));
  else doc.moveTo(mm(left), mm(top));
  doc.lineTo(mm(right), mm(top));
  if (about.endS <= row.endS) doc.lineTo(mm(right), mm(foot));
  doc.stroke();
  if (!isFirst) return;
  const style = { size: 8.4, bold: true, colour: colours.text };
  const more = about.endS > row.endS ? `${chip} …` : chip;
  const widthMm = textWidthMm(doc, more, style) + 5;
  const chipX = Math.min(
    Math.max((left + right) / 2 - widthMm / 2, box.x),
    box.x + box.width - widthMm,
  );
  doc.roundedRect(mm(chipX), mm(top - 2.3), mm(widthMm), mm(4.6), mm(1));
  doc.lineWidth(mm(0.25)).fillAndStroke(colours.soft, colours.fill);
  text(doc, more, chipX + 2.5, top - 1.7, style);
}

/** Letters above the paper, where no trace reaches; none is lost, however near its neighbour. */
function drawLetters(
  doc: Doc,
  { startS, endS }: StripRow,
  at: (timeS: number) => number,
  yMm: number,
  { timeS, beatClass }: StripContext['beats'],
): void {
  for (let i = lowerBound(timeS, startS); i < timeS.length && timeS[i]! < endS; i++) {
    const symbol = BEAT_CLASSES[beatClass[i]!] ?? 'Q';
    const x = at(timeS[i]!);
    const colour = HUES[HUE_OF[symbol]].text;
    const style = { size: 7.4, bold: symbol !== 'N', colour, align: 'center', widthMm: 6 } as const;
    text(doc, symbol, x - 3, yMm + 0.1, style);
    doc.moveTo(mm(x), mm(yMm + 2.9)).lineTo(mm(x), mm(yMm + LETTERS_MM));
    doc.lineWidth(mm(0.2)).strokeColor(colour).stroke();
  }
}

function drawFibrillation(
  doc: Doc,
  { startS, endS }: StripRow,
  box: BoxMm,
  at: (timeS: number) => number,
  { fibrillation, words }: StripContext,
): void {
  for (const episode of fibrillation) {
    const [from, to] = [Math.max(episode.startS, startS), Math.min(episode.endS, endS)];
    if (to <= from) continue;
    doc.rect(mm(at(from)), mm(box.y), mm(at(to) - at(from)), mm(1.1)).fill(HUES.af.fill);
    text(doc, words.say('reportPages.af'), at(from) + 0.8, box.y + 1.5, {
      size: 7,
      bold: true,
      colour: HUES.af.text,
    });
  }
}

/** The time at each second that has room for it. */
function drawAxis(
  doc: Doc,
  { startS, endS }: StripRow,
  box: BoxMm,
  at: (timeS: number) => number,
  yMm: number,
  times: ReportTimes,
): void {
  const style = { size: 6.6, colour: COLOUR.muted } as const;
  // Seconds of the clock, which may begin between two of the recording's.
  const phase = (times.start.secondsS ?? 0) % 1;
  const labelMm = textWidthMm(doc, times.second(startS), style) + 1.5;
  let freeFrom = box.x;
  for (let second = Math.ceil(startS + phase - 1e-6) - phase; second < endS; second++) {
    const x = at(second);
    doc.moveTo(mm(x), mm(box.y + box.height)).lineTo(mm(x), mm(box.y + box.height + 0.8));
    doc.lineWidth(mm(0.2)).strokeColor(COLOUR.paperEdge).stroke();
    if (x - labelMm / 2 < freeFrom - 1e-6 || x + labelMm / 2 > box.x + box.width) continue;
    text(doc, times.second(second + 1e-6), x - labelMm / 2, yMm + 0.2, {
      ...style,
      align: 'center',
      widthMm: labelMm,
    });
    freeFrom = x + labelMm / 2;
  }
}
