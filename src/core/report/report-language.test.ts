import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aFinding } from '../../shared/domain/testing/a-finding';
import { english, wordsIn } from '../../shared/words';
import { withWritten, sentenceText } from './conclusion';
import { auditInWords } from './audit';
import { sampleReport } from './testing/sample-report';
import { sampleMeasurements } from './testing/sample-measurements';
import { HAS_PDFTOTEXT, textOf } from './testing/pdf-text';
import { writeReport } from './write-report';

const spanish = wordsIn('es');

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'fiducial-report-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The text of a report of twelve leads in one language, on one line. */
async function textIn(words: typeof english): Promise<string> {
  const path = join(folder, 'report.pdf');
  const data = sampleReport(3, 2, words);
  const names = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
  const leads = names.map((name, index) => ({
    index,
    name,
    samplingRateHz: 360,
    samplesMv: new Float32Array(3600),
  }));
  const measured = sampleMeasurements(names);
  const twelveLeads = {
    ...({ layout: '3x4', startS: 0, endS: 10, filterLabel: '0,05–150 Hz' } as const),
    ...{ leads, measured },
  };
  const findings = data.findings.map((one, i) =>
    i === 0 ? { ...one, state: 'rejected' as const, rejectedAs: 'artefact' as const } : one,
  );
  // What the model's card and a reader say are not the report's own words.
  const model = { ...data.model, limits: [] };
  const strips = data.strips.map((strip) => ({ ...strip, comment: '', note: '' }));
  const written = await writeReport(
    { ...data, findings, model, strips, twelveLeads },
    { paper: 'A4', identity: true },
    path,
  );
  expect(written).toMatchObject({ ok: true });
  return textOf(path).replaceAll(/\s+/g, ' ');
}

const ENGLISH =
  /\b(and|beats?|rejected|not yet decided|research|summary|strips?|rate|lowest|highest|open|unsure|confirmed|chosen|leads?|page|patient|record|recorded|worn|signed|model|threshold|ventricular runs|pauses|over|from|with|the|AF|bpm)\b/i;

it.skipIf(!HAS_PDFTOTEXT)(
  'is written in Spanish throughout, with decimal commas (needs pdftotext)',
  async () => {
    const text = await textIn(spanish);
    for (const word of [
      'Informe',
      'RESUMEN',
      'CONCLUSIÓN',
      'Frecuencia media',
      'latidos',
      'Preliminar',
    ])
      // oxfmt-ignore
      expect(text).toContain(word);
    for (const word of ['Rechazado', 'artefacto', 'Solicitado por', 'mujer', '61 años', 'Umbrales'])
      expect(text).toContain(word);
    expect(text).toContain('solo para investigación y educación; no es un producto sanitario');
    expect(text.match(ENGLISH)).toBeNull();
    expect(text).toMatch(/33,\d %/);
    expect(text).not.toMatch(/\d\.\d %/);
  },
);

it('is told by the same digest and figures in every language', () => {
  const [inEnglish, inSpanish] = [sampleReport(3, 2), sampleReport(3, 2, spanish)].map(
    ({ content }) => content,
  );
  expect(inSpanish!.digest).toBe(inEnglish!.digest);
  expect(inSpanish!.figures).toEqual(inEnglish!.figures);
  // What older versions signed is still what they signed.
  expect(inEnglish!.digest).toBe(
    '2fe470df9d422925a5eb040f2ee3a7e5498bee336d06cc3a54b9d9e7cda1c150',
  );
});

it('keeps a sentence that a reader put otherwise when the language changes', () => {
  const said = [sampleReport(1, 1), sampleReport(1, 1, spanish)].map(({ sentences }) => sentences);
  const { key, parts } = said[0]![0]!;
  const written = { sentences: [{ key, of: sentenceText(parts), text: 'Otherwise.' }], words: '' };
  expect(withWritten(said[1]!, written, said)[0]).toMatchObject({ written: 'Otherwise.' });
  expect(withWritten(said[1]!, written, [said[1]!])[0]).toMatchObject({ outdated: 'Otherwise.' });
});

it('says what changed under its own names', () => {
  const figures = [{ name: 'Pauses, over 2 s: longest', before: '3.77 s', now: '–' }];
  const names = new Map([['Pauses, over 2 s: longest', 'Pausas, más de 2 s: la más larga']]);
  const audit = { figures, readers: [] };
  expect(auditInWords(audit, names, spanish).figures).toEqual([
    { name: 'Pausas, más de 2 s: la más larga', before: '3,77 s', now: '–' },
  ]);
  expect(auditInWords(audit, names, english)).toEqual(audit);
});

it.skipIf(!HAS_PDFTOTEXT).each([english, spanish])(
  'cuts no line short in $language, with hours over two pages and events that are open (needs pdftotext)',
  async (words) => {
    const path = join(folder, 'report.pdf');
    const data = sampleReport(3, 2, words);
    const hour = {
      ...{ startS: 0, endS: 3600, analysableS: 3600, unreadableS: 3599, heartRate: data.heartRate },
      ...{
        beats: 10_000,
        ventricularBeats: 9999,
        ventricularShare: 0.9999,
        pauses: 100,
        afS: 3600,
      },
      ...{ ventricularCouplets: 1000, ventricularRuns: 1000, supraventricularBeats: 9999 },
    };
    const recording = { ...data.recording, durationS: 70 * 3600 };
    const hours = Array.from({ length: 70 }, () => hour);
    const findings = [...data.findings, aFinding({ kind: 'pause' })];
    // The first half of a long event, whose middle is left out.
    const long = { title: 'Ventricular trigeminy, the longest', sweepMmPerS: 12.5 } as const;
    const halves = { leftOutS: 75, part: { from: 1, to: 1, of: 2 } };
    const strips = data.strips.map(({ rows, ...strip }) => ({
      ...{ ...strip, ...long, ...halves },
      rows: rows.map((row) => ({ ...row, attention: null })),
    }));
    const options = { paper: 'A4', identity: true } as const;
    const written = await writeReport(
      { ...data, recording, hours, findings, strips },
      options,
      path,
    );
    expect(written).toMatchObject({ ok: true });
    const text = textOf(path).replaceAll(/\s+/g, ' ');
    expect(text).toContain(words.say('reportSummary.byHourOn').toUpperCase());
    expect(text).toContain(words.say('reportSummary.openCounted'));
    expect(text.match(/.{50}…/g)).toBeNull();
  },
);
