import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { valueOf } from '../../../../shared/domain/testing/value-of';
import { withFiles } from '../testing/files';
import { wfdb } from '../wfdb-format';
import { writableAnnotations } from '../writable-annotations';
import type { Annotation } from '../types';
import { annotationCode, symbolOf } from './codes';
import { MAX_AUX_BYTES, writeAnnotations } from './encode';
import { parseAnnotations } from './parse';

function beat(sample: number, fields: Partial<Annotation> = {}): Annotation {
  return { sample, symbol: 'N', subtype: 0, chan: 0, num: 0, aux: '', ...fields };
}

function parse(bytes: Uint8Array) {
  const parsed = parseAnnotations(bytes, 'r.atr');
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

describe('parseAnnotations', () => {
  it('reads the example of annot(5): SKIP, NUM, SUB, CHN, AUX and what is carried over', () => {
    const bytes = [
      [0x12, 0x70, 0x03, 0xfc, 0x28, 0x4e, 0x00, 0x00], // + at 18, AUX "(N\0" and padding
      [0x3b, 0x04, 0x02, 0xf8, 0x07, 0xf0], // N at 77, CHN 2, NUM 7
      [0x00, 0xec, 0x01, 0x00, 0x00, 0x00, 0x0a, 0x14, 0xff, 0xf4], // SKIP 65536, V 10 later, SUB -1
      [0x01, 0x00], // no annotation, one sample on
      [0x01, 0x04, 0x00, 0x00], // N
    ].flat();
    const read = parse(Uint8Array.from(bytes));
    expect(read.annotations).toEqual([
      beat(18, { symbol: '+', aux: '(N' }),
      beat(77, { chan: 2, num: 7 }),
      beat(65623, { symbol: 'V', chan: 2, num: 7, subtype: -1 }),
      beat(65625, { chan: 2, num: 7 }),
    ]);
    expect(read.warnings).toEqual([]);
  });

  it('keeps what stands before the damage and says what is wrong', () => {
    const whole = writeAnnotations([beat(10), beat(20, { aux: 'text' }), beat(5000)]);
    for (let length = 4; length < whole.length; length++) {
      const read = parse(whole.slice(0, length));
      expect(read.annotations[0], `${length} bytes`).toEqual(beat(10));
      expect(read.warnings.length, `${length} bytes`).toBeGreaterThan(0);
    }
  });

  it('takes comments at sample 0 for notes on the file', () => {
    const notes = [
      '## time resolution: 500',
      '## annotation type definitions',
      '42 CAL Calibration',
      'made by hand',
    ];
    const read = parse(
      writeAnnotations([beat(3, { symbol: 'CAL' }), beat(9, { symbol: '"', aux: 'hm' })], {
        notes,
      }),
    );
    expect(read).toMatchObject({ notes, timeResolutionHz: 500 });
    expect(read.annotations.map((annotation) => annotation.symbol)).toEqual(['CAL', '"']);
  });
});

describe('writeAnnotations', () => {
  it('is read back without loss', () => {
    const symbols = Array.from({ length: 49 }, (_, k) => symbolOf(k + 1));
    const annotations = [
      ...symbols.map((symbol, k) =>
        beat(k * 1000 + 1, { symbol, subtype: k - 20, chan: k * 5, num: 20 - k }),
      ),
      beat(1_000_000, { aux: '(AFIB' }),
      beat(999_000, { aux: 'odd' }),
      beat(10_000_000_000, { aux: 'µV, 日本' }),
      beat(10_000_000_000),
      beat(10_000_001_023),
      beat(10_000_002_047),
    ];
    const options = { timeResolutionHz: 250.5, notes: [] };
    const read = parse(writeAnnotations(annotations, options));
    expect(read.annotations).toEqual(annotations);
    expect(read.timeResolutionHz).toBe(250.5);
    expect(parse(writeAnnotations(read.annotations, read))).toEqual(read);
  });

  it('writes an empty file as an end mark', () => {
    expect([...writeAnnotations([])]).toEqual([0, 0]);
    expect(parse(Uint8Array.from([0, 0])).annotations).toEqual([]);
  });

  it('cuts long text at a character, unless Latin-1 holds it', () => {
    const written = (aux: string) =>
      parse(writeAnnotations([beat(1, { aux })])).annotations[0]!.aux;
    expect(written('ω'.repeat(200))).toBe('ω'.repeat(Math.floor(MAX_AUX_BYTES / 2)));
    expect(written('ä'.repeat(255))).toBe('ä'.repeat(255));
  });

  it.each([
    beat(1, { symbol: 'NN' }),
    beat(NaN),
    beat(1.5),
    beat(1, { chan: 256 }),
    beat(1, { num: 128 }),
  ])('throws for what the format cannot hold: %j', (annotation) =>
    expect(() => writeAnnotations([annotation])).toThrow(RangeError),
  );
});

it('has a mnemonic for every code and back', () => {
  for (let code = 1; code <= 49; code++) expect(annotationCode(symbolOf(code))).toBe(code);
  expect(annotationCode('no such')).toBeNull();
});

describe('annotations of a recording', () => {
  const row = { subtype: 0, chan: 0, num: 0, aux: '' };
  const files = {
    'r.hea': 'r 1 100 200\nr.dat 16 100 16\n',
    'r.dat': new Uint8Array(400),
    // Noise in both leads, a beat of the second one, a note, and a beat that no sample is of.
    'r.atr': writeAnnotations([
      { ...row, sample: 10, symbol: '~', subtype: -1 },
      { ...row, sample: 20, symbol: 'V', chan: 1, num: 3 },
      { ...row, sample: 30, symbol: '"', subtype: 2, aux: 'x' },
      { ...row, sample: 300, symbol: 'N', chan: 1, num: 3 },
    ]),
  };

  /** `n` is a supraventricular escape beat (annot(5)), and in this file a normal one. */
  const own = writeAnnotations([
    ...['## annotation type definitions', '1 n normal beat', '## end of definitions'].map(
      (aux) => ({ ...row, sample: 0, symbol: '"', aux }),
    ),
    { ...row, sample: 10, symbol: 'N' },
    { ...row, sample: 20, symbol: 'V' },
  ]);

  it('keep their fields where they are written again, and those outside are said', () =>
    withFiles(files, async (folder) => {
      const recording = valueOf(await wfdb.open(path.join(folder, 'r.hea')));
      const read = valueOf(await recording.annotations('atr'));
      await recording.close();
      expect(read.warnings.map(({ code }) => code)).toEqual(['outside-recording']);
      const { bytes } = writableAnnotations(read, 100, 100);
      const again = valueOf(parseAnnotations(bytes, 'again')).annotations;
      expect(again).toEqual(valueOf(parseAnnotations(files['r.atr'], 'r')).annotations);
      expect(again.map(({ subtype, chan, num }) => [subtype, chan, num])).toEqual([
        [-1, 0, 0],
        [0, 1, 3],
        [2, 0, 0],
        [0, 1, 3],
      ]);
    }));

  it('are notes where their mnemonic means something else than it would in another file', () =>
    withFiles({ ...files, 'r.atr': own }, async (folder) => {
      const recording = valueOf(await wfdb.open(path.join(folder, 'r.hea')));
      const read = valueOf(await recording.annotations('atr'));
      await recording.close();
      expect(read.symbol).toEqual(['n', 'V']);
      const { bytes } = writableAnnotations(read, 100, 100);
      const again = valueOf(parseAnnotations(bytes, 'again')).annotations;
      expect(again.map(({ symbol, aux }) => [symbol, aux])).toEqual([
        ['"', 'n'],
        ['V', ''],
      ]);
    }));
});
