/**
 * The reader against wfdb-python's answers, `wfdb-samples/expected.json` of the data folder (its README says how
 * that file was made), and annotation files there and back. Skipped where the data is absent.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  openRecord,
  parseAnnotations,
  readAnnotations,
  writeAnnotations,
  type RecordReader,
} from '../../src/core/formats/wfdb';
import { sharedData } from './shared-data';

const DATA = sharedData ?? '';
const SAMPLES = path.join(DATA, 'wfdb-samples');
const present = sharedData !== null;

interface ExpectedSignal {
  readonly samples: number;
  readonly missing: number;
  readonly first: readonly (number | null)[];
  readonly sum: number;
  readonly min: number | null;
  readonly max: number | null;
}

interface ExpectedRecord {
  readonly fs: number;
  readonly signals: number;
  readonly length: number | null;
  readonly names?: readonly string[];
  readonly units?: readonly (string | null)[];
  readonly formats?: readonly (string | null)[];
  readonly physical?: readonly ExpectedSignal[];
  readonly digital_sha256_int32le?: readonly string[];
  readonly signal_error?: string;
  readonly header_error?: string;
}

type Row = [number, string | null, number, number, number, string];

interface ExpectedAnnotations {
  readonly count: number;
  readonly first: readonly Row[];
  readonly last: readonly Row[];
  readonly symbols: Readonly<Record<string, number>>;
  readonly sha256_samples_int64le: string;
}

// The file is Python's JSON, in which NaN is a word of its own.
const expected: {
  records: Record<string, ExpectedRecord>;
  annotations: Record<string, ExpectedAnnotations>;
} = present
  ? JSON.parse(
      readFileSync(path.join(SAMPLES, 'expected.json'), 'utf8').replace(/\bNaN\b/g, 'null'),
    )
  : { records: {}, annotations: {} };

const failing = (record: ExpectedRecord) => Boolean(record.signal_error ?? record.header_error);

describe.skipIf(!present)('records of wfdb-samples', () => {
  const readable = Object.entries(expected.records).filter(([, record]) => !failing(record));
  const broken = Object.entries(expected.records).filter(([, record]) => failing(record));

  it('are 72 readable ones and 16 others', () => {
    expect([readable.length, broken.length]).toEqual([72, 16]);
  });

  it.each(readable)(
    '%s decodes as wfdb-python decodes it',
    async (name, record) => {
      const opened = await openRecord(path.join(SAMPLES, name));
      if (!opened.ok) throw new Error(opened.error.message);
      const reader = opened.value;
      expect(reader.signals).toHaveLength(record.signals);
      expect(reader.frameRateHz).toBe(record.fs);
      if (record.length !== null) expect(reader.frames).toBe(record.length);
      if (record.names)
        expect(reader.signals.map((spec) => spec.description)).toEqual(record.names);

      for (const [index, sha256] of (record.digital_sha256_int32le ?? []).entries()) {
        const digital = await reader.readDigital(index, 0, reader.frames);
        if (!digital.ok) throw new Error(digital.error.message);
        expect(sha256Of(digital.value), `digital samples of signal ${index}`).toBe(sha256);
      }
      for (const [index, signal] of (record.physical ?? []).entries()) {
        expectPhysical(
          await physicalAsExpected(reader, index, signal),
          signal,
          `${name} signal ${index}`,
        );
      }
      const verified = await reader.verify();
      expect(
        verified.ok && verified.value.filter((warning) => warning.code === 'checksum'),
      ).toEqual([]);
      await reader.close();
    },
    120_000,
  );

  it.each(broken)('%s gives an error or a warning that names a file', async (name) => {
    const opened = await openRecord(path.join(SAMPLES, name));
    if (opened.ok) {
      // Segments that were not downloaded: the rest is shown.
      const { warnings } = opened.value;
      await opened.value.close();
      expect(warnings.map(({ code }) => code)).toContain('missing-segment');
      expect(warnings.map(({ message }) => message).join()).toMatch(/\.(hea|dat)\b/);
    } else {
      expect(opened.error.message).toMatch(/\.(hea|dat)\b/);
      expect(['not-found', 'unsupported']).toContain(opened.error.code);
    }
  });

  it.each(readable)('%s reads the same in windows', async (name) => {
    const opened = await openRecord(path.join(SAMPLES, name));
    if (!opened.ok) throw new Error(opened.error.message);
    const reader = opened.value;
    const signal = reader.signals.length - 1;
    const perFrame = reader.signals[signal]!.samplesPerFrame;
    const whole = await reader.readDigital(signal, 0, reader.frames);
    if (!whole.ok) throw new Error(whole.error.message);
    for (const start of windowStarts(reader.frames)) {
      const part = await reader.readDigital(signal, start, start + 1001);
      if (!part.ok) throw new Error(part.error.message);
      const wanted = whole.value.slice(start * perFrame, (start + 1001) * perFrame);
      expect(sha256Of(part.value), `frames from ${start}`).toBe(sha256Of(wanted));
    }
    await reader.close();
  });
});

describe.skipIf(!present)('annotation files', () => {
  it.each(Object.entries(expected.annotations))(
    '%s is read as wfdb-python reads it',
    async (name, wanted) => {
      const read = await readAnnotations(path.join(SAMPLES, name));
      if (!read.ok) throw new Error(read.error.message);
      const { annotations } = read.value;
      expect(annotations).toHaveLength(wanted.count);
      const samples = BigInt64Array.from(annotations, (annotation) => BigInt(annotation.sample));
      expect(createHash('sha256').update(new Uint8Array(samples.buffer)).digest('hex')).toBe(
        wanted.sha256_samples_int64le,
      );
      // wfdb-python has no symbol for a code that the file defines by itself; the C library reads the definition.
      const rows = annotations.map(({ sample, symbol, subtype, chan, num, aux }): Row => [
        sample,
        symbol,
        subtype,
        chan,
        num,
        aux,
      ]);
      const known = (row: Row, k: number, list: readonly Row[]): Row =>
        list[k]![1] === null
          ? [row[0], null, ...(row.slice(2) as [number, number, number, string])]
          : row;
      expect(
        rows.slice(0, wanted.first.length).map((row, k) => known(row, k, wanted.first)),
      ).toEqual(wanted.first);
      expect(rows.slice(-wanted.last.length).map((row, k) => known(row, k, wanted.last))).toEqual(
        wanted.last,
      );
      for (const [symbol, count] of Object.entries(wanted.symbols)) {
        if (symbol === 'nan') continue;
        expect(
          annotations.filter((annotation) => annotation.symbol === symbol).length,
          symbol,
        ).toBe(count);
      }
    },
  );

  const files = [
    ...Object.keys(expected.annotations).map((name) => path.join(SAMPLES, name)),
    ...['mitdb', 'svdb'].flatMap((folder) => atrFiles(path.join(DATA, folder))),
  ];

  it.each(files.map((file) => [path.relative(DATA, file), file]))(
    '%s survives writing and reading',
    async (_, file) => {
      const read = await readAnnotations(file);
      if (!read.ok) throw new Error(read.error.message);
      const again = parseAnnotations(
        writeAnnotations(read.value.annotations, read.value),
        path.basename(file),
      );
      expect(again).toEqual(read);
      const warnings = read.value.warnings.filter(({ code }) => code !== 'own-mnemonics');
      expect(warnings).toEqual([]);
    },
  );
});

function atrFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.atr'))
    .map((name) => path.join(folder, name));
}

function windowStarts(frames: number): number[] {
  return [
    0,
    1,
    7,
    frames >> 1,
    (frames >> 1) + 1,
    Math.max(0, frames - 1000),
    Math.max(0, frames - 1),
  ];
}

/**
 * Physical samples in the form that expected.json lists them: at full rate, except where it has one per frame for
 * a multi-segment record (wfdb-python averages the stored integers of a frame there and drops the fraction).
 */
async function physicalAsExpected(
  reader: RecordReader,
  index: number,
  wanted: ExpectedSignal,
): Promise<Float64Array> {
  const spec = reader.signals[index]!;
  const perFrame = spec.samplesPerFrame;
  if (perFrame === 1 || wanted.samples !== reader.frames) {
    const physical = await reader.readPhysical(index, 0, reader.frames);
    if (!physical.ok) throw new Error(physical.error.message);
    return physical.value;
  }
  const digital = await reader.readDigital(index, 0, reader.frames);
  if (!digital.ok) throw new Error(digital.error.message);
  return Float64Array.from({ length: reader.frames }, (_, frame) => {
    let sum = 0;
    for (let k = 0; k < perFrame; k++) sum += digital.value[frame * perFrame + k]!;
    return (Math.trunc(sum / perFrame) - spec.baselineAdu) / spec.gainAduPerUnit;
  });
}

/** expected.json rounds values to 6 and sums to 4 decimals. */
function expectPhysical(values: Float64Array, wanted: ExpectedSignal, what: string): void {
  let missing = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (Number.isNaN(value)) {
      missing++;
      continue;
    }
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  expect(values.length, what).toBe(wanted.samples);
  expect(missing, what).toBe(wanted.missing);
  for (const [k, first] of wanted.first.entries()) {
    if (first === null) expect(values[k], what).toBeNaN();
    else expect(Math.abs(values[k]! - first), what).toBeLessThanOrEqual(5.1e-7);
  }
  expect(Math.abs(sum - wanted.sum), what).toBeLessThanOrEqual(
    5.1e-5 + 1e-9 * Math.abs(wanted.sum),
  );
  if (wanted.min !== null) expect(Math.abs(min - wanted.min), what).toBeLessThanOrEqual(5.1e-7);
  if (wanted.max !== null) expect(Math.abs(max - wanted.max), what).toBeLessThanOrEqual(5.1e-7);
}

function sha256Of(values: Int32Array): string {
  return createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
}
