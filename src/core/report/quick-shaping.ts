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
  getGlyph(id: number, codePoints: readonly number[]): Glyph;
}

/** A character, the one after it ('' at the end of a word), and what stands before where that counts. */
export interface Pair {
  readonly ahead: '' | 'n' | '0';
  readonly first: string;
  readonly second: string;
}
/** What a character is before the second of a pair: its glyph, and how far on the next one stands, in units of the font. */
export interface PairShape {
  readonly glyphId: number;
  readonly xAdvance: number;
}

/** Letters with one mark of punctuation, or numbers and times, each perhaps with the space that follows it. */
const WORD = /^[A-Za-zÀ-ÖØ-öø-ÿ]+[.,;]?\x20?$/;
const NUMBER = /^\d+([.,:]\d+)*[.,;%]?\x20?$/;
const LETTER = /[A-Za-zÀ-ÖØ-öø-ÿ]/;

/** Name of a pair among those that are known. */
export const pairKey = ({ ahead, first, second }: Pair): string => `${ahead} ${first}${second}`;

/** Asks the shaper itself; a colon is another glyph between digits. */
export function shapePair(
  shaper: Pick<Shaper, 'layout'>,
  { ahead, first, second }: Pair,
): PairShape & { readonly glyph: Glyph } {
  const run = shaper.layout(`${ahead}${first}${second}${second === ':' ? '0' : ''}`);
  const glyph = run.glyphs[ahead.length]!;
  return { glyph, glyphId: glyph.id, xAdvance: run.positions[ahead.length]!.xAdvance };
}

/**
 * Shapes simple words from pairs of their characters, each of which is shaped once: in Inter a letter's glyph is its
 * own, and how far the next one stands depends on these two alone (kerning by pairs; `quick-shaping.test.ts` holds it
 * against whole words). Shaping word by word was a third of the time of a report, most of it for times of the axes.
 * What is not simple goes to the shaper itself.
 * @param known shapes by `pairKey` that the shaper need not be asked for
 */
export function quickShaper(
  shaper: Shaper,
  known: ReadonlyMap<string, PairShape> | null = null,
): (text: string) => ShapedRun {
  const pairs = new Map<string, { readonly glyph: Glyph; readonly xAdvance: number }>();

  /** The first of two characters as it stands before the second; the last of a word stands before none. */
  function before(first: string, second: string, lettered: boolean) {
    // Without a letter the rules of another script hold.
    const ahead = lettered && !LETTER.test(first + second) ? 'n' : first === ':' ? '0' : '';
    const key = pairKey({ ahead, first, second });
    let pair = pairs.get(key);
    if (!pair) {
      const shape = known?.get(key);
      pair = shape
        ? { ...shape, glyph: shaper.getGlyph(shape.glyphId, [first.codePointAt(0)!]) }
        : shapePair(shaper, { ahead, first, second });
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
