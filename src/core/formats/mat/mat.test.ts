import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordingAt } from '../list';
import { openBytes, tryOpen, valuesOf, writeFiles } from '../shared/testing/open-bytes';
import { matFormat } from './index';
import { mat5, matrix4 } from './testing/build-mat';

/** 30 samples of two leads: the second is a hundred more. */
const one = Array.from({ length: 30 }, (_, k) => (k * 7) % 23);
const two = one.map((value) => value + 100);
const rowsOfLeads = one.flatMap((value, k) => [value, two[k]!]);
const columnsOfLeads = [...one, ...two];
const stated = { samplingRateHz: 250, gainAduPerMv: 1 };
const little = mat5();

describe('MATLAB 4', () => {
  it.each([0, 1, 2, 3, 4])('reads precision %s in either byte order', async (precision) => {
    for (const bigEndian of [false, true]) {
      const bytes = matrix4('val', 2, 30, rowsOfLeads, { precision, bigEndian });
      const recording = await openBytes(matFormat, bytes, stated);
      expect(await valuesOf(recording, 0)).toEqual(one);
      expect(await valuesOf(recording, 1)).toEqual(two);
      const part = await recording.readDigital(1, 28, 99);
      expect(part.ok && [...part.value]).toEqual(two.slice(28));
    }
  });

  it('takes rate and names from other variables, and the samples from the largest', async () => {
    const bytes = Buffer.concat([
      matrix4('fs', 1, 1, [500], { precision: 0 }),
      matrix4('ecg', 30, 2, columnsOfLeads),
      matrix4(
        'leads',
        2,
        2,
        [...'IVI1'].map((c) => c.charCodeAt(0)),
        { precision: 5, kind: 1 },
      ),
    ]);
    const recording = await openBytes(matFormat, bytes, { gainAduPerMv: 200 });
    expect(recording.leads.map(({ name, samplingRateHz }) => [name, samplingRateHz])).toEqual([
      ['II', 500],
      ['V1', 500],
    ]);
    expect((await valuesOf(recording, 1))[1]).toBe(107 / 200);
  });

  it('is not mistaken for what only looks a little like it', () => {
    const good = matrix4('val', 2, 30, rowsOfLeads);
    const recognised = (bytes: Buffer, sizeBytes = bytes.length) =>
      matFormat.recognises({ fileName: 'x', bytes, sizeBytes });
    expect(recognised(good)).toBe(true);
    expect(recognised(good, 50)).toBe(false);
    expect(recognised(Buffer.alloc(100))).toBe(false);
    expect(recognised(Buffer.from('time,mV\n0.000,0.1\n0.002,0.2\n'))).toBe(false);
    const badName = Buffer.from(good);
    badName[20] = 0x31;
    expect(recognised(badName)).toBe(false);
  });
});

describe('MATLAB 5 to 7', () => {
  it('reads plain and compressed matrices of either byte order and orientation', async () => {
    for (const build of [mat5(false), mat5(true)]) {
      const integers = build.numbers('val', [2, 30], rowsOfLeads, 10);
      const doubles = build.numbers('val', [30, 2], columnsOfLeads);
      for (const variable of [integers, doubles, build.compressed(integers)]) {
        const recording = await openBytes(matFormat, build.file(variable), stated);
        expect(await valuesOf(recording, 0)).toEqual(one);
        expect(await valuesOf(recording, 1)).toEqual(two);
      }
    }
  });

  it('reads a structure with names in a cell array, units and gains', async () => {
    const bytes = little.file(
      little.struct('ECG', {
        data: little.numbers('', [30, 2], columnsOfLeads, 10),
        sampling_rate: little.numbers('', [1, 1], [360.5]),
        lead_names: little.cells('', [little.text('', ['MLII']), little.text('', ['V5'])]),
        units: little.text('', ['uV', 'mV']),
        gain: little.numbers('', [2, 1], [2, 200]),
        adczero: little.numbers('', [1, 1], [10]),
      }),
    );
    const recording = await openBytes(matFormat, bytes);
    expect(recording.leads).toMatchObject([
      { name: 'MLII', units: 'uV', samplingRateHz: 360.5, gainAduPerUnit: 2, baselineAdu: 10 },
      { name: 'V5', units: 'mV', leadCode: 7, gainAduPerUnit: 200 },
    ]);
    expect((await valuesOf(recording, 0))[1]).toBe((7 - 10) / 2);
    expect((await valuesOf(recording, 1))[1]).toBe((107 - 10) / 200);
  });

  it.each([
    [
      [2, 0, 4],
      [2, null, 4],
    ],
    [
      [2, -2, 4],
      [2, -2, 4],
    ],
    [
      [2, NaN, 4],
      [2, null, 4],
    ],
    [
      [2, 4],
      [2, 4, null],
    ],
    [[2], [2, 2, 2]],
  ])('gives each lead its own gain of %j, and none another one', async (gains, wanted) => {
    const bytes = little.file(
      little.numbers('val', [30, 3], [...columnsOfLeads, ...one], 10),
      little.numbers('fs', [3, 1], [250, 250, 250]),
      little.numbers('gain', [gains.length, 1], gains),
    );
    const recording = await openBytes(matFormat, bytes);
    expect(
      recording.leads.map((lead) => (lead.units === 'mV' ? lead.gainAduPerUnit : null)),
    ).toEqual(wanted);
    const unknown = wanted.indexOf(null);
    expect(recording.warnings.map(({ message }) => message)).toEqual(
      unknown < 0 ? [] : [expect.stringContaining(`signal ${unknown}`)],
    );
    if (unknown >= 0) expect(await valuesOf(recording, unknown)).toEqual(unknown === 1 ? two : one);
  });

  it('has no rate where its leads have different ones, and names a second matrix', async () => {
    const matrix = little.numbers('ecg1', [30, 2], columnsOfLeads);
    const rates = little.numbers('fs', [2, 1], [500, 250]);
    const mv = little.text('units', ['mV']);
    expect(await tryOpen(matFormat, little.file(matrix, rates, mv))).toMatchObject({
      error: { code: 'needs-option', details: { missing: ['samplingRateHz'] } },
    });
    const more = little.numbers('ecg2', [20, 2], columnsOfLeads.slice(0, 40));
    const recording = await openBytes(matFormat, little.file(matrix, more, mv), stated);
    expect(recording.warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('ecg2'),
    ]);
  });

  it('has values with decimals as integers of a step that keeps them', async () => {
    const values = [...one.map((value) => value / 1000), NaN, 1.5];
    const bytes = little.file(
      little.numbers('signal', [1, values.length], values),
      little.text('units', ['mV']),
      little.numbers('fs', [1, 1], [250]),
    );
    const recording = await openBytes(matFormat, bytes);
    expect(recording.leads[0]).toMatchObject({ units: 'mV', gainAduPerUnit: 1000 });
    expect((await valuesOf(recording, 0)).slice(-3)).toEqual([values.at(-3), NaN, 1.5]);
    const digital = await recording.readDigital(0, 0, 2);
    expect(digital.ok && [...digital.value]).toEqual([0, 7]);
  });

  it('looks at more than the beginning, which may be zeros', async () => {
    const values = Array.from({ length: 40_000 }, (_, k) => (k < 20_000 ? 0 : Math.sin(k / 9) / 2));
    const bytes = little.file(little.numbers('val', [1, values.length], values));
    const recording = await openBytes(matFormat, bytes, { samplingRateHz: 500, gainAduPerMv: 1 });
    const digital = await recording.readDigital(0, 39_000, 39_001);
    expect(digital.ok && digital.value[0]! / recording.leads[0]!.gainAduPerUnit).toBeCloseTo(
      values[39_000]!,
      5,
    );
  });

  it('reads vectors that are called after leads as these, and says what else it does not read', async () => {
    const vectors = ['V1', 'II', 'fs'].map((name, k) =>
      name === 'fs'
        ? little.numbers(name, [1, 1], [250])
        : little.numbers(
            name,
            [1, 30],
            one.slice(0, 30).map((v) => v + k),
          ),
    );
    const recording = await openBytes(matFormat, little.file(...vectors), { gainAduPerMv: 1 });
    expect(recording.leads).toMatchObject([
      { name: 'V1', leadCode: 3 },
      { name: 'II', leadCode: 2 },
    ]);
    expect((await valuesOf(recording, 1))[0]).toBe(one[0]! + 1);
    expect(recording.warnings).toEqual([]);

    const named = ['ecg', 'resp', 't'].map((name) =>
      little.numbers(name, [30, 1], one.slice(0, 30)),
    );
    const single = await openBytes(matFormat, little.file(...named), {
      samplingRateHz: 250,
      gainAduPerMv: 1,
    });
    expect(single.leads).toHaveLength(1);
    expect(single.warnings.map(({ message }) => message)).toEqual([
      'r.x holds resp beside ecg, which alone is read.',
    ]);
  });

  it('takes numbers with fractions beside a gain for mV and says so', async () => {
    const bytes = little.file(
      little.numbers(
        'data',
        [1, 30],
        one.map((value) => value / 8),
      ),
      little.numbers('gain', [1, 1], [1000]),
      little.numbers('fs', [1, 1], [250]),
    );
    const recording = await openBytes(matFormat, bytes);
    expect((await valuesOf(recording, 0))[1]).toBe(7 / 8);
    expect(recording.warnings[0]!.message).toMatch(/they are taken as mV/);
  });

  it('asks for rate and scale only where both the file and the person leave them out', async () => {
    const bytes = little.file(little.numbers('val', [1, 30], one, 10));
    expect(await tryOpen(matFormat, bytes, { samplingRateHz: 250 })).toMatchObject({
      error: { code: 'needs-option', details: { missing: ['gainAduPerMv'] } },
    });
  });

  it('refuses to inflate more than its limit', async () => {
    const bomb = little.compressed(little.numbers('val', [1, 30], one)).subarray(8);
    const zeros = little.compressed(Buffer.alloc(130 * 2 ** 20)).subarray(8);
    expect(bomb.length).toBeLessThan(1000);
    const element = Buffer.alloc(8);
    element.writeUInt32LE(15, 0);
    element.writeUInt32LE(zeros.length, 4);
    const opened = await tryOpen(matFormat, little.file(Buffer.concat([element, zeros])));
    expect(opened).toMatchObject({ error: { code: 'too-large' } });
    expect(!opened.ok && opened.error.message).toMatch(/more than 128 MB: save it without/);
  });

  const whole = little.file(little.numbers('val', [2, 30], rowsOfLeads));
  const noZlib = Buffer.from(
    little.file(little.compressed(little.numbers('val', [2, 30], rowsOfLeads))),
  );
  noZlib.fill(7, 136);
  it.each<[string, Buffer, RegExp]>([
    ['the end cut off', whole.subarray(0, 300), /ends within the element at byte 128/],
    ['damage to what is compressed', noZlib, /cannot be inflated/],
    ['no matrix', little.file(little.text('x', ['hello'])), /holds no matrix .* it holds x\./],
    ['nothing at all', little.file(), /it holds nothing/],
    [
      'more numbers than bytes',
      little.file(little.numbers('val', [2, 300], one)),
      /2 x 300 numbers has 240 bytes/,
    ],
    [
      'version 7.3',
      Buffer.concat([Buffer.from('MATLAB 7.3 MAT-file'), Buffer.alloc(600)]),
      /is a MATLAB 7\.3 file \(HDF5\): save it with/,
    ],
  ])('refuses %s', async (_, bytes, message) => {
    const opened = await tryOpen(matFormat, bytes, stated);
    expect(!opened.ok && opened.error.message).toMatch(message);
  });
});

describe('a MATLAB file beside a WFDB header', () => {
  const bytes = matrix4('val', 2, 30, rowsOfLeads);
  it.each([
    ['that names it is part of that record', 'm.mat 16+24 200/mV 16 0 0 0 0 I', 'm.hea'],
    ['that names another is a recording', 'm.dat 16 200/mV 16 0 0 0 0 I', 'm.mat'],
  ])('%s', async (_, signal, opens) => {
    const folder = await writeFiles({ 'm.mat': bytes, 'm.hea': `m 1 250 30\n${signal}\n` });
    const found = await recordingAt(path.join(folder, 'm.mat'));
    expect(found.ok && path.basename(found.value.path)).toBe(opens);
  });
});
