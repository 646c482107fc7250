import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecording } from '../list';
import { MISSING_ADU, type OpenRecording } from '../open-recording';
import { createRecording, type RecordingFacts } from '../shared/create-recording';
import {
  integersInMemory,
  valuesInMemory,
  wholeStretch,
  type LeadSource,
} from '../shared/lead-source';
import { planRecords } from './record-plan';
import { writeEdf } from './write-recording';
import { valueOf } from '../../../shared/domain/testing/value-of';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'fiducial-write-edf-'));
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
  patient: { name: null, id: null, birthDate: null, ageYears: null, sex: null },
  warnings: [],
  gaps: [],
  measurements: [],
  storedBeats: [],
  ...more,
});

function lead(samples: readonly number[], more: Partial<LeadSource['lead']> = {}): LeadSource {
  return {
    lead: {
      name: 'II',
      units: 'mV',
      samplingRateHz: 4,
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
): Promise<{ copy: OpenRecording; codes: string[]; header: string; content: string }> {
  const target = { folder: dir, name: 'x', overwrite: true };
  const { files, warnings } = valueOf(await writeEdf(recording, target));
  const content = await readFile(files[0]!, 'latin1');
  const header = content.slice(0, 512);
  const copy = valueOf(await openRecording(files[0]!));
  await copy.close();
  const again = valueOf(await openRecording(files[0]!));
  return { copy: again, codes: warnings.map(({ code }) => code), header, content };
}

const X = MISSING_ADU;
const all = async (recording: OpenRecording, k = 0) => [
  ...valueOf(await recording.readDigital(k, 0, recording.leads[k]!.samples)),
];

describe('a recording written as EDF+', () => {
  it('says who, when to the sub-second, how scaled and how filtered', async () => {
    const patient = {
      name: 'Jörg  Müller',
      id: 'A 17',
      birthDate: '1951-05-02',
      ageYears: 72,
      sex: 'M' as const,
    };
    const filters = { highPassHz: 0.05, lowPassHz: 150, notchHz: 50 };
    const recording = createRecording(facts({ patient }), [
      lead([1, 2, 3, 4], { filters }),
      lead([5, 6, 7, 8], {
        name: 'aVR, augmented voltage, right',
        units: 'µV',
        gainAduPerUnit: 1 / 4.88,
      }),
    ]);
    const { copy, codes, header } = await written(recording);
    expect(header.slice(8, 88).trim()).toBe('A_17 M 02-MAY-1951 Jorg_Muller');
    expect(header.slice(192, 197)).toBe('EDF+C');
    expect(copy.startClock).toBe('2024-03-01T10:11:12.250');
    expect(copy.leads).toMatchObject([
      { name: 'II', units: 'mV', samplingRateHz: 4, filters },
      { name: 'aVR', units: 'uV' },
    ]);
    expect(copy.leads[0]!.gainAduPerUnit).toBeCloseTo(200, 9);
    expect(copy.leads[1]!.gainAduPerUnit).toBeCloseTo(1 / 4.88, 12);
    expect([await all(copy), await all(copy, 1), codes]).toEqual([[1, 2, 3, 4], [5, 6, 7, 8], []]);
    await copy.close();
  });

  it.each<[string, string, string, readonly string[]]>([
    ['Łukasz Čech', 'A', 'A X X Lukasz_Cech', []],
    ['Søren Strauß', 'A', 'A X X Soren_Strauss', []],
    ['Анна', 'A', 'A X X ____', ['letters']],
    ['Ann', '小', '_ X X Ann', ['letters']],
    ['Ann '.repeat(20), 'A', `A X X ${'Ann_'.repeat(18)}Ann`, ['letters']],
  ])('says who in letters that EDF has, and that some are left out: %s', async (name, id, field, told) => {
    const patient = { name, id, birthDate: null, ageYears: null, sex: null };
    const { copy, codes, header } = await written(createRecording(facts({ patient }), [lead([1])]));
    expect(header.slice(8, 88).trim().slice(0, 80)).toBe(field.slice(0, 80));
    expect(codes).toEqual(told);
    await copy.close();
  }); // oxfmt-ignore

  it.each([
    [53, null, 'X', '2024-03-01T10:11:12', 53],
    [0.25, null, 'X', '2024-03-01T10:11:12', 0.25],
    [53, '1951-05-02', '02-MAY-1951', null, 53],
    [60, '1951-05-02', '02-MAY-1951', '2024-03-01T10:11:12', 60],
  ])('has an age of %f that birth date (%s) and day do not tell', async (ageYears, birthDate, born, startClock, read) => {
    const patient = { name: 'Ann Doe', id: null, birthDate, ageYears, sex: null };
    const recording = createRecording(facts({ patient, startClock }), [lead([1])]);
    const { copy, header } = await written(recording);
    expect(header.slice(8, 88)).toContain(`X X ${born} Ann_Doe`);
    expect(copy.patient).toMatchObject({ name: 'Ann Doe', birthDate });
    expect(copy.patient.ageYears).toBeCloseTo(read, 2);
    expect(copy.comments.filter((line) => line.startsWith('Patient'))).toEqual([]);
    await copy.close();
  }); // oxfmt-ignore

  it('leaves out what is not known', async () => {
    const { copy, header } = await written(
      createRecording(facts({ startClock: null }), [lead([1])]),
    );
    expect(header.slice(8, 88).trim()).toBe('X X X X');
    expect(copy.startClock).toBeNull();
    expect(copy.patient).toEqual({
      name: null,
      id: null,
      birthDate: null,
      ageYears: null,
      sex: null,
    });
    await copy.close();
  });

  it('has gaps of all leads as gaps, wherever they begin', async () => {
    const samples = [1, 2, 3, X, X, X, X, X, 4, 5, 6, X];
    const recording = createRecording(facts(), [lead(samples), lead(samples, { name: 'V1' })]);
    const { copy, codes, header } = await written(recording);
    expect(header.slice(192, 197)).toBe('EDF+D');
    expect(copy.gaps).toEqual([{ startS: 0.75, endS: 2 }]);
    expect([await all(copy), codes]).toEqual([samples.slice(0, -1), []]);
    await copy.close();
  });

  it.each([
    ['2024-03-01T23:59:58.250', '2024-03-02T00:00:00.250', '+0.25'],
    ['T20:59:58.000', 'T21:00:00.000', '+0'],
    [null, null, '+0'],
  ])('starts later where its beginning is missing: %s', async (startClock, later, first) => {
    const samples = [X, X, X, X, X, X, X, X, 4, 5, 6, 7];
    const recording = createRecording(facts({ startClock }), [lead(samples)]);
    const { copy, codes, header, content } = await written(recording);
    expect(header.slice(192, 197)).toBe('EDF+C');
    // EDFlib refuses a first onset of a second or more.
    expect(content).toContain(`${first}\x14\x14\0`);
    expect(copy.startClock).toBe(later);
    expect([await all(copy), codes]).toEqual([[4, 5, 6, 7], ['starts-later']]);
    await copy.close();
  });

  it('has records as far apart as the header says, where eight characters cannot say how long they are', async () => {
    const samples = Array.from({ length: 1000 }, (_, k) => k);
    const recording = createRecording(facts({ startClock: null, durationS: 1000 / 249.93 }), [
      lead(samples, { samplingRateHz: 249.93 }),
    ]);
    const { copy, header, content } = await written(recording);
    const durationS = Number(header.slice(244, 252));
    const onsets = content
      .split('\x14\x14\0')
      .slice(0, -1)
      .map((before) => Number(/\+([\d.]+)$/.exec(before)![1]));
    expect(onsets).toHaveLength(4);
    onsets.forEach((onset, k) => expect(onset).toBeCloseTo(k * durationS, 9));
    expect(copy.gaps).toEqual([]);
    await copy.close();
  });

  it('holds the last value where a lead alone has none, and says where', async () => {
    const recording = createRecording(facts(), [
      lead([1, 2, X, X, 5, 6]),
      lead([1, 2, 3, 4, 5, 6], { name: 'V1' }),
    ]);
    const { copy, codes } = await written(recording);
    expect([await all(copy), codes]).toEqual([[1, 2, 2, 2, 5, 6], ['missing-held']]);
    const notes = valueOf(await copy.annotations('edf'));
    expect([notes.aux, [...notes.timeS], [...notes.durationS!]]).toEqual([
      ['Missing: II'],
      [0.5],
      [0.5],
    ]);
    await copy.close();
  });

  it('says to the sample where a lead has none that is faster than another', async () => {
    const fast = lead([1, 2, 3, X, X, 6, 7, 8]);
    const slow = lead([1, 2, 3, 4], { name: 'V1', samplingRateHz: fast.lead.samplingRateHz / 2 });
    const { copy } = await written(createRecording(facts(), [fast, slow]));
    const notes = valueOf(await copy.annotations('edf'));
    expect([notes.aux, [...notes.timeS], [...notes.durationS!]]).toEqual([
      ['Missing: II'],
      [3 / fast.lead.samplingRateHz],
      [2 / fast.lead.samplingRateHz],
    ]);
    await copy.close();
  });

  it('says where values were too large for the integers of their gain', async () => {
    const source = { ...lead([1, 2]), store: valuesInMemory(Float64Array.of(1, 1e12)) };
    const { copy, codes } = await written(createRecording(facts(), [source]));
    expect(codes).toEqual(['values-limited', 'scaled']);
    await copy.close();
  });

  it('spreads what 16 bits do not hold over all of them', async () => {
    const big = [-8_000_000, 12_345, 8_000_000];
    const { copy, codes } = await written(
      createRecording(facts(), [lead(big, { gainAduPerUnit: 1e6 })]),
    );
    const { units, gainAduPerUnit } = copy.leads[0]!;
    const values = [...valueOf(await copy.readPhysical(0, 0, 3))];
    const halfStep = 0.5 / gainAduPerUnit;
    expect([units, codes]).toEqual(['uV', ['scaled']]);
    for (const [k, sample] of big.entries()) {
      expect(Math.abs(values[k]! - sample / 1000)).toBeLessThanOrEqual(halfStep * 1.0001);
    }
    const still = await written(createRecording(facts(), [lead([100_000, 100_000])]));
    expect([...valueOf(await still.copy.readPhysical(0, 0, 1))][0]).toBeCloseTo(500, 9);
    await copy.close();
    await still.copy.close();
  });

  it('keeps every annotation, however many and however long', async () => {
    const count = 500;
    const rows = {
      annotator: 'a',
      timeS: Float64Array.from({ length: count }, (_, k) => k / 100),
      symbol: Array.from({ length: count }, (_, k) =>
        k % 3 === 0 ? 'V' : k % 3 === 1 ? '"' : '+',
      ),
      aux: Array.from({ length: count }, (_, k) =>
        k % 3 === 0 ? '' : k % 3 === 1 ? `Nöte ${'x'.repeat(k % 90)}\n${k}` : '(AFIB',
      ),
      warnings: [],
    };
    const annotationSources = new Map([['a', async () => ({ ok: true as const, value: rows })]]);
    const recording = createRecording(facts({ annotationSources }), [
      lead(Array<number>(21).fill(7)),
    ]);
    const { copy } = await written(recording);
    const read = valueOf(await copy.annotations('edf'));
    const own = read.aux.map(
      (aux, k) => !aux.startsWith('Missing') && [read.timeS[k], read.symbol[k], aux],
    );
    expect(own.filter(Boolean)).toEqual(
      rows.symbol.map((symbol, k) => [
        expect.closeTo(rows.timeS[k]!, 6),
        symbol,
        rows.aux[k]!.replace('\n', ' '),
      ]),
    );
    await copy.close();
  });
});

describe('data records', () => {
  it.each([
    ['of a second where that divides', 5000, 500, '1', 500],
    ['that divide ten seconds of 599.88 Hz', 6000, 1e6 / 1667, '1.0002', 600],
    [
      'that can be written, with little to fill',
      650_000,
      360,
      expect.any(String),
      expect.any(Number),
    ],
    ['of a short strip', 5, 500, '0.01', 5],
    ['of slow frames', 11, 0.1, '10', 1],
  ])('%s', (_what, frames, rateHz, durationText, framesPerRecord) => {
    const plan = planRecords(frames, rateHz, 2, []);
    expect(plan).toMatchObject({ durationText, framesPerRecord });
    expect(Number(plan.durationText)).toBeCloseTo(plan.framesPerRecord / rateHz, 9);
    const filled = Math.ceil(frames / plan.framesPerRecord) * plan.framesPerRecord - frames;
    expect(filled / rateHz).toBeLessThan(0.1);
  });

  it('end before the next stretch begins', () => {
    const plan = planRecords(1000, 100, 1, [{ start: 333, end: 350 }]);
    expect(plan.segments).toEqual([{ start: 0, end: 333 }, { start: 350, end: 1000 }]); // oxfmt-ignore
    const last = Math.ceil(333 / plan.framesPerRecord) * plan.framesPerRecord;
    expect(last).toBeLessThanOrEqual(350);
  });
});
