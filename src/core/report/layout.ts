import type PDFKit from 'pdfkit';

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

export const FONT = { regular: 'Regular', bold: 'Bold' } as const;

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
  widthMm?: number;
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
  doc
    .font(style.bold ? FONT.bold : FONT.regular)
    .fontSize(style.size ?? 9)
    .fillColor(style.colour ?? COLOUR.ink)
    .text(content, mm(xMm), mm(yMm), {
      lineBreak: style.widthMm !== undefined,
      ...(style.widthMm !== undefined && {
        width: mm(style.widthMm),
        height: doc.currentLineHeight(),
        ellipsis: true,
      }),
      align: style.align ?? 'left',
    });
}

/** A small grey heading in capitals, as above every block. */
export function heading(doc: Doc, content: string, xMm: number, yMm: number): void {
  doc
    .font(FONT.bold)
    .fontSize(7.5)
    .fillColor(COLOUR.muted)
    .text(content.toUpperCase(), mm(xMm), mm(yMm), { lineBreak: false, characterSpacing: 0.8 });
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
