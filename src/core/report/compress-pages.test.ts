import { deflateSync, inflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { expect, it } from 'vitest';
import { compressPageAhead, compressPages } from './compress-pages';

/** Two pages, compressed here or by pdfkit. @returns the file, and what its streams hold */
async function pages(ours: boolean): Promise<{ file: string; streams: string[] }> {
  const doc = new PDFDocument({ bufferPages: true, info: { CreationDate: new Date(0) } });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (let i = 0; i < 5000; i++) doc.moveTo(i, i % 7).lineTo(i, i % 11);
  doc.stroke();
  doc.addPage().rect(1, 2, 3, 4).fill('red');
  if (ours) await compressPages(doc);
  const ended = new Promise((done) => doc.on('end', done));
  doc.end();
  await ended;
  const file = Buffer.concat(chunks).toString('latin1');
  const streams = [...file.matchAll(/\nstream\n([^]*?)\nendstream/g)].map(([, packed]) =>
    inflateSync(Buffer.from(packed!, 'latin1')).toString('latin1'),
  );
  return { file, streams };
}

it('leaves every page as pdfkit would have written it, with its length and its filter', async () => {
  const [ours, theirs] = await Promise.all([pages(true), pages(false)]);
  expect(ours.streams).toEqual(theirs.streams);
  expect(ours.streams[0]!.length).toBeGreaterThan(50_000);
  expect(ours.file.length).toBeLessThan(1.05 * theirs.file.length);
  const dictionaries = (file: string): string[] =>
    [
      ...file.matchAll(/\/Length (\d+)\n\/Filter \/FlateDecode\n>>\nstream\n([^]*?)\nendstream/g),
    ].map(([, length, packed]) => `${Number(length) - packed!.length}`);
  expect(dictionaries(ours.file)).toEqual(['0', '0']);
});

/** A page whose first part is compressed while the next one is drawn, and one that is not. @returns their streams, packed */
async function withFooters(ahead: boolean): Promise<Buffer[]> {
  const doc = new PDFDocument({ bufferPages: true, info: { CreationDate: new Date(0) } });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (let i = 0; i < 20_000; i++) doc.moveTo(i, (i * i) % 71).lineTo(i, (i * i) % 113);
  doc.stroke();
  if (ahead) {
    compressPageAhead(doc);
    // Drawn on while the thread is at work, more than once.
    doc.circle(1, 2, 3).fill('blue');
    compressPageAhead(doc);
  } else doc.circle(1, 2, 3).fill('blue');
  doc.addPage().rect(1, 2, 3, 4).fill('red');
  for (const page of [0, 1]) {
    doc.switchToPage(page);
    doc.moveTo(page, 5).lineTo(6, 7).stroke();
  }
  await compressPages(doc);
  const ended = new Promise((done) => doc.on('end', done));
  doc.end();
  await ended;
  const file = Buffer.concat(chunks).toString('latin1');
  return [...file.matchAll(/\nstream\n([^]*?)\nendstream/g)].map(([, packed]) =>
    Buffer.from(packed!, 'latin1'),
  );
}

it('writes the same to the byte where a page is compressed before its footer is drawn', async () => {
  const [ahead, whole] = await Promise.all([withFooters(true), withFooters(false)]);
  expect(ahead.map((one) => one.toString('base64'))).toEqual(
    whole.map((one) => one.toString('base64')),
  );
  const [first] = ahead;
  expect(deflateSync(inflateSync(first!), { level: 5 })).toEqual(first);
});
