/** MATLAB files against SciPy's answers (`formats/mat` of the data folder). Skipped where the data is absent. */
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OpenOptions } from '../../src/core/formats/format';
import { matFormat } from '../../src/core/formats/mat';
import type { OpenRecording } from '../../src/core/formats/open-recording';
import { readFileHead } from '../../src/core/formats/shared/file-head';
import { sharedData } from './shared-data';
import { expectedFiles } from './expected-leads';

interface ExpectedArray {
  readonly shape: readonly number[];
  readonly sum: number;
  readonly first_row_first: readonly number[];
  readonly min: number;
  readonly max: number;
}

interface ExpectedFile {
  readonly version: string;
  readonly arrays: {
    readonly val?: ExpectedArray;
    readonly signal?: ExpectedArray;
    readonly ECG?: { readonly data: ExpectedArray };
    readonly ann?: { readonly time: ExpectedArray };
  };
}

const FOLDER = path.join(sharedData ?? '', 'formats', 'mat');
const files = expectedFiles<ExpectedFile>(sharedData, 'mat');

async function open(name: string, options?: OpenOptions): Promise<OpenRecording> {
  const file = path.join(FOLDER, name);
  const head = await readFileHead(file);
  expect(head.ok && matFormat.recognises(head.value)).toBe(true);
  const opened = await matFormat.open(file, options);
  if (!opened.ok) throw new Error(opened.error.message);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

/** Leads by samples, before gain where `digital`. */
async function matrixOf(recording: OpenRecording, digital: boolean): Promise<number[][]> {
  const rows: number[][] = [];
  for (const { index, samples } of recording.leads) {
    const read = await (digital
      ? recording.readDigital(index, 0, samples)
      : recording.readPhysical(index, 0, samples));
    if (!read.ok) throw new Error(read.error.message);
    rows.push([...read.value]);
  }
  return rows;
}

function expectNumbers(numbers: readonly number[], wanted: ExpectedArray): void {
  expect(numbers).toHaveLength(wanted.shape[0]! * wanted.shape[1]!);
  expect(numbers.reduce((sum, number) => sum + number, 0)).toBeCloseTo(wanted.sum, 3);
  expect(numbers.reduce((a, b) => Math.min(a, b))).toBeCloseTo(wanted.min, 6);
  expect(numbers.reduce((a, b) => Math.max(a, b))).toBeCloseTo(wanted.max, 6);
}

describe.skipIf(sharedData === null)('MATLAB files', () => {
  const bare = Object.entries(files).filter(([name]) => /val_v[457](?!3)/.test(name));

  it.each(bare)(
    '%s asks for rate and gain, and has its samples with them',
    async (name, { arrays }) => {
      const asked = await matFormat.open(path.join(FOLDER, name));
      expect(asked).toMatchObject({
        error: { code: 'needs-option', details: { missing: ['samplingRateHz', 'gainAduPerMv'] } },
      });
      const recording = await open(name, { samplingRateHz: 500, gainAduPerMv: 1000 });
      const rows = await matrixOf(recording, true);
      expect(rows).toHaveLength(12);
      expectNumbers(rows.flat(), arrays.val!);
      expect(rows[0]!.slice(0, 5)).toEqual(arrays.val!.first_row_first);
      const values = await recording.readPhysical(0, 0, 1);
      expect(values.ok && values.value[0]).toBe(arrays.val!.first_row_first[0]! / 1000);
      const part = await recording.readDigital(11, 700, 703);
      expect(part.ok && [...part.value]).toEqual(rows[11]!.slice(700, 703));
    },
  );

  it('a structure tells names and rate, and has been divided by its gain', async () => {
    const recording = await open('made_struct_v7.mat');
    const rows = await matrixOf(recording, false);
    const wanted = files['made_struct_v7.mat']!.arrays.ECG!.data;
    expectNumbers(rows.flat(), wanted);
    expect(rows.slice(0, 5).map(([first]) => first)).toEqual(wanted.first_row_first);
    expect(recording.leads.map(({ name }) => name).join(' ')).toBe(
      'I II III aVR aVL aVF V1 V2 V3 V4 V5 V6',
    );
    expect(recording.leads[0]).toMatchObject({ samplingRateHz: 500, units: 'mV' });
    expect(recording.warnings.map(({ code }) => code)).toEqual(['scale-assumed']);
  });

  it('the layout of ecg-kit tells units as well, and has annotations', async () => {
    const recording = await open('ecgkit_example_recording.mat');
    const rows = await matrixOf(recording, false);
    const { signal, ann } = files['ecgkit_example_recording.mat']!.arrays;
    expectNumbers(rows.flat(), signal!);
    for (const [k, first] of signal!.first_row_first.entries())
      expect(rows[k]![0]).toBeCloseTo(first, 6);
    expect(recording.leads[2]).toMatchObject({ name: 'I', units: 'uV', samplingRateHz: 250 });
    const marks = await recording.annotations('ann');
    if (!marks.ok) throw new Error(marks.error.message);
    // The file's samples end long before its annotations do.
    expect(marks.value.timeS[0]).toBeCloseTo((ann!.time.first_row_first[0]! - 1) / 250, 9);
    expect(marks.value.timeS.at(-1)).toBeLessThanOrEqual(recording.durationS);
    expect(marks.value.warnings[0]!.message).toMatch(/of 747 annotations .* after the end/);
  });

  it('of version 7.3 are told how to be saved', async () => {
    const file = path.join(FOLDER, 'made_val_v73.mat');
    const head = await readFileHead(file);
    expect(head.ok && matFormat.recognises(head.value)).toBe(true);
    const opened = await matFormat.open(file);
    expect(!opened.ok && opened.error.message).toMatch(
      /^made_val_v73\.mat is a MATLAB 7\.3 file .*-v7/,
    );
  });
});
