import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../../shared/domain';
import type { OpenOptions } from '../format';
import { leadsOf } from '../../recordings/recording-info';
import { recogniseFile } from '../list';
import type { OpenRecording } from '../open-recording';
import { fileMeta } from './encode-data-set';
import { dicomFormat } from './index';
import { coded, encodeDicom, type MadeDicom, type MadeGroup } from './testing/encode-dicom';
import { valueOf } from '../../../shared/domain/testing/value-of';

let dir: string;
let file: string;
const opened: OpenRecording[] = [];
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'fiducial-dicom-'));
  file = path.join(dir, 'x.dcm');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((recording) => recording.close()));
  await rm(dir, { recursive: true, force: true });
});

async function tryOpen(
  made: MadeDicom | Uint8Array,
  options?: OpenOptions,
): Promise<Result<OpenRecording>> {
  await writeFile(file, made instanceof Uint8Array ? made : encodeDicom(made));
  return dicomFormat.open(file, options);
}

async function open(made: MadeDicom | Uint8Array, options?: OpenOptions): Promise<OpenRecording> {
  const recording = valueOf(await tryOpen(made, options));
  opened.push(recording);
  return recording;
}

const all = async (recording: OpenRecording, lead = 0) => [
  ...valueOf(await recording.readPhysical(lead, 0, recording.leads[lead]!.samples)),
];
const codes = (recording: OpenRecording) => recording.warnings.map(({ code }) => code);

const II = ['5.6.3-9-2', 'SCPECG', 'Lead II'] as const;
const II_BYTES = Buffer.from('Lead II');
const strip: MadeGroup = {
  channels: [
    { source: II, sensitivity: '0.5' },
    { source: ['2:62', 'MDC', 'aVR, augmented voltage, right'], sensitivity: '2', unit: 'uV' },
  ],
  rows: [[1, 10], [2, 20], [3, 30], [-4, -40]], // oxfmt-ignore
};

describe('a DICOM waveform', () => {
  it.each([
    ['explicit', {}],
    ['explicit with sequences of no stated length', { undefinedLengths: true }],
    ['implicit', { explicit: false }],
    ['implicit with sequences of no stated length', { explicit: false, undefinedLengths: true }],
    ['big endian', { bigEndian: true }],
    ['deflated', { deflated: true }],
    ['explicit without a mark', { bare: true }],
    ['implicit without a mark', { bare: true, explicit: false }],
    ['big endian without a mark', { bare: true, bigEndian: true }],
  ])('reads the same in each encoding: %s', async (_what, encoding) => {
    const recording = await open({ groups: [strip], ...encoding });
    expect(valueOf(await recogniseFile(file))?.id).toBe('dicom');
    expect(recording.leads.map(({ name, leadCode, units }) => [name, leadCode, units])).toEqual([
      ['Lead II', 2, 'mV'],
      ['aVR, augmented voltage, right', 62, 'uV'],
    ]);
    expect(await all(recording)).toEqual([0.5, 1, 1.5, -2]);
    expect(await all(recording, 1)).toEqual([20, 40, 60, -80]);
    expect([...valueOf(await recording.readDigital(1, 1, 3))]).toEqual([20, 30]);
    expect(recording).toMatchObject({
      formatTitle: 'DICOM General ECG',
      startClock: '2001-02-03T04:05:06.120',
      durationS: 0.008,
      warnings: [],
    });
  });

  it.each([
    ['SB', [-128, 127], [-128, 127]],
    ['UB', [0, 255], [0, 255]],
    ['SS', [-32768, 32767], [-32768, 32767]],
    ['US', [0, 65535], [0, 65535]],
    ['SL', [-(2 ** 31) + 1, 2 ** 31 - 1], [-(2 ** 31) + 1, 2 ** 31 - 1]],
    // G.711: the ends and the middle of the table.
    ['MB', [0x00, 0x7f, 0x80, 0xff], [-8031, 0, 8031, 0]],
    ['AB', [0xd5, 0x55, 0xaa, 0x2a], [1, -1, 4032, -4032]],
  ])('of %s gives the integers that it stands for', async (interpretation, stored, wanted) => {
    const rows = stored.map((sample) => [sample]);
    const group = { channels: [{ source: II, sensitivity: '1' }], rows, interpretation };
    for (const bigEndian of [false, true]) {
      const recording = await open({ groups: [group], bigEndian });
      expect([...valueOf(await recording.readDigital(0, 0, 9))]).toEqual(wanted);
    }
  });

  it('of one byte, written as words with the high byte first, stands in pairs the other way round', async () => {
    // Three channels of three samples, and a byte that fills up the last word: 1 2 3, 4 5 6, 7 -128 9.
    const words = Uint8Array.of(2, 1, 4, 3, 6, 5, 0x80, 7, 0, 9);
    const channels = [II, II, II].map((source) => ({ source, sensitivity: '1' }));
    const group: MadeGroup = {
      channels,
      rows: [[0, 0, 0], [0, 0, 0], [0, 0, 0]], // oxfmt-ignore
      interpretation: 'SB',
      more: [
        { tag: 0x5400100a, vr: 'OW', value: Uint8Array.of(0, 0x80) },
        { tag: 0x54001010, vr: 'OW', value: words },
      ],
    };
    const recording = await open({ groups: [group], bigEndian: true });
    expect(await all(recording)).toEqual([1, 4, 7]);
    expect(await all(recording, 1)).toEqual([2, 5, NaN]);
    expect([...valueOf(await recording.readPhysical(2, 1, 3))]).toEqual([6, 9]);
    // Where the low byte is first they stand as they are.
    const little = await open({ groups: [{ ...group, more: [{ tag: 0x54001010, vr: 'OW', value: words }] }] }); // oxfmt-ignore
    expect(await all(little)).toEqual([2, 3, -128]);
  });

  it('names a channel by its code where words say no lead, or another', async () => {
    const named = async (...source: [string, string, string]) => {
      const channels = [{ source: II }, { source }];
      const recording = await open({ groups: [{ channels, rows: [[1, 2]] }] }, { gainAduPerMv: 1 });
      const { name, isEcg } = leadsOf(recording)[1]!;
      return [name, isEcg];
    };
    expect(await named('5.6.3-9-3', 'SCPECG', 'Kanal 2')).toEqual(['V1', true]);
    expect(await named('2:64', 'MDC', 'Lead aVL')).toEqual(['aVF', true]);
    expect(await named('2:61', 'MDC', 'Lead III (Einthoven)')).toEqual([
      'Lead III (Einthoven)',
      true,
    ]);
    expect(await named('2:16', 'MDC', 'X')).toEqual(['X', true]);
    expect(await named('1', '99ACME', 'Kanal 2')).toEqual(['Kanal 2', false]);
  });

  it('is scaled by sensitivity, correction factor and baseline, in this order', async () => {
    const more = [
      { tag: 0x003a0212, vr: 'DS', value: '4.88' },
      { tag: 0x003a0213, vr: 'DS', value: '-7' },
    ];
    const channel = { source: II, sensitivity: '2', unit: 'uV', more };
    const recording = await open({ groups: [{ channels: [channel], rows: [[0], [100]] }] });
    expect(await all(recording)).toEqual(
      [-7, 100 * 2 * 4.88 - 7].map((uv) => expect.closeTo(uv, 9)),
    );
  });

  it('takes the padding value as missing, unless it is 0', async () => {
    const padded = (padding: number): MadeGroup => ({
      channels: [{ source: II, sensitivity: '1' }],
      rows: [[0], [-32768], [5]],
      more: [{ tag: 0x5400100a, vr: 'SS', value: [padding] }],
    });
    expect(await all(await open({ groups: [padded(-32768)] }))).toEqual([0, NaN, 5]);
    const zero = await open({ groups: [padded(0)] });
    expect([await all(zero), codes(zero)]).toEqual([[0, -32768, 5], ['padding-zero']]);
  });

  it('has each group and channel where it lies in time', async () => {
    const skew = { tag: 0x003a0215, vr: 'DS', value: '2' };
    const late: MadeGroup = {
      channels: [{ source: II, sensitivity: '1', more: [skew] }],
      rows: [[7], [8]],
      rateHz: '250',
      more: [{ tag: 0x00181068, vr: 'DS', value: '16' }],
    };
    const recording = await open({ groups: [strip, late] });
    expect(recording.durationS).toBeCloseTo(0.032, 12);
    expect(await all(recording, 2)).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, 7, 8]);
    expect((await all(recording)).slice(0, 5)).toEqual([0.5, 1, 1.5, -2, NaN]);
    expect(recording.leads.map(({ samples }) => samples)).toEqual([16, 16, 8]);
  });

  it('says so where its day is none', async () => {
    const value = '20010231040506';
    const more = [{ tag: 0x0008002a, vr: 'DT', value }];
    const recording = await open({ groups: [strip], more });
    expect(recording.startClock).toMatch(/^T04:05:06/);
    expect(recording.warnings).toMatchObject([{ code: 'bad-clock' }]);
    expect(recording.warnings[0]!.message).toContain(`"${value}"`);
  });

  it('begins with its first sample', async () => {
    const more = [{ tag: 0x00181068, vr: 'DS', value: '2500' }];
    const recording = await open({ groups: [{ ...strip, more }] });
    expect(recording.startClock).toBe('2001-02-03T04:05:08.620');
    expect((await all(recording))[0]).toBe(0.5);
  });

  it('is uncalibrated without a sensitivity, and says so', async () => {
    const groups = [{ channels: [{ label: 'A' }, {}], rows: [[100, 5]] }];
    const recording = await open({ groups });
    expect(recording.leads.map(({ name, units }) => [name, units])).toEqual([
      ['A', 'ADU'],
      ['channel 2', 'ADU'],
    ]);
    expect(codes(recording)).toEqual(['no-scale']);
    const stated = await open({ groups }, { gainAduPerMv: 200 });
    expect([stated.leads[0]!.units, await all(stated)]).toEqual(['mV', [0.5]]);
  });

  it('keeps average beats apart, and derived strips not', async () => {
    const beat: MadeGroup = { ...strip, originality: 'DERIVED' };
    const rows = Array.from({ length: 40 }, (_, k) => [k, k]);
    const long: MadeGroup = { ...beat, rows, rateHz: '4' };
    const recording = await open({ groups: [strip, beat, long] });
    expect(recording.storedBeats.map(({ title, leadNames }) => [title, leadNames])).toEqual([
      ['Group 2 (derived)', ['Lead II', 'aVR, augmented voltage, right']],
    ]);
    expect([...recording.storedBeats[0]!.valuesMv[1]!]).toEqual(
      [20, 40, 60, -80].map((uv) => expect.closeTo(uv / 1000, 12)),
    );
    expect(recording.leads.map(({ derivedFrom }) => derivedFrom !== undefined)).toEqual([
      false, false, true, true,
    ]); // oxfmt-ignore
    const alone = await open({ groups: [beat] });
    expect([alone.leads.length, alone.storedBeats.length]).toEqual([2, 0]);
  });

  it('reads what is there where it declares more samples', async () => {
    const recording = await open({ groups: [{ ...strip, declaredSamples: 9 }] });
    expect([recording.leads[0]!.samples, codes(recording)]).toEqual([4, ['sample-count']]);
    const longer = await open({ groups: [{ ...strip, declaredSamples: 3 }] });
    expect([longer.leads[0]!.samples, codes(longer)]).toEqual([3, ['sample-count']]);
  });

  it('walks past large values and values of unknown representation', async () => {
    const more = [
      { tag: 0x00291010, vr: 'OB', value: new Uint8Array(100_000) },
      { tag: 0x00291011, vr: 'UN', value: new Uint8Array(10) },
    ];
    const recording = await open({ groups: [strip], more });
    expect(await all(recording)).toEqual([0.5, 1, 1.5, -2]);
  });
});

describe('a DICOM file that is padded to whole blocks', () => {
  it.each([8, 37, 100_000])('ends before %i zeros', async (bytes) => {
    const recording = await open(
      Buffer.concat([encodeDicom({ groups: [strip] }), Buffer.alloc(bytes)]),
    );
    expect([await all(recording), codes(recording)]).toEqual([[0.5, 1, 1.5, -2], []]);
  });

  it('does not where something follows', async () => {
    const padded = Buffer.concat([encodeDicom({ groups: [strip] }), Buffer.alloc(64), II_BYTES]);
    expect(await tryOpen(padded)).toMatchObject({ error: { code: 'bad-header' } });
  });
});

describe('a file without a mark', () => {
  const recognises = (bytes: number[]) =>
    dicomFormat.recognises({ fileName: 'x', sizeBytes: 99, bytes: Buffer.from(bytes) });

  it('is none of DICOM for a first tag alone, as samples may look like one', () => {
    const samples = [8, 0, 2, 0, 4, 0, 0, 0, 3, 0, 2, 0, 1, 0, 0, 0, 255, 255, 0, 0, 1, 0, 0, 0];
    expect(recognises(samples)).toBe(false);
    expect(recognises([...samples, ...samples, ...samples])).toBe(false);
    expect(recognises([8, 0])).toBe(false);
  });
});

describe('what a DICOM file says besides', () => {
  const reference = { tag: 0x0040a0b0, vr: 'US', value: [1, 0] };
  const concept = (meaning: string) => coded(0x0040a043, ['x', 'MDC', meaning]);

  it('is who was recorded, in the file’s character set', async () => {
    const recording = await open({
      groups: [strip],
      more: [
        { tag: 0x00080005, vr: 'CS', value: '\\ISO 2022 IR 100' },
        { tag: 0x00100010, vr: 'PN', value: Buffer.from('M\u00fcller^Eva^M^Dr', 'latin1') },
        { tag: 0x00100020, vr: 'LO', value: '17' },
        { tag: 0x00100030, vr: 'DA', value: '19500204' },
        { tag: 0x00100040, vr: 'CS', value: 'F' },
      ],
    });
    expect(recording.patient).toEqual({
      name: 'Dr Eva M Müller',
      id: '17',
      birthDate: '1950-02-04',
      ageYears: 50,
      sex: 'F',
    });
    const baby = [{ tag: 0x00101010, vr: 'AS', value: '006M' }];
    expect((await open({ groups: [strip], more: baby })).patient.ageYears).toBe(0.5);
  });

  it('is what the device measured, and where in the strip', async () => {
    const annotations = [
      [concept('QT'), coded(0x004008ea, ['ms', 'UCUM', 'ms']), { tag: 0x0040a30a, vr: 'DS', value: '420' }, reference],
      [{ tag: 0x00700006, vr: 'ST', value: 'Sinus rhythm' }],
      [concept('R'), reference, { tag: 0x0040a130, vr: 'CS', value: 'POINT' }, { tag: 0x0040a132, vr: 'UL', value: [251] }],
      [concept('Noise'), reference, { tag: 0x0040a130, vr: 'CS', value: 'SEGMENT' }, { tag: 0x0040a132, vr: 'UL', value: [1, 101] }],
      [concept('P onset'), { ...reference, value: [2, 0] }, { tag: 0x0040a132, vr: 'UL', value: [51] }],
      [],
    ]; // oxfmt-ignore
    const recording = await open({
      groups: [strip, { ...strip, originality: 'DERIVED' }],
      more: [{ tag: 0x0040b020, vr: 'SQ', value: annotations }],
    });
    expect(recording.measurements).toEqual([
      { name: 'QT', value: '420', units: 'ms' },
      { name: 'Statement', value: 'Sinus rhythm', units: '' },
      { name: 'Group 2: P onset', value: '100', units: 'ms' },
    ]);
    const rows = valueOf(await recording.annotations('dicom'));
    expect([[...rows.timeS], [...rows.durationS!], rows.aux]).toEqual([
      [0, 0.5],
      [0.2, 0],
      ['Noise', 'R'],
    ]);
  });
});

describe('a DICOM file that cannot be read', () => {
  const good = encodeDicom({ groups: [strip] });
  const nested = (depth: number): MadeDicom['more'] =>
    depth === 0 ? [] : [{ tag: 0x00089999, vr: 'SQ', value: [nested(depth - 1)!] }];

  it.each([
    ['is cut in the waveform', good.slice(0, -3), 'Waveform Data (5400,1010)'],
    ['is cut in a header field', good.slice(0, good.length - 60), 'byte'],
    ['is cut in the meta information', good.slice(0, 150), 'Transfer Syntax UID'],
    [
      'is compressed as an image',
      encodeDicom({ syntax: '1.2.840.10008.1.2.4.50' }),
      'Transfer Syntax UID',
    ],
    ['has no waveforms', encodeDicom({}), 'Waveform Sequence (5400,0100)'],
    [
      'has no rate',
      encodeDicom({ groups: [{ ...strip, rateHz: '0' }] }),
      'Sampling Frequency (003A,001A)',
    ],
    [
      'has samples of unknown kind',
      encodeDicom({ groups: [{ ...strip, interpretation: 'XX' }] }),
      'Waveform Sample Interpretation (5400,1006)',
    ],
    [
      'contradicts its bits',
      encodeDicom({ groups: [{ ...strip, bits: 8 }] }),
      'Waveform Bits Allocated (5400,1004)',
    ],
    [
      'has no samples',
      encodeDicom({ groups: [{ ...strip, rows: [] }] }),
      'Number of Waveform Samples (003A,0010)',
    ],
    ['is nested too deep', encodeDicom({ groups: [strip], more: nested(20)! }), 'deep'],
    [
      'is deflated and cut',
      encodeDicom({ groups: [strip], deflated: true }).slice(0, -40),
      'deflated',
    ],
  ])('because it %s is told by file and field', async (_what, bytes, words) => {
    const result = await tryOpen(bytes);
    expect(result.ok).toBe(false);
    if (!result.ok) {
      expect(result.error.message).toMatch(/^x\.dcm.*\.$/);
      expect(result.error.message).toContain(words);
    }
  });

  it('because it would inflate to more than the limit is refused', async () => {
    const meta = fileMeta([{ tag: 0x00020010, vr: 'UI', value: '1.2.840.10008.1.2.1.99' }]);
    const bomb = Buffer.concat([meta, deflateRawSync(Buffer.alloc(129 * 2 ** 20))]);
    const result = await tryOpen(Uint8Array.from(bomb));
    expect(result).toMatchObject({ error: { code: 'too-large' } });
  });
});
