import type { Doc } from './doc';
import { COLOUR, mm, text, textWidthMm, type TextStyle } from './layout';

/** A stretch of text in its own style; one with a destination leads there. */
export interface RichPart extends Pick<TextStyle, 'bold' | 'colour'> {
  readonly text: string;
  readonly destination?: string | null;
}

/** Breaks parts into lines at spaces. */
export function wrapRich(
  doc: Doc,
  parts: readonly RichPart[],
  widthMm: number,
  size: number,
): RichPart[][] {
  const lines: RichPart[][] = [[]];
  let usedMm = 0;
  for (const part of parts) {
    // Cut after each space, so that the pieces can be set one after the other.
    for (const piece of part.text.match(/\S*\s+|\S+$/g) ?? []) {
      const style = { size, bold: part.bold ?? false };
      if (usedMm + textWidthMm(doc, piece.trimEnd(), style) > widthMm && lines.at(-1)!.length > 0) {
        lines.push([]);
        usedMm = 0;
      }
      const line = lines.at(-1)!;
      const last = line.at(-1);
      const isSame = last && last.bold === part.bold && last.destination === part.destination;
      if (isSame && last.colour === part.colour) {
        line[line.length - 1] = { ...last, text: last.text + piece };
      } else line.push({ ...part, text: piece });
      usedMm += textWidthMm(doc, piece, style);
    }
  }
  return lines;
}

/** One line of them with its top left corner at (xMm, yMm). */
export function drawRich(
  doc: Doc,
  line: readonly RichPart[],
  xMm: number,
  yMm: number,
  size: number,
): void {
  let x = xMm;
  for (const { text: piece, bold = false, colour = COLOUR.ink, destination = null } of line) {
    const style = { size, bold, colour };
    text(doc, piece, x, yMm, style);
    const widthMm = textWidthMm(doc, piece, style);
    if (destination !== null) {
      doc.goTo(mm(x), mm(yMm), mm(widthMm), mm(4), destination);
      const underMm = textWidthMm(doc, piece.trimEnd(), style);
      doc
        .moveTo(mm(x), mm(yMm + 3.8))
        .lineTo(mm(x + underMm), mm(yMm + 3.8))
        .lineWidth(mm(0.15))
        .strokeColor(COLOUR.strongRule)
        .stroke();
    }
    x += widthMm;
  }
}
