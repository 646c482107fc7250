import { clockStart, type ClockHours } from '../../shared/domain';
import { wordsIn, type Words } from '../../shared/words';
import { compressPageAhead } from './compress-pages';
import { outlines } from './fonts';
import type { Doc } from './doc';
import { COLOUR, mm, rule, text, textWidthMm, wrap } from './layout';
import { MARGIN_MM, PAPER_MM } from './page-size';
import { momentText } from './report-times';
import { artifact, content } from './tags';
import type { ReportData, ReportOptions } from './types';

/** Below this a page is free, and above `BOTTOM_MM` from its lower edge. */
export const TOP_MM = 27;
const BOTTOM_MM = 17;
const WATERMARK_PT = 92;
/** What lasts this long was worn. */
export const HOLTER_S = 1200;

/** Where the next block of a report goes: blocks below each other, pages one after the other. */
export interface Flow {
  readonly doc: Doc;
  readonly data: ReportData;
  readonly options: ReportOptions;
  /** Of the report's language. */
  readonly words: Words;
  /** Top of what is free. */
  y: number;
  width: number;
  bottom: number;
}

/** Starts a page with the head that every page has. */
export function addPage(flow: Flow, layout: 'portrait' | 'landscape' = 'portrait'): void {
  const { doc, data, options, words } = flow;
  const isFirst = doc.bufferedPageRange().count === 0;
  compressPageAhead(doc);
  doc.addPage({ size: options.paper, margin: 0, layout });
  const sheet = PAPER_MM[options.paper];
  const page = layout === 'portrait' ? sheet : { width: sheet.height, height: sheet.width };
  flow.width = page.width - 2 * MARGIN_MM;
  flow.bottom = page.height - BOTTOM_MM;
  const { kind, signed } = data.content.state;
  const watermark = words.say(
    kind === 'preliminary' ? 'report.preliminary' : 'reportPages.watermark',
  );
  if (!signed) artifact(doc, () => drawWatermark(doc, page, watermark));
  const head = (): void => drawHead(doc, data, flow.width, words);
  // What every page repeats is read once.
  if (isFirst) head();
  else artifact(doc, head);
  flow.y = TOP_MM;
}

/** Makes room for a block, on a new page where this one has too little. @returns whether it began one */
export function need(flow: Flow, heightMm: number): boolean {
  if (flow.y + heightMm <= flow.bottom) return false;
  addPage(flow);
  return true;
}

/** The word of the state and what is said under it. */
function stateWords(
  { content: { state }, clockHours }: ReportData,
  words: Words,
): [string, string] {
  const { say } = words;
  const { kind, signed, amendment, open, signatures } = state;
  const last = signatures.at(-1);
  const by = last ? `${last.reader}, ${momentText(last.atMs, words, clockHours)}` : '';
  const opened =
    open === 0
      ? say('reportPages.noneOpen')
      : say('reportPages.someOpen', { n: open, count: String(open) });
  if (kind === 'preliminary')
    return [say('report.preliminary'), say('reportPages.preliminary', { opened })];
  const signedBy = say('reportPages.signedBy', { by });
  if (kind === 'final') return [say('report.final'), signedBy];
  const word = say('report.amended', { n: String(amendment) });
  return [word, signed ? signedBy : say('reportPages.amendedOpen', { opened, by })];
}

function drawHead(doc: Doc, data: ReportData, width: number, words: Words): void {
  const { say } = words;
  const { institution, logo, recording } = data;
  if (logo) drawLogo(doc, logo, words);
  const x = MARGIN_MM + (logo ? LOGO_MM.width + 3 : 0);
  const isHolter = recording.durationS >= HOLTER_S;
  content(doc, 'H1', () =>
    text(doc, say(isHolter ? 'reportPages.holter' : 'reportPages.ecg'), x, 8.2, {
      size: 17,
      bold: true,
    }),
  );
  text(doc, institution || 'Fiducial', x, 16.2, {
    size: 9,
    leastSize: 5,
    colour: COLOUR.muted,
    widthMm: width * 0.38,
  });
  const [word, under] = stateWords(data, words);
  content(doc, 'P', () => {
    drawPill(doc, word, MARGIN_MM + width, data.content.state.signed);
    text(doc, under, MARGIN_MM + width * 0.4, 16.2, {
      size: 9,
      leastSize: 5,
      colour: COLOUR.muted,
      align: 'right',
      widthMm: width * 0.6,
    });
  });
  rule(doc, MARGIN_MM, 22.3, width, COLOUR.ink, 0.35);
}

/** Room for the logo, mm. */
const LOGO_MM = { width: 26, height: 12 };

function drawLogo(doc: Doc, logo: Uint8Array, { say }: Words): void {
  const fit: [number, number] = [mm(LOGO_MM.width), mm(LOGO_MM.height)];
  content(
    doc,
    'Figure',
    () => doc.image(Buffer.from(logo), mm(MARGIN_MM), mm(8.5), { fit, valign: 'center' }),
    { alt: say('reportPages.logo') },
  );
}

function drawPill(doc: Doc, word: string, rightMm: number, signed: boolean): void {
  const style = { size: 9.5, bold: true, colour: signed ? '#ffffff' : COLOUR.need };
  const widthMm = textWidthMm(doc, word, style) + 6;
  doc.roundedRect(mm(rightMm - widthMm), mm(9), mm(widthMm), mm(5.8), mm(2.9));
  if (signed) doc.fill(COLOUR.ink);
  else {
    doc.lineWidth(mm(0.3)).dash(mm(0.9), { space: mm(0.6) });
    doc.strokeColor(COLOUR.need).stroke().undash();
  }
  text(doc, word, rightMm - widthMm + 3, 10, style);
}

/** Across the page, as outlines: whoever copies or reads the text aloud is not to meet its letters. */
function drawWatermark(doc: Doc, page: { width: number; height: number }, said: string): void {
  const { letters, width, perEm } = outlines(doc, said.toUpperCase());
  const scale = WATERMARK_PT / perEm;
  const middle = [mm(page.width / 2), mm(page.height / 2)] as [number, number];
  doc.save();
  doc.rotate(-30, { origin: middle });
  doc.translate(middle[0] - (width * scale) / 2, middle[1] + WATERMARK_PT / 3).scale(scale, -scale);
  doc.fillOpacity(0.06);
  for (const { path, at } of letters) {
    doc.save().translate(at, 0).path(path).fill(COLOUR.need).restore();
  }
  doc.restore();
  doc.fillOpacity(1);
}

/** Who, what and page n of m under every page. @returns the number of pages */
export function drawFooters(doc: Doc, data: ReportData, options: ReportOptions): number {
  const { start, count } = doc.bufferedPageRange();
  const { say } = wordsIn(data.language);
  const { name, number } = data.content.identity;
  const who = options.identity
    ? [name ?? data.recording.name, number && say('reportPages.number', { number })]
        .filter(Boolean)
        .join(', ')
    : say('reportPages.identityLeftOut');
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    const width = doc.page.width / mm(1) - 2 * MARGIN_MM;
    const y = doc.page.height / mm(1) - 10.4;
    artifact(doc, () => {
      rule(doc, MARGIN_MM, y - 1.6, width);
      const style = { size: 7.5, colour: COLOUR.muted, widthMm: width };
      const whoMm = width * 0.27;
      const fits = textWidthMm(doc, who, style) <= whoMm;
      const small = { ...style, size: fits ? style.size : 5.5, widthMm: whoMm };
      wrap(doc, who, whoMm, small).forEach((line, i) =>
        text(doc, line, MARGIN_MM, y + (fits ? 0 : 2.1 * i - 0.7), small),
      );
      text(doc, say('reportPages.disclaimer', { version: data.version }), MARGIN_MM, y, {
        ...style,
        align: 'center',
      });
      const pageOf = say('reportPages.pageOf', {
        page: String(page - start + 1),
        n: String(count),
      });
      text(doc, pageOf, MARGIN_MM, y, { ...style, align: 'right' });
    });
  }
  return count;
}

/** `Fri 27 Nov 2026, 09:04`, or what of it is known. */
export function recordedText(
  startClock: string | null,
  timeS: number,
  words: Words,
  hours: ClockHours,
): string {
  const start = clockStart(startClock);
  return start.day === null || start.secondsS === null
    ? ''
    : momentText(new Date(`${startClock!.slice(0, 19)}`).getTime() + 1000 * timeS, words, hours);
}
