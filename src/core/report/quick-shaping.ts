/** A glyph of fontkit's, as pdfkit reads it. */
export interface Glyph {
  readonly id: number;
  readonly path: { toSVG(): string };
}
export interface GlyphPosition {
  xAdvance: number;
  yAdvance: number;
  xOffset: number;
  yOffset: number;
}
export interface ShapedRun {
  readonly glyphs: readonly Glyph[];
  readonly positions: readonly GlyphPosition[];
  readonly advanceWidth: number;
}
/** What shapes text: fontkit's font. */
export interface Shaper {
  layout(text: string, features?: unknown): ShapedRun;
}

/** Letters with one mark of punctuation, or numbers and times, each perhaps with the space that follows it. */
const WORD = /^[A-Za-zÀ-ÖØ-öø-ÿ]+[.,;]?\x20?$/;
const NUMBER = /^\d+([.,:]\d+)*[.,;%]?\x20?$/;
const LETTER = /[A-Za-zÀ-ÖØ-öø-ÿ]/;

/**
 * Shapes simple words from pairs of their characters, each of which is shaped once: in Inter a letter's glyph is its
 * own, and how far the next one stands depends on these two alone (kerning by pairs; `quick-shaping.test.ts` holds it
 * against whole words). Shaping word by word was a third of the time of a report, most of it for times of the axes.
 * What is not simple goes to the shaper itself.
 */
export function quickShaper(shaper: Shaper): (text: string) => ShapedRun {
  const pairs = new Map<string, { glyph: Glyph; xAdvance: number }>();

  /** The first of two characters as it stands before the second; the last of a word stands before none. */
  function before(
    first: string,
    second: string,
    lettered: boolean,
  ): { glyph: Glyph; xAdvance: number } {
    // Without a letter the rules of another script hold; a colon is another glyph between digits.
    const ahead = lettered && !LETTER.test(first + second) ? 'n' : first === ':' ? '0' : '';
    const key = `${ahead} ${first}${second}`;
    let pair = pairs.get(key);
    if (!pair) {
      const run = shaper.layout(`${ahead}${first}${second}${second === ':' ? '0' : ''}`);
      const at = ahead.length;
      pair = { glyph: run.glyphs[at]!, xAdvance: run.positions[at]!.xAdvance };
      pairs.set(key, pair);
    }
    return pair;
  }

  return (text) => {
    const lettered = WORD.test(text);
    if (!lettered && !NUMBER.test(text)) return shaper.layout(text);
    const glyphs: Glyph[] = [];
    const positions: GlyphPosition[] = [];
    for (let i = 0; i < text.length; i++) {
      const { glyph, xAdvance } = before(text[i]!, text[i + 1] ?? '', lettered);
      glyphs.push(glyph);
      // Of its own: pdfkit scales it in place.
      positions.push({ xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0 });
    }
    return {
      glyphs,
      positions,
      get advanceWidth() {
        return positions.reduce((sum, one) => sum + one.xAdvance, 0);
      },
    };
  };
}
