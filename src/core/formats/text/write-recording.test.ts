import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRecording } from '../list';
import { MISSING_ADU, type OpenRecording } from '../open-recording';
import { createRecording } from '../shared/create-recording';
import { integersInMemory, wholeStretch } from '../shared/lead-source';
import { writeSamplesCsv } from './write-recording';
import { valueOf } from '../../../shared/domain/testing/value-of';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'fiducial-write-csv-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

interface MadeLead {
  readonly name: string;
  readonly units: string;
  readonly rateHz: number;
  readonly samples: readonly number[];
}

function recordingOf(leads: readonly MadeLead[]): OpenRecording {
  return createRecording(
    {
      format: 'test',
      formatTitle: 'Test',
      name: 'r',
      path: '/r.test',
      files: ['/r.test'],
      durationS: 0,
      startClock: null,
      comments: [],
      patient: { name: null, id: null, birthDate: null, ageYears: null, sex: null },
      warnings: [],
      gaps: [],
      measurements: [],
      storedBeats: [],
    },
    leads.map(({ name, units, rateHz, samples }) => ({
      lead: {
        name,
        units,
        samplingRateHz: rateHz,
        samples: samples.length,
        gainAduPerUnit: 200,
        gainAssumed: false,
        baselineAdu: 100,
        adcResolutionBits: 16,
      },
      store: integersInMemory(Int32Array.from(samples)),
      stretches: wholeStretch(samples.length),
      missingCode: MISSING_ADU,
    })),
  );
}

const write = async (leads: readonly MadeLead[]) =>
  valueOf(await writeSamplesCsv(recordingOf(leads), { folder: dir, name: 'r', overwrite: false }));

it('writes a row a sample, millivolts, and nothing where a sample is missing', async () => {
  const { files } = await write([
    { name: 'I', units: 'uV', rateHz: 4, samples: [100, 301, MISSING_ADU] },
    { name: 'CO2, arm', units: 'mmHg', rateHz: 4, samples: [0, 100, 1] },
  ]);
  expect(files).toEqual([path.join(dir, 'r-samples.csv')]);
  expect(await readFile(files[0]!, 'utf8')).toBe(
    'time (s),I (mV),"CO2, arm (mmHg)"\r\n' +
      '0.000000,0,-0.5\r\n0.250000,0.001005,0\r\n0.500000,,-0.495\r\n',
  );
});

it('writes leads of each rate apart, and both are read again', async () => {
  const wave = (n: number) =>
    Array.from({ length: n }, (_, k) => Math.round(300 * Math.sin(k / 9)));
  const { files } = await write([
    { name: 'I', units: 'mV', rateHz: 599.88, samples: wave(1200) },
    { name: 'II', units: 'mV', rateHz: 50, samples: wave(100) },
  ]);
  expect(files.map((file) => path.basename(file))).toEqual([
    'r-samples-599.88Hz.csv',
    'r-samples-50Hz.csv',
  ]);
  for (const [k, file] of files.entries()) {
    const copy = valueOf(await openRecording(file));
    expect(copy.leads).toMatchObject([
      { name: ['I', 'II'][k], units: 'mV', samplingRateHz: [599.88, 50][k] },
    ]);
    const values = valueOf(await copy.readPhysical(0, 0, 100));
    expect(values[70]).toBeCloseTo((wave(100)[70]! - 100) / 200, 9);
    await copy.close();
  }
});

it('writes a lead that begins long after the others, or never, and reads it again', async () => {
  const rows = Array.from({ length: 1500 }, (_, k) => Math.round(300 * Math.sin(k / 9)));
  const { files } = await write([
    { name: 'I', units: 'mV', rateHz: 500, samples: rows },
    { name: 'V1', units: 'mV', rateHz: 500, samples: rows.map((v, k) => (k < 1400 ? MISSING_ADU : v)) },
    { name: 'V2', units: 'mV', rateHz: 500, samples: rows.map(() => MISSING_ADU) },
    { name: 'V3', units: 'mV', rateHz: 500, samples: rows },
  ]); // oxfmt-ignore
  const copy = valueOf(await openRecording(files[0]!));
  expect(copy.leads.map(({ name }) => name)).toEqual(['I', 'V1', 'V2', 'V3']);
  const [late, never] = await Promise.all(
    [1, 2].map((lead) => copy.readPhysical(lead, 1399, 1401)),
  );
  expect([...valueOf(late!)]).toEqual([NaN, expect.closeTo((rows[1400]! - 100) / 200, 9)]);
  expect([...valueOf(never!)]).toEqual([NaN, NaN]);
  await copy.close();
});

it('replaces nothing, and makes no table of nothing', async () => {
  const lead = { name: 'I', units: 'mV', rateHz: 4, samples: [1] };
  await write([lead]);
  const again = { folder: dir, name: 'r', overwrite: false };
  expect(await writeSamplesCsv(recordingOf([lead]), again)).toMatchObject({
    error: { code: 'conflict' },
  });
  expect(await writeSamplesCsv(recordingOf([]), again)).toMatchObject({
    error: { code: 'unsupported' },
  });
});
