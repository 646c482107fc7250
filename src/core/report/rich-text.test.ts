import PDFDocument from 'pdfkit';
import { expect, it } from 'vitest';
import { textWidthMm } from './layout';
import { wrapRich, type RichPart } from './rich-text';

it('ends no line between a linked time and the full stop after it', () => {
  const doc = new PDFDocument();
  const parts: RichPart[] = [
    { text: 'highest 62 at ' },
    { text: '00:00', destination: 'strip-1' },
    { text: '. None rejected.' },
  ];
  // Room for all but the full stop.
  const widthMm = textWidthMm(doc, 'highest 62 at 00:00', { size: 10 }) + 0.1;
  const lines = wrapRich(doc, parts, widthMm, 10).map((line) =>
    line.map(({ text }) => text).join(''),
  );
  expect(lines[0]).toBe('highest 62 at ');
  expect(lines[1]).toMatch(/^00:00\. /);
  expect(lines.join('')).toBe('highest 62 at 00:00. None rejected.');
});
