import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleReport } from './sample-report';
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

/** A report of three strips whose first note is given. */
function withNote(note: string): ReportData {
  const data = sampleReport(3, 2);
  const decision = { segment: 0, decision: 'agree' as const, note, reader: 'Dr A', atMs: 0 };
  const strips = data.strips.map((strip, i) => (i === 0 ? { ...strip, decision } : strip));
  return { ...data, strips, decisions: [decision] };
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
    '1 Ventricular couplets 00:00',
    '2 Ventricular couplets 00:10',
    '3 Ventricular couplets 00:20',
  ]);
});

const pdftotext = ((): string | null => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return 'pdftotext';
  } catch {
    return null;
  }
})();

describe.skipIf(!pdftotext)('text as another program extracts it (needs pdftotext)', () => {
  const pagesOf = (): string[] =>
    execFileSync(pdftotext!, ['-layout', path, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);

  it('numbers every page and says what page 1 must say', async () => {
    const data = withNote('clear');
    const count = await write({ ...data, cautions: ['The header states no gain for L2.'] });
    const pages = pagesOf();
    expect(pages).toHaveLength(count);
    pages.forEach((page, i) => expect(page).toContain(`page ${i + 1} / ${count}`));
    const first = pages[0]!.replaceAll(/\s+/g, ' ');
    for (const said of [
      'tests / spikes',
      'F, 61 y',
      '4 flagged',
      'of 7 segments, 0 unreadable',
      '60 bpm',
      'Ventricular run 1 all 1 0 00:21.0 4 beats, 168 bpm',
      'The header states no gain for L2.',
      'Paced hearts were not trained on.',
      'threshold 0.41',
      'a'.repeat(64),
      'Reviewed by Dr A',
      'not a medical device',
      '7 × Ventricular beats, single',
    ]) {
      expect(first).toContain(said);
    }
  });

  it('says of every ribbon what was measured of it', async () => {
    await write(withNote(''));
    const text = pagesOf().slice(1).join(' ').replaceAll(/\s+/g, ' ');
    expect(text.match(/attention measured: faithful/g)).toHaveLength(1);
    expect(text.match(/attention measured: not shown to be faithful, faded/g)).toHaveLength(1);
    expect(text.match(/faithfulness of the attention not measured/g)).toHaveLength(1);
    expect(text).toContain('It is not the reason for the verdict.');
  });

  it('prints notes in other scripts, and owns up to characters that it cannot print', async () => {
    await write(withNote('Желудочковая ≥ 120 ms, Łódź, 室性早搏'));
    const text = pagesOf().join(' ');
    expect(text).toContain('Желудочковая >= 120 ms, Łódź');
    expect(text).toContain('A box stands for a character that this report has no font for');
  });

  it('repeats in full, at the end, a note that is too long for its strip', async () => {
    await write(withNote(LONG_NOTE));
    const pages = pagesOf();
    expect(pages[1]).not.toContain('word199');
    expect(pages.at(-1)!.replaceAll(/\s+/g, ' ')).toContain(LONG_NOTE);
    expect(objects()).toContain('(Notes)');
  });

  it('leaves the identity out everywhere', async () => {
    const data = withNote('');
    const recording = { ...data.recording, startClock: '1987-03-02T08:15:00', name: 'smith' };
    await write({ ...data, recording }, { identity: false });
    const text = pagesOf().join(' ');
    expect(text).toContain('start left out');
    expect(text).not.toMatch(/smith|1987|61 y|aaaaaaaa/);
  });
});
