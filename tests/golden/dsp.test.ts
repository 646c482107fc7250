import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createWindowReader } from '../../src/core/analysis/segment-model/windows';
import {
  createBandpass,
  createResampler,
  filterWindow,
  sosfiltfilt,
  standardise,
  type Section,
} from '../../src/core/dsp';
import { openRecording } from '../../src/core/formats/list';
import { DISPLAY_BANDS, ok } from '../../src/shared/domain';
import { sharedData } from './shared-data';

/** Largest difference that counts as equal to SciPy. */
const SCIPY_MV = 1e-9;
/** And of a blockwise from a whole run. */
const BLOCKWISE_MV = 1e-6;

function readF64(file: string): Float64Array {
  const bytes = readFileSync(file);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

/** SciPy writes a section with its leading 1. */
function expectSections(sections: readonly Section[], sos: number[][]): void {
  expect(sections).toHaveLength(sos.length);
  sections.forEach(([b0, b1, b2, a1, a2], i) => {
    [b0, b1, b2, 1, a1, a2].forEach((c, k) => expect(c).toBeCloseTo(sos[i]![k]!, 13));
  });
}

describe('the signal chain against SciPy, on a made-up signal', () => {
  const dir = path.join(import.meta.dirname, 'dsp');
  const golden = JSON.parse(readFileSync(path.join(dir, 'golden.json'), 'utf8')) as {
    input: string;
    filters: { rateHz: number; made: string; sos: number[][]; filtered: string }[];
    resampled: { fromHz: number; toHz: number; made: string; output: string }[];
  };
  const input = readF64(path.join(dir, golden.input));

  it.each(golden.filters)('$made', ({ rateHz, sos, filtered }) => {
    const bandpass = createBandpass(rateHz, DISPLAY_BANDS.model.band);
    expectSections(bandpass.sections, sos);
    const answer = readF64(path.join(dir, filtered));
    expect(largestDifference(bandpass.apply(input), answer)).toBeLessThan(SCIPY_MV);
  });

  it.each(golden.resampled)('$made', ({ fromHz, toHz, output }) => {
    const answer = readF64(path.join(dir, output));
    const own = createResampler(fromHz, toHz).whole(input);
    expect(largestDifference(own, answer)).toBeLessThan(SCIPY_MV);
  });
});

describe.skipIf(!sharedData)('the signal chain against SciPy, on MIT-BIH 101', () => {
  const dir = path.join(sharedData ?? '', 'golden');
  const read = (name: string): Float64Array => readF64(path.join(dir, name));
  const bandpass = createBandpass(360, DISPLAY_BANDS.model.band);

  async function lead101(): Promise<Float64Array> {
    const record = await openRecording(path.join(sharedData!, 'mitdb/101.hea'));
    if (!record.ok) throw new Error(record.error.message);
    const samples = await record.value.readPhysical(0, 0, record.value.leads[0]!.samples);
    await record.value.close();
    if (!samples.ok) throw new Error(samples.error.message);
    return samples.value;
  }

  it('filters 30 s', () => {
    const own = sosfiltfilt(bandpass.sections, read('mitdb101_mlii_30s_mv.f64'));
    expect(largestDifference(own, read('mitdb101_mlii_30s_bandpass.f64'))).toBeLessThan(SCIPY_MV);
  });

  it('standardises the first segment', () => {
    const z = new Float64Array(3600);
    standardise(read('mitdb101_mlii_30s_bandpass.f64').subarray(0, 3600), z);
    expect(largestDifference(z, read('mitdb101_mlii_first_segment_z.f64'))).toBeLessThan(SCIPY_MV);
  });

  it('resamples to 128 Hz', () => {
    const own = createResampler(360, 128).whole(read('mitdb101_mlii_30s_bandpass.f64'));
    const answer = read('mitdb101_mlii_30s_bandpass_at_128hz_scipy_resample_poly.f64');
    expect(largestDifference(own, answer)).toBeLessThan(SCIPY_MV);
  });

  it('filters the whole record, at once and by blocks', async () => {
    const golden = JSON.parse(readFileSync(path.join(dir, 'dsp.json'), 'utf8')) as {
      sos: number[][];
      whole_record: { sum_abs: number; samples: number; at: Record<string, number> };
    };
    expectSections(bandpass.sections, golden.sos);
    const raw = await lead101();
    const whole = bandpass.apply(raw);
    expect(whole.length).toBe(golden.whole_record.samples);
    for (const [at, value] of Object.entries(golden.whole_record.at)) {
      expect(Math.abs(whole[Number(at)]! - value)).toBeLessThan(SCIPY_MV);
    }
    const sumAbs = whole.reduce((sum, v) => sum + Math.abs(v), 0);
    expect(Math.abs(sumAbs - golden.whole_record.sum_abs)).toBeLessThan(1e-6);

    for (let start = 0; start < raw.length; start += 50_000) {
      const end = Math.min(raw.length, start + 3600);
      const block = await filterWindow(
        bandpass,
        async (from, to) => ok(raw.slice(from, to)),
        raw.length,
        start,
        end,
      );
      if (!block.ok) throw new Error(block.error.message);
      expect(largestDifference(block.value, whole.slice(start, end))).toBeLessThan(BLOCKWISE_MV);
    }
  });

  it('gives the windows of the whole filtered record', async () => {
    const record = await openRecording(path.join(sharedData!, 'mitdb/101.hea'));
    if (!record.ok) throw new Error(record.error.message);
    const spec = {
      samplingRateHz: 360,
      windowSamples: 3600,
      hopSamples: 1800,
      filter: { lowHz: 0.5, highHz: 50, order: 5 },
    };
    const windows = createWindowReader(record.value, 0, spec, 'plain');
    if (!windows.ok) throw new Error(windows.error.message);
    expect(windows.value.grid.count).toBe(360);
    const batch = await windows.value.read(100, 103);
    if (!batch.ok) throw new Error(batch.error.message);
    expect(batch.value.windows.map((w) => w.startS)).toEqual([500, 505, 510]);

    const whole = bandpass.apply(await lead101());
    const z = new Float32Array(3600);
    standardise(whole.subarray(101 * 1800, 101 * 1800 + 3600), z);
    const second = batch.value.samples.subarray(3600, 7200);
    expect(Math.max(...second.map((v, i) => Math.abs(v - z[i]!)))).toBeLessThan(1e-5);
    await record.value.close();
  });
});
