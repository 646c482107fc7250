import type { Doc } from './doc';
import { COLOUR, mm, text, textWidthMm, type TextStyle } from './layout';

/** A stretch of text in its own style; one with a destination leads there. */
export interface RichPart extends Pick<TextStyle, 'bold' | 'colour'> {
  readonly text: string;
  readonly destination?: string | null;
}

/** A piece of a part, up to and with the space after it where there is one. */
interface Piece {
  readonly part: RichPart;
  readonly text: string;
}

/** Pieces that no space lies between, as a linked time and the full stop after it: no line ends inside. */
function wordsOf(parts: readonly RichPart[]): Piece[][] {
  const words: Piece[][] = [];
  let isOpen = false;
  for (const part of parts) {
    for (const text of part.text.match(/\S*\s+|\S+$/g) ?? []) {
      if (isOpen) words.at(-1)!.push({ part, text });
      else words.push([{ part, text }]);
      isOpen = !/\s$/.test(text);
    }
  }
  return words;
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
  const widthOf = ({ part, text: piece }: Piece): number =>
    textWidthMm(doc, piece, { size, bold: part.bold ?? false });
  for (const word of wordsOf(parts)) {
    const last = word.at(-1)!;
    const before = word.slice(0, -1).reduce((sum, piece) => sum + widthOf(piece), 0);
    const wordMm = before + widthOf({ ...last, text: last.text.trimEnd() });
    if (usedMm + wordMm > widthMm && lines.at(-1)!.length > 0) {
      lines.push([]);
      usedMm = 0;
    }
    for (const piece of word) {
      put(lines.at(-1)!, piece);
      usedMm += widthOf(piece);
    }
  }
  return lines;
}

/** Adds a piece to a line, to the part before it where that looks the same. */
function put(line: RichPart[], { part, text: piece }: Piece): void {
  const last = line.at(-1);
  const isSame = last && last.bold === part.bold && last.destination === part.destination;
  if (isSame && last.colour === part.colour) {
    line[line.length - 1] = { ...last, text: last.text + piece };
  } else line.push({ ...part, text: piece });
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
