import { describe, expect, it } from 'vitest';
import { openBytes, tryOpen, valuesOf } from '../shared/testing/open-bytes';
import { scpFormat } from './index';
import {
  bits,
  buildScp,
  defaultCode,
  differences,
  encoded,
  pack,
  section1,
  section3,
  words,
} from './testing/build-scp';

const DEFAULT_TABLE = pack([2, 19_999]);
const samples = [0, 3, -8, 8, 9, -127, 127, 128, -20_000, 20_000, 7, 7, 7];
const inMv = (values: readonly number[], nanovolts = 5000) =>
  values.map((v) => v / (1e6 / nanovolts));

/** A record of one lead V1. */
const single = (sections: Readonly<Record<number, Buffer>>, last = samples.length) =>
  buildScp({ 3: section3([[3, 1, last]]), ...sections });

describe('SCP-ECG', () => {
  it.each([0, 1, 2] as const)('undoes Huffman codes and differences of order %s', async (order) => {
    const values = order === 0 ? samples : differences(samples, order);
    const six = encoded([defaultCode(values)], { encoding: order });
    const recording = await openBytes(scpFormat, single({ 2: DEFAULT_TABLE, 6: six }));
    expect(await valuesOf(recording, 0)).toEqual(inMv(samples));
    expect(recording.leads[0]).toMatchObject({
      name: 'V1',
      leadCode: 3,
      units: 'mV',
      samplingRateHz: 500,
      gainAduPerUnit: 200,
    });
    expect(recording.warnings).toEqual([]);
  });

  it('reads plain integers where there is no table, and a rate that is not a whole number', async () => {
    const six = encoded([words(samples)], { intervalUs: 1667, nanovolts: 3750 });
    for (const record of [single({ 6: six }), single({ 2: pack([2, 0]), 6: six })]) {
      const recording = await openBytes(scpFormat, record);
      expect(recording.leads[0]!.samplingRateHz).toBeCloseTo(599.88, 3);
      expect(await valuesOf(recording, 0)).toEqual(inMv(samples, 3750));
    }
  });

  it("uses the record's own tables and changes between them", async () => {
    // Bits of the code stand in reverse order: `10` is stored as 01.
    const code = (prefix: number, total: number, isValue: number, value: number, stored: number) =>
      pack([1, prefix], [1, total], [1, isValue], [2, value], [4, stored]);
    const first = [code(1, 1, 1, 5, 0b0), code(2, 2, 0, 2, 0b01), code(2, 6, 1, 0, 0b11)];
    const second = [code(1, 1, 1, -9, 0b1), code(1, 1, 0, 1, 0b0)];
    const two = Buffer.concat([pack([2, 2], [2, 3]), ...first, pack([2, 2]), ...second]);
    const stream = '0' + '11' + '1000' + '10' + '1' + '1' + '0' + '0';
    const recording = await openBytes(scpFormat, single({ 2: two, 6: encoded([bits(stream)]) }, 5));
    expect(await valuesOf(recording, 0)).toEqual(inMv([5, -8, -9, -9, 5]));
  });

  it('adds a reference beat that was subtracted, in its own scale', async () => {
    const beat = [10, 20, 30];
    // Fiducial 2 of the beat lies on sample 5; of the second complex on 8; type 1 is another form.
    const four = Buffer.concat([
      pack([2, 6], [2, 2], [2, 3]),
      pack([2, 0], [4, 4], [4, 5], [4, 6]),
      pack([2, 1], [4, 7], [4, 7], [4, 7]),
      pack([2, 0], [4, 8], [4, 8], [4, 8]),
      ...Array.from({ length: 3 }, () => pack([4, 1], [4, 1])),
    ]);
    const record = (nanovolts: number) =>
      buildScp({
        3: section3([[3, 1, 9]], 1),
        4: four,
        5: encoded([words(beat)], { nanovolts }),
        6: encoded([words([1, 1, 1, 1, 1, 1, 1, 1, 1])]),
      });
    const same = await openBytes(scpFormat, record(5000));
    expect(await valuesOf(same, 0)).toEqual(inMv([1, 1, 1, 11, 21, 31, 1, 21, 1]));
    expect(same.storedBeats).toMatchObject([{ title: 'Reference beat', leadNames: ['V1'] }]);
    expect(await same.annotations('device')).toMatchObject({
      value: { timeS: Float64Array.of(0.008, 0.012, 0.014), symbol: ['N', 'Q', 'N'] },
    });
    const finer = await openBytes(scpFormat, record(2500));
    expect((await valuesOf(finer, 0))[4]).toBeCloseTo((1 + 10) / 200, 12);
  });

  it('puts back what bimodal compression left out between protected zones', async () => {
    const four = Buffer.concat([
      pack([2, 2], [2, 1], [2, 1]),
      pack([2, 0], [4, 5], [4, 5], [4, 5]),
      pack([4, 5], [4, 6]),
    ]);
    // Samples 1 to 4 as two values, 5 and 6 as they were, 7 to 9 as two values.
    const record = buildScp({
      3: section3([[3, 1, 9]]),
      4: four,
      5: encoded([words([0])]),
      6: encoded([words([0, 8, 50, 60, 100, 104])], { intervalUs: 4000, bimodal: 1 }),
    });
    const recording = await openBytes(scpFormat, record);
    expect(recording.leads[0]).toMatchObject({ samplingRateHz: 500, gainAduPerUnit: 800 });
    const values = await valuesOf(recording, 0);
    const wanted = inMv([0, 2, 6, 8, 50, 60, 100, 101, 103]);
    for (const [k, value] of values.entries()) expect(value).toBeCloseTo(wanted[k]!, 12);
    const digital = await recording.readDigital(0, 0, 9);
    expect(digital.ok && [...digital.value]).toEqual([0, 8, 24, 32, 200, 240, 400, 404, 412]);
  });

  it('puts leads where they begin', async () => {
    const record = buildScp({
      3: section3([
        [1, 1, 2],
        [3, 3, 5],
      ]),
      6: encoded([words([1, 2]), words([3, 4, 5])]),
    });
    const recording = await openBytes(scpFormat, record);
    expect(await valuesOf(recording, 1)).toEqual([NaN, NaN, ...inMv([3, 4, 5])]);
    expect(recording.durationS).toBe(0.01);
  });

  it('derives limb leads that are not stored', async () => {
    const record = buildScp({
      3: section3([
        [1, 1, 2],
        [2, 1, 2],
      ]),
      6: encoded([words([10, 20]), words([30, 50])]),
    });
    const recording = await openBytes(scpFormat, record);
    expect(recording.leads.map(({ name, derivedFrom }) => [name, derivedFrom])).toContainEqual([
      'III',
      'II - I',
    ]);
    expect(await valuesOf(recording, 2)).toEqual(inMv([20, 30]));
  });

  it('tells who was recorded, when, with which filters, and nothing of fields that cannot be', async () => {
    const six = encoded([words([1])]);
    const one = section1({
      0: 'Byron',
      1: 'Ada',
      2: 'A-1',
      4: pack([2, 18], [1, 2]),
      5: pack([2, 2000], [1, 2], [1, 29]),
      8: pack([1, 2]),
      14: Buffer.from('\0\0\0\0\0\0\0\0CART7\0\x14', 'latin1'),
      25: pack([2, 2024], [1, 12], [1, 31]),
      26: pack([1, 23], [1, 59], [1, 58]),
      27: pack([2, 5]),
      28: pack([2, 150]),
      29: pack([1, 2]),
    });
    const recording = await openBytes(scpFormat, single({ 1: one, 6: six }, 1));
    expect(recording.patient).toEqual({
      name: 'Ada Byron',
      id: 'A-1',
      birthDate: '2000-02-29',
      ageYears: 1.5,
      sex: 'F',
    });
    expect(recording.startClock).toBe('2024-12-31T23:59:58.000');
    expect(recording.comments).toEqual(['Device: CART7']);
    expect(recording.leads[0]!.filters).toEqual({ highPassHz: 0.05, lowPassHz: 150, notchHz: 50 });
    // Dates the wrong way round, and text in numbers.
    const scrubbed = section1({
      4: 'RE',
      5: Buffer.from([7, 0xd0, 1, 1]),
      8: 'R',
      25: Buffer.from([7, 0xd0, 1, 1]),
      26: pack([1, 0], [1, 0], [1, 0]),
    });
    const unknown = await openBytes(scpFormat, single({ 1: scrubbed, 6: six }, 1));
    expect([unknown.startClock, unknown.patient.birthDate, unknown.patient.sex]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("shows the device's measurements and statements", async () => {
    const seven = Buffer.concat([
      pack([1, 1], [1, 0], [2, 1000], [2, 29_999]),
      pack([2, 100], [2, 192], [2, 267], [2, 355], [2, 653], [2, 48], [2, -61], [2, 999]),
      pack([2, 0], [2, 60], [2, 29_999], [2, 386]),
    ]);
    const eight = Buffer.concat([
      Buffer.alloc(8),
      pack([1, 1], [1, 1], [2, 7]),
      Buffer.from(' n\xf6rm \0', 'latin1'),
    ]);
    const recording = await openBytes(
      scpFormat,
      single({ 6: encoded([words([1])]), 7: seven, 8: eight }, 1),
    );
    expect(recording.measurements.map(({ name, value }) => `${name} ${value}`)).toEqual([
      'Ventricular rate 60',
      'RR interval 1000',
      'P duration 92',
      'PR interval 167',
      'QRS duration 88',
      'QT interval 386',
      'QTc interval 386',
      'P axis 48',
      'QRS axis -61',
      'Interpretation nörm',
    ]);
  });

  it('warns of checksums and of fewer samples than are declared', async () => {
    const record = single({ 6: encoded([words([1, 2])]) }, 5);
    record[record.length - 1] = 1;
    const recording = await openBytes(scpFormat, record);
    expect(recording.leads[0]!.samples).toBe(2);
    expect(recording.warnings.map(({ message }) => message)).toEqual([
      'r.x: section 6 differs from its checksum.',
      'r.x differs from the checksum of its record header.',
      'r.x: of V1 5 samples are declared (section 3) and 2 stored (section 6).',
    ]);
  });

  it.each<[string, Buffer, number[], string]>([
    [
      'plain samples',
      single({ 6: encoded([words([1, 2, 3, 4, 5])]) }, 3),
      [1, 2, 3],
      'section 6 holds more of V1 than section 3 declares (3); the last 4 bytes are left out.',
    ],
    [
      'Huffman codes',
      single({ 2: DEFAULT_TABLE, 6: encoded([defaultCode([9, 9, 9, 9])]) }, 2),
      [9, 9],
      'section 6 holds more of V1 than section 3 declares (2); the last 4 bytes are left out.',
    ],
    [
      'bimodal blocks',
      buildScp({
        3: section3([[1, 1, 4]]),
        4: pack([2, 8], [2, 1], [2, 0]),
        5: encoded([words([0])], { intervalUs: 1000 }),
        6: encoded([words([5, 5, 7, 7])], { intervalUs: 2000, bimodal: 1 }),
      }),
      [5, 5, 5, 5],
      'section 6 holds more of I than section 3 declares (4); the last 4 bytes are left out.',
    ],
    [
      'bytes behind the last lead',
      single({ 6: Buffer.concat([encoded([words([1, 2])]), words([7, 7, 7])]) }, 2),
      [1, 2],
      'section 6 has 6 bytes behind its last lead; they are left out.',
    ],
  ])('warns of more than is declared: %s', async (_, record, values, message) => {
    const recording = await openBytes(scpFormat, record);
    expect(await valuesOf(recording, 0)).toEqual(inMv(values));
    expect(recording.warnings.map((warning) => warning.message)).toEqual([`r.x: ${message}`]);
  });

  it('says nothing of bits and bytes that fill up a lead or a section', async () => {
    const filled = Buffer.concat([encoded([Buffer.concat([bits('0000'), Buffer.alloc(1)])]), Buffer.alloc(1)]); // oxfmt-ignore
    const recording = await openBytes(scpFormat, single({ 2: DEFAULT_TABLE, 6: filled }, 1));
    expect(await valuesOf(recording, 0)).toEqual([0]);
    expect(recording.warnings).toEqual([]);
  });

  it('asks for a scale and a rate that are 0', async () => {
    const record = single({ 6: encoded([words([10])], { nanovolts: 0, intervalUs: 0 }) }, 1);
    expect(await tryOpen(scpFormat, record)).toMatchObject({
      error: { code: 'needs-option', details: { missing: ['samplingRateHz', 'gainAduPerMv'] } },
    });
    const recording = await openBytes(scpFormat, record, {
      samplingRateHz: 250,
      gainAduPerMv: 100,
    });
    expect(await valuesOf(recording, 0)).toEqual([0.1]);
  });

  const six = encoded([words([1, 2])]);
  const table = (prefix: number, total: number) =>
    pack([2, 1], [2, 1], [1, prefix], [1, total], [1, 1], [2, 0], [4, 0]);
  it.each<[string, Buffer, RegExp]>([
    ['no leads', buildScp({ 6: six }), /holds no definition of leads \(section 3\)/],
    ['no rhythm', buildScp({ 3: section3([[3, 1, 2]]) }), /holds no rhythm \(section 6\)/],
    ['no samples', single({ 6: encoded([words([])]) }), /holds no samples/],
    [
      'leads that section 3 has no room for',
      buildScp({ 3: pack([1, 9], [1, 0]), 6: six }),
      /section 3 declares 9 leads/,
    ],
    [
      'an unknown encoding',
      single({ 6: encoded([words([1])], { encoding: 7 }) }),
      /section 6 has encoding 7/,
    ],
    [
      'samples that run out',
      single({ 6: six.subarray(0, 9) }),
      /section 6 ends within lead 1 of 1/,
    ],
    [
      'leads that section 3 does not know, whose lengths would be samples',
      single({ 6: encoded([words([1, 2]), words([3, 4])]) }, 2),
      /section 6 holds 2 leads, and section 3 declares 1/,
    ],
    [
      'a lost reference beat',
      buildScp({ 3: section3([[3, 1, 2]], 1), 6: six }),
      /lacks the reference beat/,
    ],
    ['Huffman codes without bits', single({ 2: table(0, 0), 6: six }), /prefix of 0 of 0 bits/],
    [
      'Huffman tables that run out',
      single({ 2: table(1, 1).subarray(0, 9), 6: six }),
      /ends within Huffman table 1/,
    ],
    [
      'the end cut off',
      single({ 6: six }).subarray(0, 150),
      /has 150 bytes, and its record header declares/,
    ],
    [
      'a rate that nothing explains',
      buildScp({
        3: section3([[3, 1, 2]]),
        4: pack([2, 0], [2, 0], [2, 0]),
        5: six,
        6: encoded([words([1])], { intervalUs: 2300, bimodal: 1 }),
      }),
      /interval of 2300 us/,
    ],
    [
      'complexes that run out',
      buildScp({ 3: section3([[3, 1, 2]], 1), 4: pack([2, 0], [2, 0], [2, 9]), 5: six, 6: six }),
      /section 4 declares 9 complexes/,
    ],
  ])('refuses %s', async (_, record, message) => {
    const opened = await tryOpen(scpFormat, record);
    expect(!opened.ok && opened.error.message).toMatch(message);
  });

  it('knows its own by section 0 where the mark is absent, and nothing else', () => {
    const record = single({ 6: six });
    const head = (bytes: Buffer) => ({ fileName: 'x', sizeBytes: bytes.length, bytes });
    const unmarked = Buffer.from(record).fill(0, 16, 22);
    expect(scpFormat.recognises(head(unmarked))).toBe(true);
    expect(scpFormat.recognises(head(Buffer.alloc(500)))).toBe(false);
    expect(scpFormat.recognises(head(Buffer.from('SCPECG')))).toBe(false);
  });
});
