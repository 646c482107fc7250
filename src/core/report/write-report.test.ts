import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { english, wordsIn } from '../../shared/words';
import { POINTS_PER_MM } from './layout';
import { GUTTER_MM, MARGIN_MM } from './page-size';
import { sampleReport } from './testing/sample-report';
import { sampleMeasurements } from './testing/sample-measurements';
import { HAS_PDFTOTEXT, textOf } from './testing/pdf-text';
import { writeReport } from './write-report';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'fiducial-report-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Every content stream of a PDF as text. Knows only what pdfkit writes: Flate streams between the keywords. */
function contentStreams(pdf: Buffer): string[] {
  const streams: string[] = [];
  let at = 0;
  while ((at = pdf.indexOf('>>\nstream\n', at)) >= 0) {
    const start = at + '>>\nstream\n'.length;
    const end = pdf.indexOf('\nendstream', start);
    try {
      streams.push(inflateSync(pdf.subarray(start, end)).toString('latin1'));
    } catch {
      // A font or another stream that is not Flate.
    }
    at = end;
  }
  return streams;
}

/** Points of every polyline with at least `least` vertices, in the page's millimetres (y grows downwards). */
function polylines(stream: string, least: number): { x: number; y: number }[][] {
  const lines: { x: number; y: number }[][] = [];
  let line: { x: number; y: number }[] = [];
  for (const [, x, y, operator] of stream.matchAll(/(-?[\d.]+) (-?[\d.]+) ([ml])\n/g)) {
    const point = { x: Number(x) / POINTS_PER_MM, y: Number(y) / POINTS_PER_MM };
    if (operator === 'm') {
      if (line.length >= least) lines.push(line);
      line = [point];
    } else line.push(point);
  }
  if (line.length >= least) lines.push(line);
  return lines;
}

describe.each(['A4', 'Letter'] as const)('scale on %s', (paper) => {
  test('one second is 25 mm and one millivolt 10 mm within 0.5 %, read back from the vector operators', async () => {
    const path = join(folder, 'report.pdf');
    const written = await writeReport(sampleReport(3, 2), { paper, identity: true }, path);
    expect(written).toMatchObject({ ok: true });
    const traces = contentStreams(readFileSync(path)).flatMap((stream) => polylines(stream, 500));
    // Two leads of each of three strips.
    expect(traces).toHaveLength(6);
    for (const trace of traces) {
      const base = Math.max(...trace.map((point) => point.y));
      const top = Math.min(...trace.map((point) => point.y));
      expect(Math.abs(base - top - 10)).toBeLessThan(0.05);
      const spikes = trace.filter((point) => point.y < base - 9).map((point) => point.x);
      expect(spikes.length).toBeGreaterThanOrEqual(6);
      for (let i = 1; i < spikes.length; i++) {
        expect(Math.abs(spikes[i]! - spikes[0]! - 25 * i)).toBeLessThan(0.005 * 25 * i);
      }
    }
  });
});

test('a failed write leaves neither a report nor a part of one', async () => {
  const path = join(folder, 'missing', 'report.pdf');
  const written = await writeReport(sampleReport(1, 1), { paper: 'A4', identity: true }, path);
  expect(written).toMatchObject({ ok: false, error: { code: 'not-writable' } });
  expect(readdirSync(folder)).toEqual([]);
});

test('without identity neither name nor age nor record hash is in the file', async () => {
  const path = join(folder, 'report.pdf');
  const data = sampleReport(2, 1);
  await writeReport(data, { paper: 'A4', identity: false }, path);
  const pdf = readFileSync(path);
  expect(pdf.includes('spikes')).toBe(false);
  expect(readdirSync(folder)).toEqual(['report.pdf']);
});

test('a mark is drawn under its trace from edge to edge, in the scale of the strip', async () => {
  const path = join(folder, 'report.pdf');
  const data = sampleReport(1, 2);
  const mark = { id: 'm', kind: 'RR', startS: 1, endS: 2, lead: 1, startMv: null, endMv: null };
  const marks = [{ ...mark, kind: 'RR' as const, rrMs: null, reader: 'ab', atMs: 0 }];
  const bars = async (drawn: typeof marks): Promise<number> => {
    await writeReport({ ...data, marks: drawn }, { paper: 'A4', identity: true }, path);
    return contentStreams(readFileSync(path))
      .flatMap((stream) => polylines(stream, 2))
      .filter(([a, b]) => Math.abs(b!.x - a!.x - 25) < 0.01 && Math.abs(b!.y - a!.y) < 0.01).length;
  };
  const without = await bars([]);
  expect(await bars(marks)).toBe(without + 1);
  // Of a lead that the strip does not show.
  expect(await bars([{ ...marks[0]!, lead: 7 }])).toBe(without);
});

test.each([
  ['3x4', 13],
  ['6x2', 12],
  ['12x1', 12],
  ['cabrera', 12],
] as const)(
  'twelve leads as %s: every lead once, and aVR turned round by Cabrera',
  async (layout, traces) => {
    const path = join(folder, 'report.pdf');
    const names = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
    const samplesMv = new Float32Array(3600);
    for (let second = 0; second < 10; second++) samplesMv[second * 360 + 90] = 1;
    const leads = names.map((name, index) => ({ index, name, samplingRateHz: 360, samplesMv }));
    const measured = sampleMeasurements(names);
    const twelveLeads = {
      ...{ layout, startS: 0, endS: 10, filterLabel: '0.05–150 Hz', leads },
      measured,
    };
    const data = { ...sampleReport(0, 1), twelveLeads };
    await writeReport(data, { paper: 'A4', identity: true }, path);
    const drawn = contentStreams(readFileSync(path)).flatMap((stream) => polylines(stream, 100));
    expect(drawn).toHaveLength(traces);
    const turned = drawn.filter((line) => {
      const ys = line.map(({ y }) => y).sort((a, b) => a - b);
      const middle = ys[ys.length >> 1]!;
      return ys.at(-1)! - middle > 5;
    });
    expect(turned).toHaveLength(layout === 'cabrera' ? 1 : 0);
  },
);

test.skipIf(!HAS_PDFTOTEXT).each([1, 2, 3, 4])(
  'no page has the signature alone, however many strips of %d leads stand before it',
  async (leads) => {
    const path = join(folder, 'report.pdf');
    for (let strips = 1; strips <= 8; strips++) {
      await writeReport(sampleReport(strips, leads), { paper: 'A4', identity: true }, path);
      const pages = textOf(path).split('\f').slice(0, -1);
      const last = pages.findIndex((page) => page.includes('Reader, not signed'));
      expect(pages[last], `${strips} strips, page ${last + 1} of ${pages.length}`).toMatch(
        new RegExp(`^ *${strips}\\. `, 'm'),
      );
      expect(pages[last]).toContain('Thresholds: ');
      expect(last).toBe(pages.length - 1);
    }
  },
);

test.skipIf(!HAS_PDFTOTEXT)('what stands beside a number of page 1 is never cut', async () => {
  const path = join(folder, 'report.pdf');
  const data = sampleReport(1, 2);
  // As of a day, in the longer language.
  const notes = ['100 953 latidos', '19,9 %, 1 241 por hora', '19,9 %, 1 241 por hora'];
  const summary = data.summary.map((blocks, column) =>
    blocks.map((block) => ({
      ...block,
      rows: block.rows.map((row) => ({ ...row, note: notes[column]!, open: 0 })),
    })),
  );
  await writeReport({ ...data, summary }, { paper: 'A4', identity: true }, path);
  expect(textOf(path)).not.toContain('…');
});

test.skipIf(!HAS_PDFTOTEXT).each([english, wordsIn('es')])(
  'nothing on a report is cut in $language, however long names, drugs, notes and counts are',
  async (words) => {
    const path = join(folder, 'report.pdf');
    const data = sampleReport(2, 2, words);
    const long = (said: string): string => Array.from({ length: 12 }, () => said).join(' ');
    const summary = data.summary.map((blocks) =>
      blocks.map((block) => ({
        ...block,
        rows: block.rows.map((row) => ({
          ...row,
          value: row.value.includes(',') ? '1 142, 1 117' : row.value,
        })),
      })),
    );
    const who = 'Maximiliana Constantina von und zu Hohenlohe-Waldenburg-Schillingsfürst';
    const drugs = `${long('amiodarone 200 mg')}, flecainide`;
    const identity = { ...data.content.identity, name: who, drugs };
    const signatures = [{ reader: who, atMs: 0, version: 1, kept: true }];
    const signed = { kind: 'final', signed: true, open: 0, signatures } as const;
    const state = { ...data.content.state, ...signed };
    const content = { ...data.content, identity, state };
    const strips = data.strips.map((strip) => ({
      ...strip,
      note: `${long(long('seen'))} endnote`,
    }));
    const cautions = [`${long(long('gain'))} assumed`];
    const given = { ...data, summary, content, strips, cautions, reader: who, institution: who };
    await writeReport(given, { paper: 'A4', identity: true }, path);
    const text = textOf(path);
    // The strip's own lines end where the whole note follows under the notes.
    const cut = text.split('\n').filter((line) => line.includes('…') && !line.includes('seen'));
    expect(cut).toEqual([]);
    for (const end of ['flecainide', 'assumed', 'endnote', '1 142, 1 117', 'Schillingsfürst'])
      expect(text.replaceAll(/\s+/g, ' ')).toContain(end);
  },
);

test.skipIf(!HAS_PDFTOTEXT)('no time stands beyond the paper of its strip', async () => {
  const path = join(folder, 'report.pdf');
  const data = sampleReport(1, 1);
  const strips = data.strips.map((strip) => ({
    ...strip,
    // Its last full second is half a millimetre from its end.
    rows: strip.rows.map((row) => ({ ...row, startS: 0.02, endS: 7.02, attention: null })),
  }));
  await writeReport({ ...data, strips }, { paper: 'A4', identity: true }, path);
  const words = execFileSync('pdftotext', ['-bbox', path, '-'], { encoding: 'utf8' });
  const times = [...words.matchAll(/xMax="([\d.]+)"[^>]*>0:?0:0[1-7]</g)].map(([, x]) => Number(x));
  expect(times.length).toBeGreaterThanOrEqual(5);
  expect(Math.max(...times) / POINTS_PER_MM).toBeLessThan(MARGIN_MM + GUTTER_MM + 7 * 25);
});

test.skipIf(!HAS_PDFTOTEXT)(
  'a strip of two rows is parted between two pages where the first has room for one of them',
  { timeout: 60_000 },
  async () => {
    const path = join(folder, 'parted.pdf');
    let parted = 0;
    for (let strips = 2; strips <= 6; strips++) {
      const data = sampleReport(strips, 2);
      const long = data.strips.map((strip, i) =>
        i === strips - 2 ? { ...strip, rows: [...strip.rows, ...strip.rows] } : strip,
      );
      await writeReport({ ...data, strips: long }, { paper: 'A4', identity: true }, path);
      const pages = textOf(path).split('\f');
      const first = pages.findIndex((page) => page.includes('row 1 of 2'));
      if (first < 0) continue;
      parted++;
      expect(pages[first + 1]).toMatch(new RegExp(`^ *${strips - 1}\\. .*row 2 of 2`, 'm'));
      expect(pages[first]).not.toContain('row 2 of 2');
    }
    expect(parted).toBeGreaterThan(0);
  },
);
