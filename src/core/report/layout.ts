import type { Hue } from '../../shared/domain';
import type { Doc } from './doc';
import { textRuns } from './fonts';
import { MARGIN_MM } from './page-size';
import { artifact, content as tagged } from './tags';

/** PDF user space: 72 points per inch, 25.4 mm per inch (ISO 32000-1, 8.3.2.3). */
export const POINTS_PER_MM = 72 / 25.4;
export const mm = (millimetres: number): number => millimetres * POINTS_PER_MM;

/** The light theme of the viewer, on white paper: a hue is a class, and red is what needs the reader. */
export const COLOUR = {
  ink: '#18212c',
  muted: '#5b6472',
  rule: '#e2dfd9',
  strongRule: '#c9c5bc',
  need: '#b42318',
  trace: '#14181d',
  paper: '#fffdfc',
  gridMinor: '#fbe6e2',
  gridMajor: '#f1c3bb',
  paperEdge: '#d9b3ab',
  cellEmpty: '#f2f1ed',
  rate: '#3b4655',
  rateBand: '#d8dce1',
};

/** A class's colour for text, for what carries none, and for the ground behind text. */
export const HUES: Record<Hue, { text: string; fill: string; soft: string }> = {
  n: { text: '#5b6472', fill: '#8b93a0', soft: '#edeff1' },
  v: { text: '#a84a06', fill: '#d96a12', soft: '#fdeede' },
  s: { text: '#6d28d9', fill: '#8453e0', soft: '#f1ebfd' },
  f: { text: '#74431d', fill: '#99663a', soft: '#f5ece4' },
  af: { text: '#0b6b63', fill: '#14897e', soft: '#dcf1ee' },
  pause: { text: '#0b5fa5', fill: '#2480cf', soft: '#e3effa' },
  unread: { text: '#5f6773', fill: '#b4b8bf', soft: '#eceef0' },
};
/** Shares of a class's fill in the five steps of a lane. */
export const STEP_SHARES = [0.22, 0.42, 0.62, 0.82, 1];

export interface TextStyle {
  size?: number;
  bold?: boolean;
  colour?: string;
  align?: 'left' | 'right' | 'center';
  /** Room in the line; text that does not fit ends in an ellipsis. Without it, text is as wide as it is. */
  widthMm?: number;
  /** What does not fit is as much smaller as it needs to stand whole, down to this size. */
  leastSize?: number;
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
 * ellipsis; it never wraps into its neighbour. It is a paragraph, unless it is part of something else.
 */
export function text(
  doc: Doc,
  content: string,
  xMm: number,
  yMm: number,
  style: TextStyle = {},
): void {
  if (content !== '') tagged(doc, 'P', () => drawText(doc, content, xMm, yMm, style));
}

function drawText(doc: Doc, content: string, xMm: number, yMm: number, style: TextStyle): void {
  const { bold = false, colour = COLOUR.ink, align = 'left', widthMm } = style;
  const size = sizeThatFits(doc, content, style);
  const line = widthMm === undefined ? content : fit(doc, content, widthMm, { ...style, size });
  const spareMm = widthMm === undefined ? 0 : widthMm - textWidthMm(doc, line, { ...style, size });
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

function sizeThatFits(doc: Doc, content: string, style: TextStyle): number {
  const { size = SIZE, widthMm, leastSize = size } = style;
  if (widthMm === undefined || leastSize >= size) return size;
  const wantedMm = textWidthMm(doc, content, style);
  return wantedMm <= widthMm ? size : Math.max(leastSize, (0.999 * size * widthMm) / wantedMm);
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

/** Lines of text below each other, read as one paragraph. @returns the y below them */
export function paragraph(
  doc: Doc,
  lines: readonly string[],
  xMm: number,
  yMm: number,
  lineMm: number,
  style: TextStyle,
): number {
  if (lines.length > 0) {
    tagged(doc, 'P', () =>
      lines.forEach((line, i) => text(doc, line, xMm, yMm + i * lineMm, style)),
    );
  }
  return yMm + lines.length * lineMm;
}

/** A small grey heading in capitals, as above every block; what is said beside it is no part of it. */
export function heading(doc: Doc, content: string, xMm: number, yMm: number, beside = ''): void {
  const style = { size: 7.5, bold: true, colour: COLOUR.muted };
  tagged(doc, 'H2', () => text(doc, content.toUpperCase(), xMm, yMm, style));
  const x = xMm + textWidthMm(doc, content.toUpperCase(), style) + 3.5;
  const widthMm = doc.page.width / mm(1) - MARGIN_MM - x;
  text(doc, beside, x, yMm, { size: 7.5, leastSize: 5, colour: COLOUR.muted, widthMm });
}

export function rule(
  doc: Doc,
  xMm: number,
  yMm: number,
  widthMm: number,
  colour = COLOUR.rule,
  weightMm = 0.2,
): void {
  artifact(doc, () =>
    doc
      .moveTo(mm(xMm), mm(yMm))
      .lineTo(mm(xMm + widthMm), mm(yMm))
      .lineWidth(mm(weightMm))
      .strokeColor(colour)
      .stroke(),
  );
}
