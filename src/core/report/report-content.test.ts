import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleReport } from './testing/sample-report';
import { HAS_PDFTOTEXT, textOf } from './testing/pdf-text';
import type { ReportData, ReportOptions } from './types';
import { writeReport } from './write-report';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-report-'));
  path = join(folder, 'report.pdf');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const LONG_NOTE = Array.from({ length: 200 }, (_, i) => `word${i}`).join(' ');

/** A report of three strips whose first note is given, and which has a note on no strip. */
function withNote(note: string, elsewhere = ''): ReportData {
  const data = sampleReport(3, 2);
  const strips = data.strips.map((strip, i) => (i === 0 ? { ...strip, note } : strip));
  const notes = elsewhere === '' ? [] : [{ atS: 5, title: 'V beat, confirmed', note: elsewhere }];
  return { ...data, strips, notes };
}

async function write(data: ReportData, options: Partial<ReportOptions> = {}): Promise<number> {
  const written = await writeReport(data, { paper: 'A4', identity: true, ...options }, path);
  if (!written.ok) throw new Error(written.error.message);
  return written.value.pages;
}

/** Objects of the PDF that are not compressed, as text. */
const objects = (): string => readFileSync(path).toString('latin1');

it('embeds every font that it uses, and no font of the system', async () => {
  await write(withNote('Желудочковая экстрасистола, ΔQRS, Łódź'));
  const pdf = objects();
  const descriptors = pdf.match(/\/Type \/FontDescriptor/g) ?? [];
  expect(descriptors.length).toBeGreaterThanOrEqual(4);
  expect(pdf.match(/\/FontFile2 /g)).toHaveLength(descriptors.length);
  expect(pdf).not.toMatch(/\/Subtype \/Type1\b/);
});

it('has a bookmark for the summary and one for each strip', async () => {
  await write(withNote(''));
  const outline = objects()
    .split(' obj\n')
    .filter((object) => /\/Title \(/.test(object) && /\/Parent /.test(object));
  const titles = outline.map((object) => /\/Title \(([^)]*)\)/.exec(object)![1]);
  expect(titles).toEqual([
    'Summary',
    '1 Ventricular beats, single 00:00',
    '2 Ventricular beats, single 00:03',
    '3 Ventricular beats, single 00:06',
  ]);
});

it('is tagged: headings, tables with their heads, a figure with words for each strip', async () => {
  await write(withNote(''));
  const pdf = objects();
  expect(pdf).toMatch(/\/MarkInfo/);
  expect(pdf).toMatch(/\/Lang \(en\)/);
  const count = (tag: string): number => (pdf.match(new RegExp(`/S /${tag}\\b`, 'g')) ?? []).length;
  expect(count('H1')).toBe(1);
  expect(count('H2')).toBeGreaterThanOrEqual(3);
  expect(count('Table')).toBeGreaterThanOrEqual(5);
  expect(count('TH')).toBeGreaterThan(10);
  // The whole recording, and three strips.
  expect(count('Figure')).toBe(4);
  expect(pdf.match(/\/Alt \(Ventricular beats, single; /g)).toHaveLength(3);
});

describe.skipIf(!HAS_PDFTOTEXT)('text as another program extracts it (needs pdftotext)', () => {
  const pagesOf = (): string[] => textOf(path).split('\f').slice(0, -1);

  it('numbers every page and says what page 1 must say', async () => {
    const data = withNote('clear');
    const count = await write({ ...data, cautions: ['The header states no gain for L2.'] });
    const pages = pagesOf();
    expect(pages).toHaveLength(count);
    pages.forEach((page, i) => expect(page).toContain(`page ${i + 1} of ${count}`));
    const first = pages[0]!.replaceAll(/\s+/g, ' ');
    for (const said of [
      'Preliminary',
      'no event open, not signed',
      'Institute of tests',
      'Record spikes',
      'F, 61 y',
      'Mean rate 60 bpm; lowest 60 at 00:00 over 8 beats, highest 60 at 00:00.',
      'Ventricular beats 20, 33.9 %.',
      'not written yet',
      'bigeminy, trigeminy –, 1 episodes',
      'The header states no gain for L2.',
      'Nothing rejected.',
      'not a medical device',
    ]) {
      expect(first).toContain(said);
    }
    const all = pages.join(' ').replaceAll(/\s+/g, ' ');
    for (const said of [
      'confirmed',
      'open',
      'seen on both leads',
      '“clear”',
      'Paced hearts were not trained on.',
      'threshold 0.41',
      'a'.repeat(64),
      'pause over 2 s, urgent from 3 s',
      'Dr A',
      'Reader, not signed',
    ]) {
      expect(all).toContain(said);
    }
  });

  it('says once what the device had filtered before', async () => {
    const data = withNote('');
    const filters = { highPassHz: 0.05, lowPassHz: 150, notchHz: 50 };
    const leads = data.recording.leads.map((lead) => ({ ...lead, filters }));
    await write({ ...data, recording: { ...data.recording, leads } });
    const said = pagesOf().join(' ').replace(/\s+/g, ' ');
    expect(said.match(/filtered by the device/g)).toHaveLength(1);
    for (const part of ['from 0.05 Hz', 'to 150 Hz', 'notch 50 Hz']) expect(said).toContain(part);
    await write(data);
    expect(pagesOf().join(' ')).not.toContain('filtered by the device');
  });

  it('says of every ribbon what was measured of it', async () => {
    await write(withNote(''));
    const text = pagesOf().join(' ').replaceAll(/\s+/g, ' ');
    expect(text.match(/attention measured: faithful/g)).toHaveLength(1);
    expect(text.match(/attention measured: not shown to be faithful, faded/g)).toHaveLength(1);
    expect(text.match(/faithfulness of the attention not measured/g)).toHaveLength(1);
  });

  it('prints notes in other scripts, and owns up to characters that it cannot print', async () => {
    await write(withNote('Желудочковая ≥ 120 ms, Łódź, 室性早搏'));
    const text = pagesOf().join(' ');
    expect(text).toContain('Желудочковая >= 120 ms, Łódź');
    expect(text).toContain('A box stands for a character that this report has no font for');
  });

  it('prints in full, at the end, a note that stands on no strip', async () => {
    await write(withNote('', LONG_NOTE));
    const pages = pagesOf();
    expect(pages.at(-1)!.replaceAll(/\s+/g, ' ')).toContain(LONG_NOTE);
    expect(objects()).toContain('(Notes)');
  });

  it('leaves the identity out everywhere', async () => {
    const data = withNote('');
    const recording = { ...data.recording, startClock: '1987-03-02T08:15:00', name: 'smith' };
    await write({ ...data, recording }, { identity: false });
    const text = pagesOf().join(' ');
    expect(text).toContain('date left out');
    expect(text).not.toMatch(/smith|1987|61 y|aaaaaaaa/);
  });

  it('tells times by the reader’s clock', async () => {
    const data = withNote('');
    const recording = { ...data.recording, startClock: '1987-03-02T20:15:00' };
    await write({ ...data, recording, clockHours: 12 });
    const text = pagesOf().join(' ');
    expect(text).toMatch(/2 Mar 1987, 8:15 PM/);
    expect(text).not.toMatch(/\b20:15/);
  });
});
