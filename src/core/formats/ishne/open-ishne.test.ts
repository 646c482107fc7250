import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecording } from '../list';
import type { OpenRecording } from '../open-recording';
import { ishneFormat } from './index';
import { encodeBeats, encodeIshne, type MadeIshne } from './testing/encode-ishne';
import { valueOf } from '../../../shared/domain/testing/value-of';

let dir: string;
const opened: OpenRecording[] = [];
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'fiducial-ishne-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((recording) => recording.close()));
  await rm(dir, { recursive: true, force: true });
});

async function write(name: string, made: MadeIshne): Promise<string> {
  const file = path.join(dir, name);
  await writeFile(file, encodeIshne(made));
  return file;
}

async function open(made: MadeIshne, options = {}): Promise<OpenRecording> {
  const recording = valueOf(await ishneFormat.open(await write('x.ecg', made), options));
  opened.push(recording);
  return recording;
}

const rows = [[100, -200], [300, -400], [500, -600]]; // oxfmt-ignore
const codes = (recording: OpenRecording) => recording.warnings.map(({ code }) => code);

describe('an ISHNE recording', () => {
  it('has its leads in mV, by the resolution of each', async () => {
    const recording = await open({ rows, resolutionsNv: [5000, 10_000] });
    expect(recording.leads.map(({ name, units, samples }) => [name, units, samples])).toEqual([
      ['II', 'mV', 3],
      ['V1', 'mV', 3],
    ]);
    expect([...valueOf(await recording.readPhysical(0, 0, 3))]).toEqual([0.5, 1.5, 2.5]);
    expect([...valueOf(await recording.readPhysical(1, 1, 2))]).toEqual([-4]);
    expect(recording).toMatchObject({ startClock: '2001-02-03T04:05:06.000', warnings: [] });
    const unknown = await open({ rows, recorded: [-9, -9, -9], start: [-9, -9, -9] });
    expect(unknown).toMatchObject({ startClock: null, warnings: [] });
    const wrong = await open({ rows, recorded: [31, 2, 2001] });
    expect(wrong.warnings).toMatchObject([{ code: 'bad-clock' }]);
    expect(wrong.warnings[0]!.message).toContain('"31.2.2001"');
  });

  it.each([
    ['a lead', 3, []],
    ['all leads', 6, []],
    ['something else', 4, ['sample-count']],
  ])(
    'is as long as its file, whether the size means samples of %s',
    async (_of, sizeField, told) => {
      const recording = await open({ rows, sizeField });
      expect([recording.leads[0]!.samples, codes(recording)]).toEqual([3, told]);
    },
  );

  it('says who was recorded and with what', async () => {
    const recording = await open({
      rows,
      first: 'Ann',
      last: 'Other',
      id: '17',
      sex: 2,
      birth: [4, 2, 1950],
      pacemaker: 3,
      variable: 'after lunch',
    });
    expect(recording.patient).toEqual({
      name: 'Ann Other',
      id: '17',
      birthDate: '1950-02-04',
      ageYears: 50,
      sex: 'F',
    });
    expect(recording.comments).toEqual([
      'Recorder: digital',
      'Pacemaker: dual chamber, unipolar',
      'after lunch',
    ]);
  });

  it('tells of a checksum that is wrong, and not of one that was never made', async () => {
    expect(codes(await open({ rows, checksum: 1 }))).toEqual(['checksum']);
    expect(codes(await open({ rows, checksum: 0 }))).toEqual([]);
  });

  it('shows numbers as stored where there is no resolution, unless one is stated', async () => {
    const made = { rows, resolutionsNv: [5000, -9] };
    const recording = await open(made);
    expect([recording.leads[1]!.units, codes(recording)]).toEqual(['ADU', ['no-scale']]);
    const stated = await open(made, { gainAduPerMv: 100 });
    expect([...valueOf(await stated.readPhysical(1, 0, 1))]).toEqual([-2]);
    expect([...valueOf(await stated.readPhysical(0, 0, 1))]).toEqual([0.5]);
  });

  it('needs a rate', async () => {
    const file = await write('x.ecg', { rows, rateHz: -9 });
    expect(await ishneFormat.open(file)).toMatchObject({ error: { code: 'needs-option' } });
    expect((await open({ rows, rateHz: -9 }, { samplingRateHz: 250 })).durationS).toBe(0.012);
  });

  it.each([
    ['number of leads', { leadCount: 0 }],
    ['number of leads', { leadCount: 13 }],
    ['offset of the ECG block', { ecgOffset: 100 }],
    ['offset of the ECG block', { ecgOffset: 9999 }],
    ['sample', { rows: [] }],
  ])('is refused with file and field: %s', async (field, made) => {
    const result = await ishneFormat.open(await write('x.ecg', { rows, ...made }));
    expect(!result.ok && result.error.message).toMatch(new RegExp(`^x\\.ecg.*${field}.*\\.$`));
  });
});

describe('an annotation file', () => {
  const beats = (list: readonly (readonly [string, number])[]) =>
    write('x.ann', { magic: 'ANN  1.0', variable: 'more', body: encodeBeats(10, list) });

  it('gives the beats of the recording beside it, distances without sign', async () => {
    const list = [['N', 190], ['V', 60_000], ['P', 100], ['X', 100], ['C', 100], ['U', 100]] as const; // oxfmt-ignore
    const file = await beats(list);
    const recording = await open({ rows });
    expect(await recording.annotators()).toEqual(['ann']);
    expect(recording.files).toEqual([path.join(dir, 'x.ecg'), file]);
    const read = valueOf(await recording.annotations('ann'));
    expect([...read.timeS]).toEqual([1, 301, 301.5, 302, 302.5, 303]);
    expect(read.symbol).toEqual(['N', 'V', '/', '|', '"', 'Q']);
    expect(read.aux[4]).toBe('calibration');
  });

  it('ends where a timeout makes the rest unknown, and says so', async () => {
    await beats([['N', 190], ['!', 65_535], ['N', 100]]); // oxfmt-ignore
    const read = valueOf(await (await open({ rows })).annotations('ann'));
    expect([read.symbol, read.warnings.length]).toEqual([['N'], 1]);
  });

  it('opens the recording that it belongs to', async () => {
    const file = await beats([]);
    expect(await openRecording(file)).toMatchObject({ error: { code: 'unknown-format' } });
    const ecg = await write('x.ecg', { rows });
    const recording = valueOf(await openRecording(file));
    expect(recording.path).toBe(ecg);
    await recording.close();
  });

  it('is refused where it is cut', async () => {
    await writeFile(path.join(dir, 'x.ann'), encodeIshne({ magic: 'ANN  1.0' }).subarray(0, 300));
    const read = await (await open({ rows })).annotations('ann');
    expect(read).toMatchObject({ error: { code: 'bad-annotation' } });
  });
});
