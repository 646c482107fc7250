import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openBytes, tryOpen, valuesOf } from '../shared/testing/open-bytes';
import { museFormat } from './index';

const bytesOf = (samples: readonly number[]) => Buffer.from(Int16Array.from(samples).buffer);

function lead(name: string, samples: readonly number[], more = ''): string {
  const bytes = bytesOf(samples);
  return `<LeadData><LeadID>${name}</LeadID><LeadSampleCountTotal>${samples.length}</LeadSampleCountTotal>
    <LeadAmplitudeUnitsPerBit>4.88</LeadAmplitudeUnitsPerBit><LeadAmplitudeUnits>MICROVOLTS</LeadAmplitudeUnits>
    <LeadDataCRC32>${crc32(bytes)}</LeadDataCRC32>${more}<WaveFormData>\n${bytes.toString('base64')}\n</WaveFormData></LeadData>`;
}

const waveform = (type: string, ...leads: readonly string[]) =>
  `<Waveform><WaveformType>${type}</WaveformType><SampleBase>25</SampleBase><SampleExponent>1</SampleExponent>
   <HighPassFilter>16</HighPassFilter><LowPassFilter>150</LowPassFilter><ACFilter>NONE</ACFilter>${leads.join('')}</Waveform>`;
const document = (...parts: readonly string[]) =>
  `<!DOCTYPE RestingECG SYSTEM "restecg.dtd"><RestingECG>${parts.join('')}</RestingECG>`;

describe('GE MUSE XML', () => {
  it('reads strips, derives limb leads and keeps medians apart', async () => {
    const recording = await openBytes(
      museFormat,
      document(
        waveform('Median', lead('I', [7])),
        waveform('Rhythm', lead('I', [100, -3]), lead('II', [50, 8])),
      ),
    );
    expect(
      recording.leads.map(({ name, derivedFrom }) => [name, derivedFrom !== undefined]),
    ).toEqual([
      ['I', false],
      ['II', false],
      ['III', true],
      ['aVR', true],
      ['aVL', true],
      ['aVF', true],
    ]);
    expect(recording.leads[0]).toMatchObject({
      units: 'uV',
      samplingRateHz: 250,
      filters: { highPassHz: 0.16, lowPassHz: 150, notchHz: null },
    });
    expect((await valuesOf(recording, 0))[0]).toBeCloseTo(488, 9);
    expect((await valuesOf(recording, 3))[1]).toBeCloseTo(-2.5 * 4.88, 9);
    expect(recording.storedBeats).toMatchObject([{ leadNames: ['I'], samplingRateHz: 250 }]);
    expect(recording.storedBeats[0]!.valuesMv[0]![0]).toBeCloseTo(7 * 0.00488, 9);
    expect(recording.warnings).toEqual([]);
  });

  it('warns of a wrong checksum, a wrong count and of leads that were off', async () => {
    const damaged = lead('V1', [1, 2], '<LeadOff>TRUE</LeadOff>')
      .replace(/<LeadDataCRC32>\d+/, '<LeadDataCRC32>1')
      .replace('CountTotal>2', 'CountTotal>5');
    const recording = await openBytes(museFormat, document(waveform('Rhythm', damaged)));
    expect(recording.warnings.map(({ code }) => code)).toEqual([
      'checksum',
      'length',
      'device-quality',
    ]);
    expect(recording.warnings[2]!.message).toBe('r.x: lead V1: the device reports LeadOff.');
    const verified = await recording.verify();
    expect(verified.ok && verified.value).toHaveLength(3);
  });

  it('tells who was recorded when, and what was measured and stated', async () => {
    const recording = await openBytes(
      museFormat,
      document(
        `<PatientDemographics><PatientID>7</PatientID><PatientAge>18</PatientAge><AgeUnits>MONTHS</AgeUnits>
         <DateofBirth>02-29-2020</DateofBirth><Gender>FEMALE</Gender><PatientLastName>Byron</PatientLastName>
         <PatientFirstName>Ada</PatientFirstName></PatientDemographics>
         <TestDemographics><AcquisitionDate>12-31-2021</AcquisitionDate><AcquisitionTime>23:59:58</AcquisitionTime></TestDemographics>
         <RestingECGMeasurements><VentricularRate>97</VentricularRate></RestingECGMeasurements>
         <Diagnosis><DiagnosisStatement><StmtText>Sinus</StmtText></DiagnosisStatement><DiagnosisStatement>
         <StmtFlag>ENDSLINE</StmtFlag><StmtText>rhythm</StmtText></DiagnosisStatement></Diagnosis>
         <QRSTimesTypes><QRS><Type>0</Type><Time>614</Time></QRS><QRS><Type>1</Type><Time>1914</Time></QRS></QRSTimesTypes>`,
        waveform('Rhythm', lead('I', [1])),
      ),
    );
    expect(recording.startClock).toBe('2021-12-31T23:59:58.000');
    const stated =
      '<AcquisitionDate>31-12-2021</AcquisitionDate><AcquisitionTime>23:59</AcquisitionTime>';
    const other = await openBytes(
      museFormat,
      document(
        `<TestDemographics>${stated}</TestDemographics>`,
        waveform('Rhythm', lead('I', [1])),
      ),
    );
    expect(other.startClock).toBe('T23:59:00.000');
    expect(other.warnings.map(({ message }) => message).join()).toContain('"31-12-2021"');
    expect(recording.patient).toEqual({
      name: 'Ada Byron',
      id: '7',
      birthDate: '2020-02-29',
      ageYears: 1.5,
      sex: 'F',
    });
    expect(recording.measurements).toEqual([
      { name: 'Ventricular rate', value: '97', units: 'bpm' },
      { name: 'Diagnosis', value: 'Sinus rhythm', units: '' },
    ]);
    expect(await recording.annotations('device')).toMatchObject({
      value: { timeS: Float64Array.of(0.614, 1.914), symbol: ['N', 'Q'], aux: ['', 'QRS type 1'] },
    });
  });

  it('asks for a rate or a scale that is not there', async () => {
    const text = document(waveform('Rhythm', lead('I', [10])))
      .replace('<SampleBase>25</SampleBase>', '')
      .replace('4.88', '');
    expect(await tryOpen(museFormat, text)).toMatchObject({
      error: { code: 'needs-option', details: { missing: ['samplingRateHz', 'gainAduPerMv'] } },
    });
    const recording = await openBytes(museFormat, text, { samplingRateHz: 500, gainAduPerMv: 200 });
    expect(await valuesOf(recording, 0)).toEqual([0.05]);
  });

  it.each([
    ['no rhythm strip', document(waveform('Median', lead('I', [1]))), /holds no rhythm strip/],
    ['no leads', document(waveform('Rhythm')), /holds no lead in its rhythm strip/],
    [
      'bytes that are no Base64',
      document(waveform('Rhythm', lead('I', [1]).replace('Data>\n', 'Data>*'))),
      /^r\.x: lead I, WaveFormData is not Base64: it holds "\*"\.$/,
    ],
    [
      'samples of another size',
      document(waveform('Rhythm', lead('I', [1], '<LeadSampleSize>4</LeadSampleSize>'))),
      /^r\.x: lead I has 4 bytes a sample/,
    ],
  ])('refuses %s', async (_, text, message) => {
    const opened = await tryOpen(museFormat, text);
    expect(!opened.ok && opened.error.message).toMatch(message);
  });
});
