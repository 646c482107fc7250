import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecording } from '../list';
import { MISSING_ADU, type OpenRecording } from '../open-recording';
import { createRecording, type RecordingFacts } from '../shared/create-recording';
import { integersInMemory, wholeStretch, type LeadSource } from '../shared/lead-source';
import { itemsOf, parseDataSet, textOf } from './data-set';
import { writeDicom } from './write-recording';
import { valueOf } from '../../../shared/domain/testing/value-of';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'fiducial-write-dicom-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const facts = (more: Partial<RecordingFacts> = {}): RecordingFacts => ({
  format: 'test',
  formatTitle: 'Test',
  name: 'r',
  path: '/r.test',
  files: ['/r.test'],
  durationS: 0,
  startClock: '2024-03-01T10:11:12.250',
  comments: [],
  patient: { name: 'Eva Müller', id: '17', birthDate: '1951-05-02', ageYears: 72, sex: 'F' },
  warnings: [],
  gaps: [],
  measurements: [],
  storedBeats: [],
  ...more,
});

const X = MISSING_ADU;
function lead(
  name: string,
  samples: readonly number[],
  more: Partial<LeadSource['lead']> = {},
): LeadSource {
  return {
    lead: {
      name,
      units: 'mV',
      samplingRateHz: 500,
      samples: samples.length,
      gainAduPerUnit: 200,
      gainAssumed: false,
      baselineAdu: 0,
      adcResolutionBits: 16,
      ...more,
    },
    store: integersInMemory(Int32Array.from(samples)),
    stretches: wholeStretch(samples.length),
    missingCode: MISSING_ADU,
  };
}

async function written(
  recording: OpenRecording,
): Promise<{ copy: OpenRecording; file: string; codes: string[] }> {
  const { files, warnings } = valueOf(
    await writeDicom(recording, { folder: dir, name: 'x', overwrite: true }),
  );
  return {
    copy: valueOf(await openRecording(files[0]!)),
    file: files[0]!,
    codes: warnings.map(({ code }) => code),
  };
}

const values = async (recording: OpenRecording, k: number) => [
  ...valueOf(await recording.readPhysical(k, 0, recording.leads[k]!.samples)),
];

describe('a recording written as DICOM', () => {
  it('keeps values, missing samples, units and rates, the leads of each rate together', async () => {
    const recording = createRecording(facts(), [
      lead('II', [100, X, -32768]),
      lead('resp', [10, 20], {
        units: 'Ohm',
        samplingRateHz: 25,
        gainAduPerUnit: 10,
        baselineAdu: 5,
      }),
      lead('V1', [1, 2, 3], { units: 'µV', gainAduPerUnit: -0.5, baselineAdu: 4 }),
    ]);
    const { copy, codes } = await written(recording);
    expect(
      copy.leads.map(({ name, units, samplingRateHz }) => [name, units, samplingRateHz]),
    ).toEqual([
      ['II', 'mV', 500],
      ['V1', 'uV', 500],
      ['resp', 'Ohm', 25],
    ]);
    const ii = await values(copy, 0);
    // -32,768 stands for "missing" there, so that the integers are moved by one.
    expect(ii.slice(0, 3)).toEqual([expect.closeTo(0.5, 9), NaN, expect.closeTo(-163.84, 9)]);
    expect((await values(copy, 1)).slice(0, 3)).toEqual(
      [6, 4, 2].map((uv) => expect.closeTo(uv, 9)),
    );
    expect((await values(copy, 2)).slice(0, 2)).toEqual(
      [0.5, 1.5].map((x) => expect.closeTo(x, 9)),
    );
    expect(codes).toEqual([]);
    await copy.close();
  });

  it('says who and when, and has the elements that the standard asks for', async () => {
    const { copy, file } = await written(createRecording(facts(), [lead('II', [1, 2])]));
    expect(copy.patient).toEqual(facts().patient);
    expect(copy.startClock).toBe('2024-03-01T10:11:12.250');
    const dataSet = parseDataSet(await readFile(file))!;
    const present = Object.keys(dataSet.elements);
    const wanted =
      'x00080016 x00080018 x00080020 x00080060 x00100010 x00100020 x0020000d x0020000e x00200013 x0008002a x00400555 x54000100';
    expect(present).toEqual(expect.arrayContaining(wanted.split(' ')));
    expect(textOf(dataSet, 'x00020003', 'latin1')).toBe(textOf(dataSet, 'x00080018', 'latin1'));
    const [group] = itemsOf(dataSet, 'x54000100');
    expect(group!.uint32('x003a0010')).toBe(2);
    expect(textOf(dataSet, 'x00080018', 'latin1')).toMatch(/^2\.25\.[1-9]\d{0,38}$/);
    await copy.close();
  });

  it.each([
    ['12-lead ECG', 12, 500, 500],
    ['General ECG', 12, 100, 500],
    ['General ECG', 2, 500, 500],
    ['Ambulatory ECG', 2, 128, 128 * 700],
  ])('is called %s: %s leads, %s Hz, %s samples', async (title, leads, samplingRateHz, samples) => {
    const names = 'I II III aVR aVL aVF V1 V2 V3 V4 V5 V6'.split(' ').slice(0, leads);
    const sources = names.map((name) =>
      lead(name, Array<number>(samples).fill(1), { samplingRateHz }),
    );
    const { copy } = await written(createRecording(facts(), sources));
    expect(copy.formatTitle).toBe(`DICOM ${title}`);
    await copy.close();
  });

  it('keeps annotations and what the device measured', async () => {
    const rows = {
      annotator: 'a',
      timeS: Float64Array.of(-1, 0, 0.002, 0.004, 0.004, 99),
      durationS: Float64Array.of(0, 0, 0, 0.002, 0, 0),
      symbol: ['N', 'V', 'V', '"', '+', 'N'],
      aux: ['', '', '', 'noise', '(AFIB', ''],
      warnings: [],
    };
    const recording = createRecording(
      facts({
        annotationSources: new Map([['a', async () => ({ ok: true as const, value: rows })]]),
        measurements: [
          { name: 'QT', value: '420', units: 'ms' },
          { name: 'Rhythm', value: 'Sinus', units: '' },
        ],
      }),
      [lead('II', [1, 2, 3, 4])],
    );
    const { copy, codes } = await written(recording);
    const read = valueOf(await copy.annotations('dicom'));
    expect(
      read.symbol.map((symbol, k) => [read.timeS[k], read.durationS![k], symbol, read.aux[k]]),
    ).toEqual([
      [0, 0, 'V', ''],
      [0.002, 0, 'V', ''],
      [0.004, 0.002, '"', 'noise'],
      [0.004, 0, '+', '(AFIB'],
    ]);
    expect(copy.measurements).toEqual([
      { name: 'QT', value: '420', units: 'ms' },
      { name: 'Statement', value: 'Rhythm: Sinus', units: '' },
    ]);
    expect(codes).toEqual(['annotations-left-out']);
    await copy.close();
  });

  it('is refused without samples', async () => {
    const result = await writeDicom(createRecording(facts(), []), {
      folder: dir,
      name: 'x',
      overwrite: false,
    });
    expect(result).toMatchObject({ error: { code: 'unsupported' } });
  });
});
