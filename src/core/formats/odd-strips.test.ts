import { describe, expect, it } from 'vitest';
import { aecgFormat } from './aecg';
import { cardiosoftFormat } from './cardiosoft';
import { dicomFormat } from './dicom';
import { encodeDicom, type MadeGroup } from './dicom/testing/encode-dicom';
import type { Format } from './format';
import { museFormat } from './muse';
import { philipsFormat } from './philips';
import { scpFormat } from './scp';
import { buildScp, encoded, pack, section1, section3, words } from './scp/testing/build-scp';
import { openBytes, tryOpen, valuesOf } from './shared/testing/open-bytes';

/** Documents as other programs write them: well-formed, and not as the makers of the formats do. */

const base64 = (
  values: readonly number[],
  Kind: typeof Int16Array | typeof Int32Array = Int16Array,
) => Buffer.from(Kind.from(values).buffer).toString('base64');

interface Facts {
  readonly day?: string;
  readonly time?: string;
  readonly sex?: string;
  readonly name?: string;
}

const museLead = (id: string, data: string, more = '', units = 'MICROVOLTS') =>
  `<LeadData><LeadID>${id}</LeadID>${more}<LeadAmplitudeUnitsPerBit>5</LeadAmplitudeUnitsPerBit><LeadAmplitudeUnits>${units}</LeadAmplitudeUnits><WaveFormData>${data}</WaveFormData></LeadData>`;
const museWave = (leads: string, type = 'Rhythm') =>
  `<Waveform><WaveformType>${type}</WaveformType><SampleBase>500</SampleBase>${leads}</Waveform>`;
const muse = (waves: string, { day = '', time = '', sex = '', name = '' }: Facts = {}) =>
  `<?xml version="1.0" encoding="ISO-8859-1"?><RestingECG><PatientDemographics><Gender>${sex}</Gender><PatientLastName>${name}</PatientLastName></PatientDemographics><TestDemographics><AcquisitionDate>${day}</AcquisitionDate><AcquisitionTime>${time}</AcquisitionTime></TestDemographics>${waves}</RestingECG>`;

const cardiosoftStrip = (
  leads: string,
  rate = '<SampleRate units="Hz">500</SampleRate>',
  resolution = '<Resolution units="uVperLsb">5</Resolution>',
) =>
  `<StripData>${rate}<ChannelSampleCountTotal>3</ChannelSampleCountTotal>${resolution}${leads}</StripData>`;
const cardiosoftLead = (lead: string, text: string) =>
  `<WaveformData lead="${lead}">${text}</WaveformData>`;
const cardiosoft = (strips: string, { day = '', time = '', sex = '', name = '' }: Facts = {}) => {
  const [year, month, date] = day.split('-');
  const [hour, minute] = time.split(':');
  const part = (tag: string, text = '') => (text ? `<${tag}>${text}</${tag}>` : '');
  return `<CardiologyXML><ObservationDateTime>${part('Hour', hour)}${part('Minute', minute)}${part('Day', date)}${part('Month', month)}${part('Year', year)}</ObservationDateTime><PatientInfo><Name><FamilyName>${name}</FamilyName></Name><Gender>${sex}</Gender></PatientInfo>${strips}</CardiologyXML>`;
};

const PLAIN = 'leadlabels="I II" samplespersecond="500" resolution="5" durationperchannel="6"';
const philips = (
  data: string,
  attributes = PLAIN,
  { day = '', time = '', sex = '', name = '' }: Facts = {},
  more = '',
) =>
  `<restingecgdata><dataacquisition date="${day}" time="${time}"/><patient><generalpatientdata><name><lastname>${name}</lastname></name><sex>${sex}</sex></generalpatientdata></patient><waveforms><parsedwaveforms ${attributes}>${data}</parsedwaveforms>${more}</waveforms></restingecgdata>`;

const aecgLead = (code: string, digits: string, unit = ' unit="uV"') =>
  `<component><sequence><code code="${code}"/><value><scale value="5"${unit}/><digits>${digits}</digits></value></sequence></component>`;
const aecgSet = (head: string, leads: string, unit = 'ms') =>
  `<component><sequenceSet><component><sequence><code code="TIME_ABSOLUTE"/><value><head value="${head}"/><increment value="2" unit="${unit}"/></value></sequence></component>${leads}</sequenceSet></component>`;
const aecgSeries = (sets: string, low = '') =>
  `<component><series><code code="RHYTHM"/><effectiveTime><low value="${low}"/></effectiveTime>${sets}</series></component>`;
const aecg = (series: string) => `<AnnotatedECG>${series}</AnnotatedECG>`;
const AT = '20240105101112';

const scp = (about: Readonly<Record<number, Buffer | string>>, more: Readonly<Record<number, Buffer>> = {}) =>
  buildScp({ 1: section1(about), 3: section3([[1, 1, 3], [2, 1, 3]]), 6: encoded([words([1, 2, 3]), words([4, 5, 6])]), ...more }); // oxfmt-ignore

const two = museWave(museLead('I', base64([1, 2, 3])) + museLead('II', base64([4, 5, 6])));
const twoRows = cardiosoftStrip(cardiosoftLead('I', '1,2,3') + cardiosoftLead('II', '4,5,6'));
const twoPlain = base64([1, 2, 3, 4, 5, 6]);
const codesOf = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }) =>
  warnings.map(({ code }) => code);

describe('a strip that another program wrote', () => {
  it.each<[string, Format, string | Uint8Array]>([
    ['MUSE', museFormat, muse(two, { day: '02-31-2024', time: '10:11:12' })],
    ['CardioSoft', cardiosoftFormat, cardiosoft(twoRows, { time: '10:11' })],
    ['Philips', philipsFormat, philips(twoPlain, PLAIN, { day: '2024-02-31', time: '10:11' })],
    ['SCP-ECG', scpFormat, scp({ 26: Buffer.from([10, 11, 12]) })],
    [
      'aECG',
      aecgFormat,
      aecg(aecgSeries(aecgSet('', aecgLead('MDC_ECG_LEAD_I', '1 2')), '20240231101112')),
    ],
  ])('keeps the time of day where there is no such day: %s', async (_, format, bytes) => {
    expect((await openBytes(format, bytes)).startClock).toMatch(/^T10:11:(12|00)\.000$/);
  });

  it('takes zeros of SCP-ECG for no time', async () => {
    const zeros = { 25: Buffer.alloc(4), 26: Buffer.alloc(3) };
    expect((await openBytes(scpFormat, scp(zeros))).startClock).toBeNull();
  });

  it.each<[string, Format, string]>([
    ['MUSE', museFormat, muse(two, { sex: 'F' })],
    ['CardioSoft', cardiosoftFormat, cardiosoft(twoRows, { sex: 'f' })],
    ['Philips', philipsFormat, philips(twoPlain, PLAIN, { sex: 'F' })],
  ])("says somebody's sex by a letter: %s", async (_, format, text) => {
    expect((await openBytes(format, text)).patient.sex).toBe('F');
  });

  it.each<[string, Format, Uint8Array, string]>([
    [
      'MUSE that declares Latin-1',
      museFormat,
      Buffer.from(muse(two, { name: 'Müller' })),
      'Müller',
    ],
    ['MUSE in Latin-1', museFormat, Buffer.from(muse(two, { name: 'Müller' }), 'latin1'), 'Müller'],
    ['SCP-ECG in UTF-8', scpFormat, scp({ 0: Buffer.from('Анна\0') }), 'Анна'],
    ['SCP-ECG in Latin-1', scpFormat, scp({ 0: Buffer.from('Müller\0', 'latin1') }), 'Müller'],
    [
      'DICOM without a character set',
      dicomFormat,
      encodeDicom({
        groups: [{ channels: [{ label: 'II', sensitivity: '1' }], rows: [[1], [2]] }],
        more: [{ tag: 0x00100010, vr: 'PN', value: 'Müller' }],
      }),
      'Müller',
    ],
  ])('has names as their letters are: %s', async (_, format, bytes, name) => {
    const recording = await openBytes(format, bytes);
    expect(recording.patient.name).toBe(name);
    await recording.close();
  });

  it.each<[string, Format, string]>([
    ['MUSE', museFormat, muse(museWave(museLead('I', base64([1])) + museLead('V6', '')))],
    [
      'CardioSoft',
      cardiosoftFormat,
      cardiosoft(cardiosoftStrip(cardiosoftLead('I', '1,2,3') + cardiosoftLead('V6', ''))),
    ],
    [
      'aECG',
      aecgFormat,
      aecg(
        aecgSeries(
          aecgSet(
            AT,
            aecgLead('MDC_ECG_LEAD_I', '1 2') +
              '<component><sequence><code code="MDC_ECG_LEAD_V6"/></sequence></component>',
          ),
        ),
      ),
    ],
  ])('says that a lead is there by name alone: %s', async (_, format, text) => {
    const recording = await openBytes(format, text);
    expect(recording.warnings.map(({ message }) => message)).toEqual([
      'r.x: V6: the file names the lead and has no samples of it.',
    ]);
    expect(recording.leads.map(({ name, samples }) => [name, samples > 0])).toEqual([['I', true], ['V6', false]]); // oxfmt-ignore
  });

  it.each<[string, Format, string | Uint8Array]>([
    ['MUSE', museFormat, muse(two + museWave(museLead('I', '@'), 'Median'))],
    [
      'CardioSoft',
      cardiosoftFormat,
      cardiosoft(
        `<RestingECGMeasurements><MedianSamples>${cardiosoftLead('I', '1')}</MedianSamples></RestingECGMeasurements>${twoRows}`,
      ),
    ],
    [
      'Philips',
      philipsFormat,
      philips(
        twoPlain,
        PLAIN,
        {},
        '<repbeats samplespersec="500" resolution="1"><repbeat leadname="I"><waveform>@</waveform></repbeat></repbeats>',
      ),
    ],
    [
      'DICOM',
      dicomFormat,
      encodeDicom({
        groups: [dicomStrip(), { ...dicomStrip(), originality: 'DERIVED', bits: 12 }],
      }),
    ],
  ])(
    'is shown where the average beat beside it is broken, which is said: %s',
    async (_, format, bytes) => {
      const recording = await openBytes(format, bytes);
      expect(codesOf(recording)).toEqual(['beat-left-out']);
      expect(await valuesOf(recording, 0)).toEqual([5, 10, 15]);
      await recording.close();
    },
  );

  it.each<[string, Format, string]>([
    ['MUSE', museFormat, muse(museWave('') + two)],
    ['CardioSoft', cardiosoftFormat, cardiosoft(`<StripData/>${twoRows}`)],
    [
      'aECG',
      aecgFormat,
      aecg(aecgSeries('') + aecgSeries(aecgSet(AT, aecgLead('MDC_ECG_LEAD_I', '1 2 3')))),
    ],
  ])('is the first that holds anything: %s', async (_, format, text) => {
    expect(await valuesOf(await openBytes(format, text), 0)).toEqual([5, 10, 15]);
  });

  it.each<[string, Format, string]>([
    ['MUSE', museFormat, muse(museWave(museLead('I', base64([1]), '', '')))],
    [
      'CardioSoft',
      cardiosoftFormat,
      cardiosoft(
        cardiosoftStrip(
          cardiosoftLead('I', '1'),
          undefined,
          '<Resolution units="LsbPermV">200</Resolution>',
        ),
      ),
    ],
    ['aECG', aecgFormat, aecg(aecgSeries(aecgSet(AT, aecgLead('MDC_ECG_LEAD_I', '1 2', ''))))],
  ])(
    'asks for a gain where its scale has no unit, or one that is not known: %s',
    async (_, format, text) => {
      expect(await tryOpen(format, text)).toMatchObject({ error: { code: 'needs-option', details: { missing: ['gainAduPerMv'] } } }); // oxfmt-ignore
    },
  );

  it('is as large as the units of CardioSoft say', async () => {
    const leads = cardiosoftLead('I', '1,2,3');
    const text = cardiosoft(
      cardiosoftStrip(
        leads,
        '<SampleRate units="kHz">0.5</SampleRate>',
        '<Resolution units="mVperLsb">0.005</Resolution>',
      ),
    );
    const recording = await openBytes(cardiosoftFormat, text);
    expect(recording.leads[0]).toMatchObject({ samplingRateHz: 500, units: 'uV' });
    expect((await valuesOf(recording, 0))[2]).toBeCloseTo(15, 9);
    const negative = cardiosoft(cardiosoftStrip(leads, '<SampleRate>-500</SampleRate>'));
    expect(await tryOpen(cardiosoftFormat, negative)).toMatchObject({
      error: { code: 'needs-option' },
    });
  });

  it.each<[string, Format, string]>([
    [
      'CardioSoft',
      cardiosoftFormat,
      cardiosoft(cardiosoftStrip(cardiosoftLead('I', '\u22121;2;x'))),
    ],
    ['aECG', aecgFormat, aecg(aecgSeries(aecgSet(AT, aecgLead('MDC_ECG_LEAD_I', '\u22121 2 x'))))],
  ])('has a minus sign of typesetting, and says what is no number: %s', async (_, format, text) => {
    const recording = await openBytes(format, text);
    expect(await valuesOf(recording, 0)).toEqual([-5, 10, NaN]);
    expect(recording.warnings.map(({ message }) => message)).toEqual([
      'r.x: lead I: values that are no numbers are missing (1 of 3).',
    ]);
  });

  it.each<[string, Format, string]>([
    [
      'MUSE',
      museFormat,
      muse(museWave(museLead('Lead I', base64([1])) + museLead('ii', base64([3])))),
    ],
    [
      'aECG',
      aecgFormat,
      aecg(
        aecgSeries(aecgSet(AT, aecgLead('MDC_ECG_LEAD_I', '1') + aecgLead('MDC_ECG_LEAD_II', '3'))),
      ),
    ],
    [
      'Philips',
      philipsFormat,
      philips(
        base64([1, 3]),
        'leadlabels="I,II" samplespersecond="500" resolution="5" durationperchannel="2"',
      ),
    ],
  ])(
    'derives the limb leads of which it holds two, whatever they are called: %s',
    async (_, format, text) => {
      const recording = await openBytes(format, text);
      expect(recording.leads.slice(2).map(({ name }) => name)).toEqual([
        'III',
        'aVR',
        'aVL',
        'aVF',
      ]);
      expect(await valuesOf(recording, 2)).toEqual([10]);
    },
  );
});

it.each<[string, Format, string | Uint8Array]>([
  [
    'MUSE',
    museFormat,
    muse(museWave(museLead('V1', base64([1, 2, 3])) + museLead('V2', base64([4])))),
  ],
  [
    'CardioSoft',
    cardiosoftFormat,
    cardiosoft(cardiosoftStrip(cardiosoftLead('V1', '1,2,3') + cardiosoftLead('V2', '4'))),
  ],
  [
    'aECG',
    aecgFormat,
    aecg(
      aecgSeries(
        aecgSet(AT, aecgLead('MDC_ECG_LEAD_V1', '1 2 3') + aecgLead('MDC_ECG_LEAD_V2', '4')),
      ),
    ),
  ],
  ['SCP-ECG', scpFormat, buildScp({ 3: section3([[3, 1, 3], [4, 1, 1]]), 6: encoded([words([1000, 2000, 3000]), words([4000])]) })], // oxfmt-ignore
])(
  'a lead that ends before others misses the rest, as they are heard together: %s',
  async (_, format, bytes) => {
    const recording = await openBytes(format, bytes);
    expect(recording.leads.map(({ samples }) => samples)).toEqual([3, 3]);
    expect((await valuesOf(recording, 1)).slice(0, 3)).toEqual([20, NaN, NaN]);
  },
);

describe('MUSE', () => {
  it('goes on after Base64 that is filled up, and in another element', async () => {
    const text = muse(
      museWave(
        museLead(
          'V1',
          `${base64([1, 2])}${base64([3])}</WaveFormData><WaveFormData>${base64([4])}`,
        ),
      ),
    );
    expect(await valuesOf(await openBytes(museFormat, text), 0)).toEqual([5, 10, 15, 20]);
  });

  it.each([
    ['no samples at all', museLead('V1', ''), /holds no samples in its rhythm strip/],
    [
      'a lead that begins days later',
      museLead('V1', base64([1]), '<LeadOffsetFirstSample>300000000</LeadOffsetFirstSample>'),
      /^r\.x: lead V1 begins too late to be opened: at sample 300000000/,
    ],
  ])('refuses %s', async (_, lead, message) => {
    const opened = await tryOpen(museFormat, muse(museWave(lead)));
    expect(!opened.ok && opened.error.message).toMatch(message);
  });

  it('has a day with the year first', async () => {
    const text = muse(two, { day: '2024-01-05', time: '10:11:12' });
    expect((await openBytes(museFormat, text)).startClock).toBe('2024-01-05T10:11:12.000');
  });
});

describe('Philips', () => {
  it.each([
    [
      'fewer samples than are declared',
      philips(base64([1, 2, 3, 4])),
      /held: 4; declared \(durationperchannel\): 3 for each lead, of which there are 2/,
    ],
    [
      'leads without a name',
      philips(base64([1, 2, 3, 4, 5, 6, 7, 8, 9])),
      /held: 9; declared \(durationperchannel\): 3 for/,
    ],
    [
      'samples that cannot be shared',
      philips(base64([1, 2, 3]), 'leadlabels="I II" samplespersecond="500" resolution="5"'),
      /held: 3, which cannot be shared evenly among its leads \(2\)/,
    ],
    [
      'samples of 32 bits',
      philips(base64([1, 2], Int32Array), `${PLAIN} bitspersample="32"`),
      /bitspersample is 32/,
    ],
  ])('refuses plain samples that would lie in other leads: %s', async (_, text, message) => {
    const opened = await tryOpen(philipsFormat, text);
    expect(!opened.ok && opened.error.message).toMatch(message);
  });

  it('keeps both of two leads of one name', async () => {
    const recording = await openBytes(
      philipsFormat,
      philips(twoPlain, PLAIN.replace('I II', 'V5 V5')),
    );
    expect([await valuesOf(recording, 0), await valuesOf(recording, 1)]).toEqual([[5, 10, 15], [20, 25, 30]]); // oxfmt-ignore
  });

  it('has an offset and unsigned samples as version 1.04 states them', async () => {
    const attributes = `${PLAIN} signaloffset="40000" signalsigned="False" dataencoding="base64" compression="none"`;
    const data = base64([40_001, 40_002, 40_003, 4, 5, 6]);
    expect(await valuesOf(await openBytes(philipsFormat, philips(data, attributes)), 0)).toEqual([
      5, 10, 15,
    ]);
  });
});

describe('aECG', () => {
  it('joins sets in whatever order they stand, and knows leads by their number', async () => {
    const later = aecgSet(`${AT}.004`, aecgLead('131074', '3 4'));
    const recording = await openBytes(
      aecgFormat,
      aecg(aecgSeries(later + aecgSet(AT, aecgLead('131074', '1 2'), 'MS'))),
    );
    expect(recording.leads.map(({ name, samples }) => [name, samples])).toEqual([['II', 4]]);
    expect(await valuesOf(recording, 0)).toEqual([5, 10, 15, 20]);
  });
});

describe('SCP-ECG', () => {
  it('is shown where a section that tells of the samples is not there, which is said', async () => {
    const bytes = scp({}, { 10: pack([4, 7]) });
    bytes.writeUInt32LE(bytes.length + 50, 6 + 16 + 10 * 10 + 6);
    const recording = await openBytes(scpFormat, bytes);
    expect(codesOf(recording)).toContain('section');
    expect(await valuesOf(recording, 0)).toEqual([0.005, 0.01, 0.015]);
  });
});

function dicomStrip(): MadeGroup {
  const channels = [{ label: 'II', sensitivity: '5', unit: 'uV' }];
  return { channels, rows: [[1], [2], [3]] };
}

describe('DICOM', () => {
  it('refuses more channels than are defined where their samples would be those of others', async () => {
    const more = [{ tag: 0x003a0005, vr: 'US', value: [2] }];
    const opened = await tryOpen(dicomFormat, encodeDicom({ groups: [{ ...dicomStrip(), more }] }));
    expect(!opened.ok && opened.error.message).toMatch(
      /\(003A,0005\)" of multiplex group 1 is 2, and the data has no samples for more than the 1/,
    );
  });

  it('takes a sensitivity without a unit for none', async () => {
    const groups = [
      {
        channels: [{ label: 'II', more: [{ tag: 0x003a0210, vr: 'DS', value: '5' }] }],
        rows: [[1], [2]],
      },
    ];
    const recording = await openBytes(dicomFormat, encodeDicom({ groups }));
    expect(codesOf(recording)).toEqual(['no-scale']);
    expect(recording.leads[0]!.units).toBe('ADU');
    await recording.close();
    const stated = await openBytes(dicomFormat, encodeDicom({ groups }), { gainAduPerMv: 200 });
    expect(await valuesOf(stated, 0)).toEqual([0.005, 0.01]);
    await stated.close();
  });

  it('refuses groups that lie years apart', async () => {
    const late = { ...dicomStrip(), more: [{ tag: 0x00181068, vr: 'DS', value: '99999999999' }] };
    const opened = await tryOpen(dicomFormat, encodeDicom({ groups: [dicomStrip(), late] }));
    expect(!opened.ok && opened.error.message).toMatch(/\(0018,1068\)" of multiplex group 2/);
  });
});
