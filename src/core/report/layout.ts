import type PDFKit from 'pdfkit';
import { textRuns } from './fonts';

export type Doc = InstanceType<typeof PDFKit>;

/** PDF user space: 72 points per inch, 25.4 mm per inch (ISO 32000-1, 8.3.2.3). */
export const POINTS_PER_MM = 72 / 25.4;
export const mm = (millimetres: number): number => millimetres * POINTS_PER_MM;

/** Portrait sizes in millimetres. */
export const PAPER_MM = {
  A4: { width: 210, height: 297 },
  Letter: { width: 215.9, height: 279.4 },
};
/** Ten seconds at 25 mm/s are 250 mm: a landscape Letter sheet (279.4 mm) leaves 14 mm on either side. */
export const MARGIN_MM = 12;

export const COLOUR = {
  ink: '#14171c',
  muted: '#5b6472',
  rule: '#d5d9df',
  warm: '#9a3412',
  warmFill: '#fdf0e7',
  warmLine: '#f3c9ab',
  done: '#0f766e',
  gridMinor: '#f7dcda',
  gridMajor: '#eeb4b0',
  unreadable: '#c9ced6',
};

/** Recording time as `mm:ss` or `h:mm:ss`, with tenths when asked. */
export function clock(timeS: number, tenths = false): string {
  const whole = tenths ? Math.floor(timeS * 10 + 1e-6) / 10 : Math.floor(timeS + 1e-6);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const seconds = (whole % 60).toFixed(tenths ? 1 : 0).padStart(tenths ? 4 : 2, '0');
  return hours > 0
    ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`
    : `${String(minutes).padStart(2, '0')}:${seconds}`;
}

export interface TextStyle {
  size?: number;
  bold?: boolean;
  colour?: string;
  align?: 'left' | 'right' | 'center';
  /** Room in the line; text that does not fit ends in an ellipsis. Without it, text is as wide as it is. */
  widthMm?: number;
}

const SIZE = 9;

/** Width of a line of text. */
export function textWidthMm(doc: Doc, content: string, style: TextStyle = {}): number {
  const size = style.size ?? SIZE;
  return textRuns(doc, content, style.bold ?? false).reduce(
    (sum, run) => sum + runWidth(doc, run.font, run.content, size) / mm(1),
    0,
  );
}

/** Width of the box that stands for a character without a glyph, relative to the size. */
const MISSING_EM = 0.6;

function runWidth(doc: Doc, font: string, content: string, size: number): number {
  if (font === '') return content.length * MISSING_EM * size;
  return doc.font(font).fontSize(size).widthOfString(content);
}

/**
 * One line of text with its top left corner at (xMm, yMm). Text that does not fit `widthMm` ends in an
 * ellipsis; it never wraps into its neighbour.
 */
export function text(
  doc: Doc,
  content: string,
  xMm: number,
  yMm: number,
  style: TextStyle = {},
): void {
  const { size = SIZE, bold = false, colour = COLOUR.ink, align = 'left', widthMm } = style;
  const line = widthMm === undefined ? content : fit(doc, content, widthMm, style);
  const spareMm = widthMm === undefined ? 0 : widthMm - textWidthMm(doc, line, style);
  let x = mm(xMm + (align === 'right' ? spareMm : align === 'center' ? spareMm / 2 : 0));
  for (const run of textRuns(doc, line, bold)) {
    const width = runWidth(doc, run.font, run.content, size);
    if (run.font === '') drawBoxes(doc, x, mm(yMm), run.content.length, size, colour);
    else {
      doc.font(run.font).fontSize(size).fillColor(colour);
      doc.text(run.content, x, mm(yMm), { lineBreak: false });
    }
    x += width;
  }
}

function drawBoxes(
  doc: Doc,
  x: number,
  y: number,
  count: number,
  size: number,
  colour: string,
): void {
  for (let i = 0; i < count; i++) {
    doc.rect(x + (i * MISSING_EM + 0.08) * size, y + 0.25 * size, 0.44 * size, 0.7 * size);
  }
  doc
    .lineWidth(0.05 * size)
    .strokeColor(colour)
    .stroke();
}

function fit(doc: Doc, content: string, widthMm: number, style: TextStyle): string {
  if (textWidthMm(doc, content, style) <= widthMm + 1e-6) return content;
  const characters = [...content];
  let low = 0;
  let high = characters.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const cut = `${characters.slice(0, middle).join('').trimEnd()}…`;
    if (textWidthMm(doc, cut, style) <= widthMm) low = middle;
    else high = middle - 1;
  }
  return `${characters.slice(0, low).join('').trimEnd()}…`;
}

/**
 * Breaks text into lines at spaces, and inside a word where it is wider than the line.
 * @param maxLines what goes beyond is cut: the last line then ends in an ellipsis
 */
export function wrap(
  doc: Doc,
  content: string,
  widthMm: number,
  style: TextStyle,
  maxLines = Infinity,
): string[] {
  const lines: string[] = [];
  const widthOf = (part: string): number => textWidthMm(doc, part, style);
  const spaceMm = widthOf(' ');
  let line = '';
  let lineMm = 0;
  const end = (): void => {
    if (line !== '') lines.push(line);
    line = '';
    lineMm = 0;
  };
  for (const word of content.trim().split(/\s+/)) {
    // Word by word: a line measured whole for each of its words is most of the time of a page of text.
    const wordMm = widthOf(word);
    if (line !== '' && lineMm + spaceMm + wordMm > widthMm) end();
    if (wordMm <= widthMm) {
      lineMm += (line === '' ? 0 : spaceMm) + wordMm;
      line = line === '' ? word : `${line} ${word}`;
      continue;
    }
    for (const character of word) {
      if (widthOf(line + character) > widthMm) end();
      line += character;
    }
    lineMm = widthOf(line);
  }
  end();
  if (lines.length <= maxLines) return lines;
  return [
    ...lines.slice(0, maxLines - 1),
    fit(doc, `${lines.slice(maxLines - 1).join(' ')} …`, widthMm, style),
  ];
}

/** Lines of text below each other. @returns the y below them */
export function paragraph(
  doc: Doc,
  lines: readonly string[],
  xMm: number,
  yMm: number,
  lineMm: number,
  style: TextStyle,
): number {
  lines.forEach((line, i) => text(doc, line, xMm, yMm + i * lineMm, style));
  return yMm + lines.length * lineMm;
}

/** A small grey heading in capitals, as above every block. */
export function heading(doc: Doc, content: string, xMm: number, yMm: number): void {
  text(doc, content.toUpperCase(), xMm, yMm, { size: 7.5, bold: true, colour: COLOUR.muted });
}

export function rule(
  doc: Doc,
  xMm: number,
  yMm: number,
  widthMm: number,
  colour = COLOUR.rule,
  weightMm = 0.2,
): void {
  doc
    .moveTo(mm(xMm), mm(yMm))
    .lineTo(mm(xMm + widthMm), mm(yMm))
    .lineWidth(mm(weightMm))
    .strokeColor(colour)
    .stroke();
}
