import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { quickShaper, type Shaper } from './quick-shaping';
import { woffToSfnt } from './woff';

const packages = createRequire(import.meta.url);

/** Inter as pdfkit opens it, shaping whole words. */
function interOf(weight: number): Shaper {
  const path = packages.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff`);
  const doc = new PDFDocument({ autoFirstPage: false });
  doc.registerFont('inter', woffToSfnt(readFileSync(path))).font('inter');
  return (doc as unknown as { _font: { font: Shaper } })._font.font;
}

function shapeOf(shaper: Shaper['layout'], text: string): unknown {
  const { glyphs, positions, advanceWidth } = shaper(text);
  return {
    text,
    ids: glyphs.map(({ id }) => id),
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
  const quick = quickShaper({ layout: whole });

  it('stands as the font’s own shaper sets it, whatever pairs a word has', () => {
    for (const word of words()) expect(shapeOf(quick, word)).toEqual(shapeOf(whole, word));
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
    const counted = quickShaper({ layout: (text) => (asked++, whole(text)) });
    for (let minute = 0; minute < 1000; minute++)
      counted(`${minute % 24}:${minute % 60}:${minute % 7}`);
    expect(asked).toBeLessThan(200);
  });
});
