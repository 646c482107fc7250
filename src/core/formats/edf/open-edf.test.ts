import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../../shared/domain';
import type { OpenOptions } from '../format';
import { MISSING_ADU, type OpenRecording } from '../open-recording';
import { edfFormat } from './index';
import { encodeEdf, tals, type MadeEdf, type MadeSignal } from './testing/encode-edf';
import { valueOf } from '../../../shared/domain/testing/value-of';

let dir: string;
const opened: OpenRecording[] = [];
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'fiducial-edf-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((recording) => recording.close()));
  await rm(dir, { recursive: true, force: true });
});

async function tryOpen(
  made: MadeEdf | Uint8Array,
  options?: OpenOptions,
): Promise<Result<OpenRecording>> {
  const file = path.join(dir, 'x.edf');
  await writeFile(file, made instanceof Uint8Array ? made : encodeEdf(made));
  return edfFormat.open(file, options);
}

async function open(made: MadeEdf | Uint8Array, options?: OpenOptions): Promise<OpenRecording> {
  const result = valueOf(await tryOpen(made, options));
  opened.push(result);
  return result;
}

const ecg: MadeSignal = { label: 'ECG II', records: [[1, 2], [3, 4], [5, 6]] }; // oxfmt-ignore
const times = (...onsets: readonly string[]): MadeSignal => ({
  label: 'EDF Annotations',
  records: onsets.map((onset) => tals(onset)),
});
const codes = (recording: OpenRecording) => recording.warnings.map(({ code }) => code);
const all = async (recording: OpenRecording, lead = 0) => [
  ...valueOf(await recording.readPhysical(lead, 0, recording.leads[lead]!.samples)),
];

describe('samples', () => {
  it('take the scale of the header, a turned one too', async () => {
    const turned: MadeSignal = { ...ecg, label: 'V1', limits: ['100', '-100', '-100', '100'] };
    const recording = await open({ signals: [ecg, turned] });
    expect((await all(recording)).map((x) => Math.round(x * 1e6) / 1e6)).toEqual(
      [0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((x) => expect.closeTo(x, 9)),
    );
    expect(await all(recording, 1)).toEqual([-1, -2, -3, -4, -5, -6]);
    expect(recording.leads[0]).toMatchObject({ units: 'uV', samplingRateHz: 2, samples: 6 });
  });

  it('have a rate of their own in each lead, whole or not', async () => {
    const slow: MadeSignal = { label: 'II', records: [[7], [8], [9]] };
    const recording = await open({ signals: [ecg, slow], duration: '0.3' });
    expect(recording.leads.map(({ samplingRateHz }) => samplingRateHz)).toEqual([2 / 0.3, 1 / 0.3]);
    expect([...valueOf(await recording.readDigital(1, 1, 99))]).toEqual([8, 9]);
  });

  it('of 24 bits keep their sign', async () => {
    const signal = { ...ecg, records: [[-(2 ** 23), 2 ** 23 - 1]] };
    const recording = await open({ version: '\u00ffBIOSEMI', signals: [signal] });
    expect([...valueOf(await recording.readDigital(0, 0, 2))]).toEqual([-(2 ** 23), 2 ** 23 - 1]);
    expect(recording.formatTitle).toBe('BDF');
  });

  it.each([
    ['equal digital limits', ['-1', '1', '5', '5']],
    ['equal physical limits', ['1', '1', '-5', '5']],
    ['a limit that is no number', ['-1', 'x', '-5', '5']],
  ] as const)('with %s are shown as stored, and the other leads right', async (_what, limits) => {
    const recording = await open({ signals: [{ ...ecg, limits }, ecg] });
    expect(codes(recording)).toEqual(['no-scale']);
    expect(recording.leads[0]).toMatchObject({ units: 'ADU', gainAssumed: true });
    expect(await all(recording)).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await all(recording, 1))[0]).toBeCloseTo(0.1, 9);
    const stated = await open({ signals: [{ ...ecg, limits }] }, { gainAduPerMv: 4 });
    expect(stated.leads[0]!.units).toBe('mV');
    expect((await all(stated))[0]).toBe(0.25);
  });

  it('understand decimal commas', async () => {
    const limits = ['-3276,8', '3276,7', '-32768', '32767'] as const;
    const recording = await open({ signals: [{ ...ecg, limits }], duration: '0,5' });
    expect((await all(recording))[0]).toBeCloseTo(0.1, 9);
    expect(recording.leads[0]!.samplingRateHz).toBe(4);
  });
});

describe('the number of data records', () => {
  it.each([
    ['-1', 3, ['record-count']],
    ['0', 3, ['record-count']],
    ['5', 3, ['record-count']],
    ['2', 2, ['record-count']],
    ['3', 3, []],
  ])('declared as %s gives %s', async (declaredRecords, records, warnings) => {
    const recording = await open({ declaredRecords, signals: [ecg] });
    expect([recording.durationS, codes(recording)]).toEqual([records, warnings]);
  });

  it('leaves out a record that is cut', async () => {
    const recording = await open(encodeEdf({ signals: [ecg] }).subarray(0, -1));
    expect([recording.durationS, codes(recording)]).toEqual([2, ['record-count']]);
  });
});

describe('time', () => {
  const gapped: MadeEdf = {
    reserved: 'EDF+D',
    signals: [ecg, times('+0.25', '+1.25', '+4.75')],
  };

  it('has gaps where the onsets of EDF+D leave them', async () => {
    const recording = await open(gapped);
    expect(recording).toMatchObject({
      formatTitle: 'EDF+D',
      startClock: '1985-04-16T10:20:30.250',
      durationS: 5.5,
      gaps: [{ startS: 2, endS: 4.5 }],
      warnings: [],
    });
    const digital = [...valueOf(await recording.readDigital(0, 0, 99))];
    expect(digital).toEqual([1, 2, 3, 4, ...Array<number>(5).fill(MISSING_ADU), 5, 6]);
  });

  it('has them where a writer pads its header with zero bytes, or writes `edf+d`', async () => {
    const bytes = encodeEdf({ ...gapped, reserved: 'edf+d' });
    for (let k = 0; k < 3 * 256; k++) if (bytes[k] === 0x20) bytes[k] = 0;
    expect(
      edfFormat.recognises({ fileName: 'x', sizeBytes: bytes.length, bytes: Buffer.from(bytes) }),
    ).toBe(true);
    expect((await open(bytes)).gaps).toEqual([{ startS: 2, endS: 4.5 }]);
  });

  it('has them also where a file calls itself EDF+C', async () => {
    const recording = await open({ ...gapped, reserved: 'EDF+C' });
    expect([recording.gaps.length, codes(recording)]).toEqual([1, ['record-gaps']]);
  });

  it('goes on where onsets make no sense, and says so', async () => {
    const backwards = await open({ ...gapped, signals: [ecg, times('+0', '+3', '+1')] });
    expect([backwards.durationS, codes(backwards)]).toEqual([5, ['record-order']]);
    const broken = await open({ ...gapped, signals: [ecg, times('+0', 'x', '+1e9')] });
    expect([broken.durationS, codes(broken)]).toEqual([3, ['record-onset']]);
    const far = await open({ ...gapped, signals: [ecg, times('+0', '+1', '+99999999999')] });
    expect([far.durationS, codes(far)]).toEqual([3, ['record-onset']]);
  });

  it('sees records that overlap where a gap after them makes up for it', async () => {
    const five = Array.from({ length: 5 }, (_, k) => [2 * k + 1, 2 * k + 2]);
    const made = (reserved: string, ...onsets: string[]): MadeEdf => ({
      reserved,
      signals: [{ label: 'ECG II', records: five }, times(...onsets)],
    });
    // The second record begins half a second early, and the fourth where it should.
    const cancels = await open(made('EDF+D', '+0', '+0.5', '+1.5', '+3', '+4'));
    expect([cancels.durationS, codes(cancels)]).toEqual([5, ['record-order']]);
    expect(cancels.gaps).toEqual([]);
    const early = await open(made('EDF+D', '+0', '+0.5', '+1.5', '+6', '+4'));
    expect([early.durationS, codes(early)]).toEqual([8, ['record-order']]);
    expect(early.gaps).toEqual([{ startS: 3, endS: 6 }]);
    expect(cancels.warnings[0]!.message).toContain('1 data record starts before');
    const gaps = await open(made('EDF+D', '+0', '+2', '+3', '+9', '+10'));
    expect([gaps.gaps, codes(gaps)]).toEqual([
      [
        { startS: 1, endS: 2 },
        { startS: 4, endS: 9 },
      ],
      [],
    ]);
  });

  it('does not split for onsets that are off by less than half a sample', async () => {
    const recording = await open({ ...gapped, signals: [ecg, times('+0', '+1.2', '+2.2')] });
    expect(recording.gaps).toEqual([]);
  });

  it.each([
    ['16.04.84', '10.20.30', '2084-04-16T10:20:30.000'],
    ['16.04.85', '10:20:30', '1985-04-16T10:20:30.000'],
    ['31.02.90', '10.20.30', 'T10:20:30.000'],
    ['16.04.85', '25.20.30', null],
    ['16.04.85', '', null],
  ])('of a header with %s and %s starts at %s', async (date, time, startClock) => {
    expect((await open({ date, time, signals: [ecg] })).startClock).toBe(startClock);
  });

  it('says so where a start is stated that nobody can read, and not where none is', async () => {
    const said = async (made: { date: string; time?: string; recording?: string }) =>
      (await open({ ...made, signals: [ecg] })).warnings
        .filter(({ code }) => code === 'bad-clock')
        .map(({ message }) => message);
    const left = (text: string): unknown => [expect.stringContaining(`"${text}"`)];
    expect(await said({ date: '99.99.99' })).toEqual(left('99.99.99'));
    expect(await said({ date: '16.04.85', time: '25.20.30' })).toEqual(left('16.04.85 25.20.30'));
    const unknown = { date: '01.01.85', recording: 'Startdate X X X X' };
    expect(await said({ ...unknown, time: '00.00.00' })).toEqual([]);
    expect(await said({ ...unknown, time: '10.20.30' })).toEqual([]);
    expect(await said({ date: '16.04.84' })).toEqual([]);
  });

  it('takes the year of the recording field where the date has none of four digits', async () => {
    const recording = 'Startdate 16-APR-2085 X X X';
    const { startClock } = await open({ date: '16.04.yy', recording, signals: [ecg] });
    expect(startClock).toBe('2085-04-16T10:20:30.000');
    const other = await open({ date: '17.04.85', recording, signals: [ecg] });
    expect(other.startClock).toBe('1985-04-17T10:20:30.000');
  });

  it('must be stated where a data record has no duration', async () => {
    const made: MadeEdf = { duration: '0', signals: [ecg] };
    expect(await tryOpen(made)).toMatchObject({
      error: { code: 'needs-option', details: { missing: ['samplingRateHz'] } },
    });
    expect((await open(made, { samplingRateHz: 250 })).leads[0]!.samplingRateHz).toBe(250);
  });
});

describe('annotations', () => {
  it('come in order of time from the first sample, beats and rhythms by their mnemonics', async () => {
    const records = [
      tals('+0.5', '+1.5\x14Förhofsflimmer\x14', '+0.75\x150.5\x14R\x14'),
      tals('+1.5', '+1\x14V\x14(AFIB\x14', 'broken'),
      tals('+2.5'),
    ];
    const signal = { label: 'EDF Annotations', records };
    const recording = await open({ reserved: 'EDF+C', signals: [ecg, signal] });
    expect(await recording.annotators()).toEqual(['edf']);
    const read = valueOf(await recording.annotations('edf'));
    expect([...read.timeS]).toEqual([0.25, 0.5, 0.5, 1]);
    expect([...read.durationS!]).toEqual([0.5, 0, 0, 0]);
    expect(read.symbol).toEqual(['"', 'V', '+', '"']);
    expect(read.aux).toEqual(['R', '', '(AFIB', 'Förhofsflimmer']);
    expect(read.warnings).toHaveLength(1);
  });

  it('are found whatever capitals their label has', async () => {
    const signal = { ...times('+0', '+1', '+5'), label: 'EDF annotations' };
    const recording = await open({ reserved: 'EDF+D', signals: [ecg, signal] });
    expect(recording.leads.map(({ name }) => name)).toEqual(['ECG II']);
    expect(recording.gaps).toEqual([{ startS: 2, endS: 5 }]);
  });

  it('are missed where gaps need them', async () => {
    expect(codes(await open({ reserved: 'EDF+D', signals: [ecg] }))).toEqual(['no-onsets']);
    expect(codes(await open({ reserved: 'EDF+C', signals: [ecg] }))).toEqual([]);
  });

  it('are a signal like others where the file is no EDF+', async () => {
    const recording = await open({ signals: [ecg, times('+0', '+1', '+2')] });
    expect(recording.leads.map(({ name }) => name)).toEqual(['ECG II', 'EDF Annotations']);
    expect(await recording.annotators()).toEqual([]);
  });
});

describe('who and how', () => {
  it('is read from the subfields of EDF+', async () => {
    const recording = await open({
      patient: 'MCH-0234567 F 02-MAY-1951 Haagse_Harry ward_3 more',
      recording: 'Startdate 16-APR-1985 X J._Doe Holter_12',
      signals: [{ ...ecg, transducer: 'AgCl', prefilter: 'HP:0.05Hz LP:150Hz N:50Hz' }],
    });
    expect(recording.patient).toEqual({
      name: 'Haagse Harry',
      id: 'MCH-0234567',
      birthDate: '1951-05-02',
      ageYears: 33,
      sex: 'F',
    });
    expect(recording.comments).toEqual(['Patient: ward 3 more', 'Technician: J. Doe', 'Equipment: Holter 12', 'Transducer: AgCl']); // oxfmt-ignore
    const filters = { highPassHz: 0.05, lowPassHz: 150, notchHz: 50 };
    expect(recording.leads[0]!.filters).toEqual(filters);
  });

  it.each([
    ['Jane Doe', 'Jane Doe', []],
    ['Jane Doe weight=70 x', 'Jane Doe', ['Patient: weight=70 x']],
    ['X ward 3', null, ['Patient: ward 3']],
    ['X age=old', null, ['Patient: age=old']],
  ])(
    'has a name with a space as some write it, and no subfields in it: %s',
    async (text, name, said) => {
      const recording = await open({ patient: `X F X ${text}`, signals: [ecg] });
      expect([recording.patient.name, recording.comments]).toEqual([name, said]);
    },
  );

  it('is the whole field where there are no subfields', async () => {
    const recording = await open({ patient: 'Haagse Harry', signals: [ecg] });
    expect(recording.patient).toMatchObject({ name: 'Haagse Harry', id: null, sex: null });
  });

  it.each([
    ['\u00b5V', 'µV', []],
    ['\u0083\u00caV', 'µV', []],
    ['.V', '.V', ['unknown-unit']],
  ])('writes the unit %o as %s', async (units, shown, warnings) => {
    const recording = await open({ signals: [{ ...ecg, units }] });
    expect([recording.leads[0]!.units, codes(recording)]).toEqual([shown, warnings]);
  });
});

describe('a file that cannot be read', () => {
  const good = encodeEdf({ signals: [ecg] });
  const damaged = (at: number, text: string): Uint8Array => {
    const bytes = good.slice();
    bytes.set(Buffer.from(text), at);
    return bytes;
  };

  it.each([
    ['is cut in the header', good.slice(0, 100), 'header'],
    ['is cut in the signal fields', good.slice(0, 300), 'number of signals'],
    ['has no data record', good.slice(0, 514), 'number of data records'],
    ['has no signals', damaged(252, '0   '), 'number of signals'],
    ['has a number of signals in words', damaged(252, 'many'), 'number of signals'],
    ['has a number of records in words', damaged(236, 'x'), 'number of data records'],
    ['has a negative duration', damaged(244, '-1'), 'duration of a data record'],
    ['has samples in words', damaged(256 + 216, 'x'), 'samples in a data record'],
    ['has no samples', damaged(256 + 216, '0'), 'samples in a data record'],
  ])('because it %s is told by file and field', async (_what, bytes, field) => {
    const result = await tryOpen(bytes);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.error.message).toMatch(/^x\.edf.*\.$/);
    expect(`${result.error.message} ${String(result.error.details?.['field'])}`).toContain(field);
  });
});
