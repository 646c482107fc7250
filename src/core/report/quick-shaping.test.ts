import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { knownPairs } from './known-pairs';
import { quickShaper, type Glyph, type Shaper } from './quick-shaping';
import { woffToSfnt } from './woff';

const packages = createRequire(import.meta.url);

const woffOf = (weight: number): Buffer =>
  readFileSync(packages.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff`));

/** Inter as pdfkit opens it, shaping whole words. */
function interOf(weight: number): Shaper {
  const doc = new PDFDocument({ autoFirstPage: false });
  doc.registerFont('inter', woffToSfnt(woffOf(weight))).font('inter');
  return (doc as unknown as { _font: { font: Shaper } })._font.font;
}

function shapeOf(shaper: Shaper['layout'], text: string): unknown {
  const { glyphs, positions, advanceWidth } = shaper(text);
  return {
    text,
    ids: glyphs.map(({ id }) => id),
    codePoints: glyphs.map((glyph) => (glyph as Glyph & { codePoints: number[] }).codePoints),
    positions: positions.map(({ xAdvance, yAdvance, xOffset, yOffset }) => [
      ...[xAdvance, yAdvance, xOffset, yOffset],
    ]),
    advanceWidth,
  };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÁÉÍÑÓÚÜáéíñóúüçß';

/** Every pair of letters, and words as reports have them, each with what may follow it. */
function* words(): Generator<string> {
  for (const first of LETTERS) {
    yield `${first}, `;
    yield `${first}.`;
    yield `${first}`;
    // In one word, so that the shaper is asked little: each letter beside this one.
    yield `${[...LETTERS].map((second) => first + second).join('')}; `;
  }
  for (let first = 0; first < 10; first++) {
    for (let second = 0; second < 10; second++) {
      yield `${first}${second}`;
      yield `1${first}:${second}4:${second}${first}. `;
      yield `${first}.${second}%`;
      yield `${second},${first}0${first}, `;
    }
  }
}

describe.each([400, 600])('Inter %i', (weight) => {
  const inter = interOf(weight);
  const whole = inter.layout.bind(inter);
  const getGlyph = inter.getGlyph.bind(inter);
  const known = knownPairs(woffOf(weight));
  const quick = quickShaper({ layout: whole, getGlyph }, known);

  it('stands as the font’s own shaper sets it, whatever pairs a word has', () => {
    const learned = quickShaper({ layout: whole, getGlyph });
    for (const word of words()) {
      const shape = shapeOf(whole, word);
      expect(shapeOf(quick, word)).toEqual(shape);
      expect(shapeOf(learned, word)).toEqual(shape);
    }
  });

  it('has the pairs of simple words at hand: `npm run pairs` after a change of the font', () => {
    const refuses = (): never => expect.fail('the shaper was asked');
    const alone = quickShaper({ layout: refuses, getGlyph }, known);
    for (const word of words()) alone(word);
    expect(known!.size).toBeGreaterThan(5000);
  });

  it.each([
    '10x20 ',
    '0.5–50 ',
    '(180 ',
    'MIT-BIH ',
    'V1',
    'x',
    'ﬁn',
    ' ',
    '12:',
    'a:b',
    '−3',
    'e\u0301',
  ])('leaves "%s" as it is', (word) => expect(shapeOf(quick, word)).toEqual(shapeOf(whole, word)));

  it('asks for a pair once, whoever has it', () => {
    let asked = 0;
    const counted = quickShaper({ layout: (text) => (asked++, whole(text)), getGlyph });
    for (let minute = 0; minute < 1000; minute++)
      counted(`${minute % 24}:${minute % 60}:${minute % 7}`);
    expect(asked).toBeLessThan(200);
  });
});

it('knows no pairs of another font', () => {
  expect(knownPairs(Buffer.from('another font'))).toBeNull();
});
