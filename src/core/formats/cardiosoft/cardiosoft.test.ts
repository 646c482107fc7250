import { describe, expect, it } from 'vitest';
import { openBytes, tryOpen, valuesOf } from '../shared/testing/open-bytes';
import { cardiosoftFormat } from './index';

const strip = (leads: string, name = 'StripData') =>
  `<${name}><SampleRate units="Hz">500</SampleRate><Resolution units="uVperLsb">5</Resolution>${leads}</${name}>`;
const lead = (name: string, text: string) =>
  `<WaveformData lead="${name}">\t${text}</WaveformData>`;
const document = (...parts: readonly string[]) =>
  `<CardiologyXML>${parts.join('')}</CardiologyXML>`;

describe('GE CardioSoft XML', () => {
  it('reads strips, medians, beats, filters and who was recorded', async () => {
    const recording = await openBytes(
      cardiosoftFormat,
      document(
        `<ObservationDateTime><Hour>14</Hour><Minute>19</Minute><Second>39</Second><Day>19</Day><Month>7</Month><Year>2018</Year></ObservationDateTime>
         <PatientInfo><PID>7</PID><Name><FamilyName>Byron</FamilyName><GivenName>Ada</GivenName></Name><Age units="YEARS">53</Age><Gender>FEMALE</Gender></PatientInfo>
         <FilterSetting><Filter50Hz>Yes</Filter50Hz><LowPass>100</LowPass><HighPass>0.01</HighPass></FilterSetting>
         <RestingECGMeasurements><VentricularRate units="BPM">50</VentricularRate><PAxis units="degrees"></PAxis>`,
        strip(lead('I', '6,,4'), 'MedianSamples'),
        '</RestingECGMeasurements>',
        strip(
          lead('V1', '10,-20,') +
            '<ArrhythmiaResults><Time>800</Time><BeatClass>dominant</BeatClass><Time>2010</Time><BeatClass>VES</BeatClass></ArrhythmiaResults>',
        ),
        '<FullDisclosure><FullDisclosureData>1,2</FullDisclosureData></FullDisclosure>',
      ),
    );
    expect(recording.startClock).toBe('2018-07-19T14:19:39.000');
    expect(recording.patient).toMatchObject({ name: 'Ada Byron', id: '7', ageYears: 53, sex: 'F' });
    expect(recording.leads).toMatchObject([
      {
        name: 'V1',
        leadCode: 3,
        units: 'uV',
        samplingRateHz: 500,
        filters: { highPassHz: 0.01, lowPassHz: 100, notchHz: 50 },
      },
    ]);
    expect(await valuesOf(recording, 0)).toEqual([50, -100]);
    expect(recording.storedBeats[0]!.valuesMv[0]).toEqual(Float64Array.of(0.03, NaN, 0.02));
    expect(recording.measurements).toEqual([
      { name: 'Ventricular rate', value: '50', units: 'bpm' },
    ]);
    expect(await recording.annotations('device')).toMatchObject({
      value: { timeS: Float64Array.of(0.8, 2.01), symbol: ['N', 'Q'], aux: ['', 'VES'] },
    });
    expect(recording.warnings.map(({ code }) => code)).toEqual(['more-series']);
  });

  it('asks for a resolution that is not there', async () => {
    const text = document(strip(lead('I', '10')).replace('>5<', '><'));
    expect(await tryOpen(cardiosoftFormat, text)).toMatchObject({
      error: { code: 'needs-option', details: { missing: ['gainAduPerMv'] } },
    });
    const recording = await openBytes(cardiosoftFormat, text, { gainAduPerMv: 200 });
    expect(await valuesOf(recording, 0)).toEqual([0.05]);
  });

  it.each([
    ['no strip', document(), /holds no strip/],
    ['no samples', document(strip(lead('I', ''))), /holds no samples/],
  ])('refuses %s', async (_, text, message) => {
    const opened = await tryOpen(cardiosoftFormat, text);
    expect(!opened.ok && opened.error.message).toMatch(message);
  });
});
