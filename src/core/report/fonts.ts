import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { knownPairs } from './known-pairs';
import type { Doc } from './doc';
import { quickShaper, type ShapedRun, type Shaper } from './quick-shaping';
import { woffToSfnt } from './woff';

// Not `require`: electron-vite puts a constant of that name into every ES module it builds.
const packages = createRequire(import.meta.url);

/** Inter by script, in the order in which a character is looked for. Only what a report uses is embedded. */
const SCRIPTS = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'] as const;
const WEIGHTS = { regular: 400, bold: 600 } as const;
type Weight = keyof typeof WEIGHTS;

/** Stands for a character that none of the fonts has. */
export const MISSING = '▯';
/** What to write for signs that Inter's subsets lack. */
const WRITTEN: Readonly<Record<string, string>> = {
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '≈': '~',
  '→': '->',
  '←': '<-',
  '↑': '^',
  '✓': 'ok',
};
/** Between thousands; Inter's subsets have only the wider one. */
const NARROW_SPACE = '\u202f';
const NO_BREAK_SPACE = '\u00a0';
const LATIN = /^[\x20-\x7e\xa0-\xff–—‘’“”•…−]*$/;

/** A stretch of text in one font. */
export interface TextRun {
  readonly font: string;
  readonly content: string;
}

interface FontState {
  readonly registered: Set<string>;
  /** Characters that no font has and that were drawn as `MISSING`. */
  readonly missing: Set<string>;
}
const states = new WeakMap<Doc, FontState>();

/** Splits text by the font that has its characters. */
export function textRuns(doc: Doc, content: string, bold: boolean): TextRun[] {
  const weight: Weight = bold ? 'bold' : 'regular';
  if (content.includes(NARROW_SPACE)) {
    return textRuns(doc, content.replaceAll(NARROW_SPACE, NO_BREAK_SPACE), bold);
  }
  if (LATIN.test(content)) return [{ font: fontOf(doc, 'latin', weight), content }];
  const runs: { font: string; content: string }[] = [];
  const scriptOf = (character: string): string | undefined =>
    SCRIPTS.find((one) => covers(doc, one, weight, character.codePointAt(0)!));
  const written = [...content.normalize('NFC')].map((character) =>
    WRITTEN[character] !== undefined && !scriptOf(character) ? WRITTEN[character] : character,
  );
  for (const character of written.join('')) {
    const script = scriptOf(character);
    if (!script) stateOf(doc).missing.add(character);
    // The outline of `MISSING` is drawn by hand (`drawText`): no font here has it either.
    const font = script ? fontOf(doc, script, weight) : '';
    const last = runs.at(-1);
    if (last?.font === font) last.content += script ? character : MISSING;
    else runs.push({ font, content: script ? character : MISSING });
  }
  return runs;
}

/** Characters of the texts drawn so far that no font has. */
export function missingCharacters(doc: Doc): ReadonlySet<string> {
  return stateOf(doc).missing;
}

function covers(doc: Doc, script: string, weight: Weight, codePoint: number): boolean {
  doc.font(fontOf(doc, script, weight));
  return fontkitFont(doc).hasGlyphForCodePoint(codePoint);
}

/** What pdfkit keeps of a font: fontkit's own. It has no public way to it. */
interface FontkitFont extends Shaper {
  readonly unitsPerEm: number;
  readonly characterSet: readonly number[];
  layout: (text: string, features?: unknown) => ShapedRun;
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): unknown;
}
const fontkitFont = (doc: Doc): FontkitFont =>
  (doc as unknown as { _font: { font: FontkitFont } })._font.font;

/**
 * Outlines of a line of Latin text, for letters that are a picture and not to be read: with its width at size 1.
 * @returns an SVG path for each letter, with how far it stands from the start, both in units of `perEm`
 */
export function outlines(
  doc: Doc,
  content: string,
): { letters: { path: string; at: number }[]; width: number; perEm: number } {
  doc.font(fontOf(doc, 'latin', 'bold'));
  const font = fontkitFont(doc);
  const { glyphs, positions } = font.layout(content);
  let width = 0;
  const letters = glyphs.map((glyph, i) => {
    const letter = { path: glyph.path.toSVG(), at: width };
    width += positions[i]!.xAdvance;
    return letter;
  });
  return { letters, width, perEm: font.unitsPerEm };
}

/** Read once a process: each document embeds what it uses of them. Reading and shaping anew was half of a report's time. */
const fonts = new Map<string, FontkitFont>();

function fontOf(doc: Doc, script: string, weight: Weight): string {
  const name = `${script}-${WEIGHTS[weight]}`;
  const { registered } = stateOf(doc);
  if (!registered.has(name)) {
    const known = fonts.get(name);
    const woff = known ? null : readFont(name);
    // pdfkit takes fontkit's own as well as a file; its types tell of files alone.
    doc.registerFont(name, woff ? woffToSfnt(woff) : (known as unknown as Buffer));
    doc.font(name);
    if (woff) fonts.set(name, madeQuick(fontkitFont(doc), woff));
    registered.add(name);
  }
  return name;
}

function readFont(name: string): Buffer {
  const path = packages.resolve(`@fontsource/inter/files/inter-${name}-normal.woff`);
  return readFileSync(path);
}

const APOSTROPHE = '’'.codePointAt(0)!;

function madeQuick(font: FontkitFont, woff: Buffer): FontkitFont {
  // A glyph stands for the character that it was first asked for: not for that of whichever document came first.
  for (const codePoint of [APOSTROPHE, ...font.characterSet]) font.glyphForCodePoint(codePoint);
  const layout = font.layout.bind(font);
  const getGlyph = font.getGlyph.bind(font);
  const quick = quickShaper({ layout, getGlyph }, knownPairs(woff));
  font.layout = (text, features) => (features ? layout(text, features) : quick(text));
  return font;
}

function stateOf(doc: Doc): FontState {
  let state = states.get(doc);
  if (!state) states.set(doc, (state = { registered: new Set(), missing: new Set() }));
  return state;
}
