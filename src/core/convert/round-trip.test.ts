import path from 'node:path';
import { expect, it } from 'vitest';
import type { RecordingForm } from '../../shared/contract';
import { ok } from '../../shared/domain';
import { valueOf } from '../../shared/domain/testing/value-of';
import { openRecording } from '../formats/list';
import type { RecordedAnnotations } from '../formats/open-recording';
import { createRecording } from '../formats/shared/create-recording';
import { integersInMemory, wholeStretch } from '../formats/shared/lead-source';
import { writeFiles } from '../formats/shared/testing/open-bytes';
import { WRITERS } from './targets';

const wave = (leads: Readonly<Record<string, readonly number[]>>) =>
  Object.entries(leads)
    .map(
      ([name, samples]) =>
        `<LeadData><LeadID>${name}</LeadID><LeadAmplitudeUnitsPerBit>5</LeadAmplitudeUnitsPerBit><LeadAmplitudeUnits>MICROVOLTS</LeadAmplitudeUnits><WaveFormData>${Buffer.from(Int16Array.from(samples).buffer).toString('base64')}</WaveFormData></LeadData>`,
    )
    .join('');
const muse = `<?xml version="1.0" encoding="ISO-8859-1"?><RestingECG><PatientDemographics><DateofBirth>05-02-1951</DateofBirth></PatientDemographics><TestDemographics><AcquisitionDate>05-01-2024</AcquisitionDate><AcquisitionTime>10:11:12</AcquisitionTime></TestDemographics><Waveform><WaveformType>Rhythm</WaveformType><SampleBase>500</SampleBase>${wave({ I: [1, 2, 3], II: [4, 6, 8] })}</Waveform></RestingECG>`;

it.each<RecordingForm>(['wfdb', 'edf', 'dicom'])(
  'a strip as %s says which leads were derived, and how old somebody was',
  async (form) => {
    const folder = await writeFiles({ 'strip.xml': muse });
    const strip = valueOf(await openRecording(path.join(folder, 'strip.xml')));
    expect(strip.leads.map(({ derivedFrom }) => derivedFrom)).toEqual([
      ...[undefined, undefined, 'II - I', '-(I + II) / 2', 'I - II / 2', 'II - I / 2'],
    ]);
    expect(strip.patient.ageYears).toBe(72);
    const target = { folder: path.join(folder, 'out'), name: 'x', overwrite: false };
    const first = valueOf(await WRITERS[form](strip, target));
    const copy = valueOf(await openRecording(first.files.at(-1)!));
    expect(copy.leads.map(({ derivedFrom }) => derivedFrom)).toEqual(
      strip.leads.map(({ derivedFrom }) => derivedFrom),
    );
    expect(copy.patient.ageYears).toBe(72);
    // Once more: nothing is said twice.
    const second = valueOf(await WRITERS[form](copy, { ...target, name: 'y' }));
    const again = valueOf(await openRecording(second.files.at(-1)!));
    expect(again.comments.filter((line) => line.includes('II - I'))).toEqual(
      copy.comments.filter((line) => line.includes('II - I')),
    );
    expect(again.leads.map(({ derivedFrom }) => derivedFrom)).toEqual(
      strip.leads.map(({ derivedFrom }) => derivedFrom),
    );
    await Promise.all([strip, copy, again].map((recording) => recording.close()));
  },
);

const aecgOf = (digits: string) =>
  `<AnnotatedECG><component><series><code code="RHYTHM"/><component><sequenceSet><component><sequence><code code="TIME_ABSOLUTE"/><value><head value="20240105101112"/><increment value="2" unit="ms"/></value></sequence></component><component><sequence><code code="MDC_ECG_LEAD_II"/><value><origin value="1" unit="uV"/><scale value="5" unit="uV"/><digits>${digits}</digits></value></sequence></component></sequenceSet></component></series></component></AnnotatedECG>`;
const cardiosoftOf = (digits: string) =>
  `<CardiologyXML><StripData><SampleRate units="Hz">500</SampleRate><Resolution units="uVperLsb">10</Resolution><WaveformData lead="II">${digits.replaceAll(' ', ',')}</WaveformData></StripData></CardiologyXML>`;

it.each([
  ['aECG', aecgOf, 5, 1],
  ['CardioSoft', cardiosoftOf, 10, 0],
] as const)('decimals of %s are in every copy what they are in the file', async (_, of, step, origin) => {
  // More than the rows that a table is told by.
  const numbers = Array.from({ length: 120 }, (_none, k) => ((k * 7) % 50) - 20 + (k % 3) / 4);
  const wanted = numbers.map((number) => (number * step + origin) / 1000);
  const folder = await writeFiles({ 'strip.xml': of(numbers.join(' ')) });
  const strip = valueOf(await openRecording(path.join(folder, 'strip.xml')));
  for (const form of ['wfdb', 'edf', 'dicom', 'csv'] as const) {
    const target = { folder: path.join(folder, form), name: 'x', overwrite: false };
    const { files } = valueOf(await WRITERS[form](strip, target));
    const copy = valueOf(await openRecording(files.at(-1)!));
    const perMv = copy.leads[0]!.units === 'mV' ? 1 : 1000;
    const values = valueOf(await copy.readPhysical(0, 0, 120));
    const furthest = Math.max(...wanted.map((mv, k) => Math.abs(mv - values[k]! / perMv)));
    // WFDB has whole baselines.
    expect(furthest, form).toBeLessThan(form === 'wfdb' ? 3e-5 : 1e-6);
    await copy.close();
  }
  await strip.close();
}); // oxfmt-ignore

it.each<RecordingForm>(['wfdb', 'edf', 'dicom'])('150,000 beats are written as %s', async (form) => {
  const beats = 150_000;
  const samples = beats;
  const timeS = Float64Array.from({ length: beats }, (_, k) => k * 0.5);
  const columns = { symbol: Array<string>(beats).fill('N'), aux: Array<string>(beats).fill('') };
  const marks: RecordedAnnotations = { annotator: 'atr', timeS, ...columns, warnings: [] };
  const patient = { name: null, id: null, birthDate: null, ageYears: null, sex: null };
  const recording = createRecording(
    {
      ...{ format: 'test', formatTitle: 'Test', name: 'days', path: '/days', files: [] },
      ...{ durationS: 0.5 * beats, startClock: null, comments: [], patient, warnings: [] },
      ...{ gaps: [], measurements: [], storedBeats: [] },
      annotationSources: new Map([['atr', () => Promise.resolve(ok(marks))]]),
    },
    [
      {
        lead: {
          ...{ name: 'II', units: 'mV', samplingRateHz: 2, samples, gainAduPerUnit: 200 },
          ...{ gainAssumed: false, baselineAdu: 0, adcResolutionBits: 16 },
        },
        store: integersInMemory(new Int32Array(samples)),
        stretches: wholeStretch(samples),
      },
    ],
  );
  const target = { folder: await writeFiles({}), name: 'x', overwrite: false };
  const { files } = valueOf(await WRITERS[form](recording, target));
  const copy = valueOf(await openRecording(files.at(-1)!));
  const [annotator] = await copy.annotators();
  const read = valueOf(await copy.annotations(annotator!));
  expect(read.symbol.filter((symbol) => symbol === 'N').length).toBe(beats);
  expect(read.timeS.at(-1)).toBeCloseTo(timeS.at(-1)!, 1);
  await copy.close();
}, 60_000); // oxfmt-ignore
