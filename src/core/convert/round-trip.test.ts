import path from 'node:path';
import { expect, it } from 'vitest';
import type { RecordingForm } from '../../shared/contract';
import { valueOf } from '../../shared/domain/testing/value-of';
import { openRecording } from '../formats/list';
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
