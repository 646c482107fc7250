import { describe, expect, it } from 'vitest';
import { openBytes, tryOpen, valuesOf } from '../shared/testing/open-bytes';
import { calibrationMarkStart } from './calibration-mark';
import { philipsFormat } from './index';
import { unpackLzw } from './lzw';
import { packXli } from './testing/pack-xli';

const flat = (value: number, count: number): number[] => Array<number>(count).fill(value);
const mark = [...flat(0, 40), ...flat(200, 100), ...flat(0, 50)];
const ramp = Array.from({ length: 300 }, (_, k) => (k % 90) - 45);

const document = (data: string, attributes: string, characteristics = '') =>
  `<restingecgdata><documentinfo><documentversion>1.04</documentversion></documentinfo>
   <dataacquisition date="2011-12-01" time="07:27:34"><signalcharacteristics>${characteristics}</signalcharacteristics></dataacquisition>
   <waveforms><parsedwaveforms ${attributes}>${data}</parsedwaveforms></waveforms></restingecgdata>`;
const packed = (leads: readonly (readonly number[])[], labels: string) =>
  document(
    packXli(leads).toString('base64'),
    `compression="XLI" leadlabels="${labels}" samplespersecond="500" resolution="5" hipass="0.05" lowpass="150"`,
  );

describe('Philips XML', () => {
  it('unpacks XLI and turns stored differences into limb leads', async () => {
    const [one, two] = [ramp, ramp.map((value) => 3 * value + 1)];
    const recording = await openBytes(
      philipsFormat,
      packed(
        [one, two, flat(0, 300), flat(2, 300), flat(0, 300), flat(0, 300), ramp],
        'I II III aVR aVL aVF V1',
      ),
    );
    expect(recording.startClock).toBe('2011-12-01T07:27:34.000');
    const microvolts = (values: readonly number[]) => values.map((value) => value * 5);
    expect(await valuesOf(recording, 0)).toEqual(microvolts(one));
    expect(await valuesOf(recording, 2)).toEqual(microvolts(ramp.map((v) => 2 * v + 1)));
    expect(await valuesOf(recording, 3)).toEqual(
      microvolts(ramp.map((v) => -Math.floor((4 * v + 1) / 2) - 2)),
    );
    expect(recording.leads.map(({ derivedFrom }) => derivedFrom)).toEqual([
      undefined,
      undefined,
      'II - I',
      '-(I + II) / 2, less a stored difference',
      '(I - III) / 2',
      '(II + III) / 2',
      undefined,
    ]);
    expect(recording.leads[6]).toMatchObject({
      name: 'V1',
      units: 'uV',
      filters: { highPassHz: 0.05, lowPassHz: 150, notchHz: null },
    });
    expect(recording.warnings).toEqual([]);
  });

  it('leaves out the calibration mark and says so', async () => {
    const recording = await openBytes(
      philipsFormat,
      packed(
        [
          [...ramp, ...mark],
          [...ramp, 7, ...mark.slice(1)],
        ],
        'V1 V2',
      ),
    );
    expect(recording.leads[0]!.samples).toBe(301);
    expect(recording.warnings[0]!.message).toMatch(/^r\.x ends with a calibration mark of 0\.38 s/);
  });

  it('reads leads that are stored plain, in the standard order without labels', async () => {
    const bytes = Buffer.from(Int16Array.from([1, 2, 30, 40]).buffer);
    const recording = await openBytes(
      philipsFormat,
      document(
        bytes.toString('base64'),
        'compressflag="False" compressmethod="XLI" dataencoding="Base64"',
        `<samplingrate>500</samplingrate><signalresolution>5</signalresolution><signalbandwidth>0.05-150</signalbandwidth>
         <numberchannelsvalid>2</numberchannelsvalid>`,
      ),
    );
    const stored = recording.leads.filter(({ derivedFrom }) => derivedFrom === undefined);
    expect(stored.map(({ name }) => name)).toEqual(['I', 'II']);
    expect(await valuesOf(recording, 1)).toEqual([150, 200]);
    expect(recording.leads[0]!.filters).toEqual({
      highPassHz: 0.05,
      lowPassHz: 150,
      notchHz: null,
    });
  });

  it('asks for a rate and a resolution that are not there', async () => {
    const text = document(packXli([ramp]).toString('base64'), 'compression="XLI" leadlabels="I"');
    expect(await tryOpen(philipsFormat, text)).toMatchObject({
      error: { code: 'needs-option', details: { missing: ['samplingRateHz', 'gainAduPerMv'] } },
    });
  });

  it.each([
    ['no strip', '<restingecgdata/>', /holds no strip/],
    ['another compression', packed([ramp], 'I').replace('XLI', 'ZIP'), /compressed with "ZIP"/],
    [
      'an early end',
      document(
        packXli([ramp]).subarray(0, 40).toString('base64'),
        'compression="XLI" leadlabels="I" samplespersecond="500" resolution="5"',
      ),
      /ends within lead 1/,
    ],
    ['fewer leads than declared', packed([ramp], 'I II'), /holds 1 lead, and 2 are declared/],
    ['leads of different lengths', packed([ramp, [1, 2]], 'I II'), /different lengths/],
  ])('refuses %s', async (_, text, message) => {
    const opened = await tryOpen(philipsFormat, text);
    expect(!opened.ok && opened.error.message).toMatch(message);
  });
});

describe('calibrationMarkStart', () => {
  const start = (...leads: readonly (readonly number[])[]) =>
    calibrationMarkStart(
      leads.map((lead) => Int16Array.from(lead)),
      500,
    );

  it('finds the mark where all leads are the same', () => {
    expect(start([1, 2, ...mark], [3, 4, ...mark])).toBe(2);
    // Flat leads, as without electrodes: only the zeros right before the pulse are taken for the mark.
    expect(start([...flat(0, 500), ...mark], [...flat(0, 500), ...mark])).toBe(500 + 40 - 50);
  });

  it.each([
    [
      'a lead that differs',
      [
        [1, ...mark],
        [2, ...mark.map((v) => (v > 0 ? v + 1 : v))],
      ],
    ],
    ['flat leads', [flat(0, 500), flat(0, 500)]],
    [
      'a short spike',
      [
        [1, ...flat(0, 9), 200, 0],
        [2, ...flat(0, 9), 200, 0],
      ],
    ],
    [
      'a step that nothing comes before',
      [
        [1, ...flat(200, 100), 0],
        [2, ...flat(200, 100), 0],
      ],
    ],
    ['a single lead', [[1, ...mark]]],
  ])('finds none in %s', (_, leads) => {
    expect(start(...leads)).toBe(leads[0]!.length);
  });
});

describe('unpackLzw', () => {
  it('stops at a code without meaning and at the stated size', () => {
    const codes = Buffer.from([0x10, 0x7f, 0xf0]); // 65, then 1023
    expect([...unpackLzw(codes, 10)]).toEqual([65]);
    expect([...unpackLzw(codes, 0)]).toEqual([]);
  });
});
