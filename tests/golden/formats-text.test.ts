/**
 * Tables of samples against another reader's answers (`formats/csv` of the data folder). Skipped where the data is
 * absent.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OpenOptions } from '../../src/core/formats/format';
import { openRecording, recogniseFile } from '../../src/core/formats/list';
import type { OpenRecording } from '../../src/core/formats/open-recording';
import { valueOf } from '../../src/shared/domain/testing/value-of';
import { expectedFiles, expectLead, type ExpectedLead } from './expected-leads';
import { sharedData } from './shared-data';

interface ExpectedFile {
  readonly kind?: 'annotations';
  readonly count?: number;
  readonly start?: string;
  readonly rate?: number | null;
  readonly gaps?: readonly { readonly after_sample: number; readonly seconds: number }[];
  readonly leads: readonly (Omit<ExpectedLead, 'rate'> & { readonly rate: number | null })[];
}

const FOLDER = path.join(sharedData ?? '', 'formats', 'csv');
const files = Object.entries(expectedFiles<ExpectedFile>(sharedData, 'csv'));
const tables = files.filter(([, { kind }]) => !kind);

async function open(name: string, options?: OpenOptions): Promise<OpenRecording> {
  const recording = valueOf(await openRecording(path.join(FOLDER, name), options));
  onTestFinished(() => recording.close());
  return recording;
}

describe.skipIf(sharedData === null)('tables of samples', () => {
  it('are nine, four of them with marks of their own', () => {
    expect(tables).toHaveLength(9);
  });

  it.each(tables.filter(([, { leads }]) => leads[0]!.rate !== null))(
    '%s reads as another reader reads it',
    async (name, wanted) => {
      const recording = await open(name);
      expect(recording.leads.map((lead) => lead.name)).toEqual(
        wanted.leads.map((lead) => lead.name),
      );
      for (const [index, lead] of wanted.leads.entries()) {
        await expectLead(recording, index, { ...lead, rate: lead.rate! });
      }
      if (wanted.start) expect(recording.startClock).toBe(wallClock(wanted.start));
      const gaps = (wanted.gaps ?? []).map(({ after_sample, seconds }) => {
        const startS = (after_sample + 1) / lead0Rate(wanted);
        // A gap begins and ends a sample's time from its neighbours.
        return { startS, endS: startS + seconds - 1 / lead0Rate(wanted) };
      });
      expect(recording.gaps).toHaveLength(gaps.length);
      for (const [k, { startS, endS }] of gaps.entries()) {
        expect(recording.gaps[k]!.startS).toBeCloseTo(startS, 5);
        expect(recording.gaps[k]!.endS).toBeCloseTo(endS, 4);
      }
    },
  );

  it.each(tables.filter(([, { leads }]) => leads[0]!.rate === null))(
    '%s asks for rate and gain, and has its samples with them',
    async (name, wanted) => {
      const asked = await openRecording(path.join(FOLDER, name));
      expect(asked).toMatchObject({
        error: { code: 'needs-option', details: { missing: ['samplingRateHz', 'gainAduPerMv'] } },
      });
      expect(!asked.ok && asked.error.message).toMatch(new RegExp(`^${name} .*--fs HZ --gain`));
      const recording = await open(name, { samplingRateHz: 360, gainAduPerMv: 200 });
      for (const [index, lead] of wanted.leads.entries()) {
        expect(recording.leads[index]!.name).toBe(lead.name);
        const inMv = (adu: number) => adu / 200;
        await expectLead(recording, index, {
          ...lead,
          unit: 'mV',
          rate: 360,
          first: lead.first.map((adu) => inMv(adu!)),
          sum: inMv(lead.sum),
          min: inMv(lead.min),
          max: inMv(lead.max),
        });
        const digital = valueOf(await recording.readDigital(index, 0, 5));
        expect([...digital]).toEqual(lead.first);
      }
    },
  );

  it('have the annotations that rdann printed beside them', async () => {
    const recording = await open('made_mitbih_201_60s.csv', {
      samplingRateHz: 360,
      gainAduPerMv: 200,
    });
    const [[annotations]] = files.filter(([, { kind }]) => kind === 'annotations') as [
      [string, ExpectedFile],
    ];
    expect(await recording.annotators()).toEqual(['annotations']);
    const read = valueOf(await recording.annotations('annotations'));
    expect(read.symbol).toHaveLength(91);
    expect([read.timeS[0], read.symbol[0], read.aux[0]]).toEqual([60 / 360, '+', '(AFIB']);
    // By itself it is no recording.
    const alone = await openRecording(path.join(FOLDER, annotations));
    expect(!alone.ok && alone.error.code).toBe('unknown-format');
  });

  it('are told from all other texts and tables of the data folder', async () => {
    const all = readdirSync(sharedData!, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(csv|txt|tsv|md|json|hea)$/i.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name));
    const taken: string[] = [];
    for (const file of all) {
      const format = await recogniseFile(file);
      if (format.ok && format.value?.id === 'text') taken.push(path.relative(sharedData!, file));
    }
    expect(taken.sort()).toEqual([
      'cases/not-a-recording/ecg.csv',
      ...tables.map(([name]) => `formats/csv/${name}`).sort(),
    ]);
  });
});

function lead0Rate({ leads }: ExpectedFile): number {
  return leads[0]!.rate!;
}

/** Without the zone, and with all leading zeros. */
function wallClock(start: string): string {
  const [day, time] = start.replace(/[+-]\d\d:\d\d$/, '').split('T') as [string, string];
  const date = day
    .split('-')
    .map((part) => part.padStart(2, '0'))
    .join('-');
  return `${date}T${time.includes('.') ? time : `${time}.000`}`;
}
