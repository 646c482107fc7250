import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { MISSING_ADU, type OpenRecording } from '../../src/core/formats/open-recording';
import { valueOf } from '../../src/shared/domain/testing/value-of';

/** A lead as `expected.json` of a format's folder describes it. */
export interface ExpectedLead {
  readonly name: string;
  readonly unit: string;
  readonly rate: number;
  readonly samples: number;
  readonly missing: number;
  readonly first: readonly (number | null)[];
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly digital_sha256_int32le?: string | undefined;
}

/** `files` of a format's `expected.json`, none without the data folder; NaN is a word of Python's JSON. */
export function expectedFiles<T>(data: string | null, format: string): Record<string, T> {
  if (data === null) return {};
  const file = path.join(data, 'formats', format, 'expected.json');
  const text = readFileSync(file, 'utf8').replace(/\bNaN\b/g, 'null');
  return (JSON.parse(text) as { files: Record<string, T> }).files;
}

const MV_PER_UNIT: Record<string, number> = { V: 1000, mV: 1, uV: 0.001, µV: 0.001, nV: 1e-6 };

/**
 * Compares one lead with what independent decoders found. Their samples are those that are stored, ours lie in time:
 * what was not recorded (declared gaps, before and after the lead's own samples) is set aside first.
 * @param paddingCode what the file stores for a missing sample, for the checksum of its integers
 */
export async function expectLead(
  recording: OpenRecording,
  index: number,
  wanted: ExpectedLead,
  paddingCode = MISSING_ADU,
): Promise<void> {
  const what = `${recording.name}, lead ${index} ${wanted.name}`;
  const lead = recording.leads[index]!;
  const toMv = MV_PER_UNIT[lead.units];
  expect(toMv === undefined ? lead.units : 'mV', what).toBe(wanted.unit);
  expect(lead.samplingRateHz, what).toBeCloseTo(wanted.rate, 6);
  expect(lead.samples / lead.samplingRateHz, what).toBeLessThanOrEqual(
    recording.durationS + 0.5 / lead.samplingRateHz,
  );
  const physical = valueOf(await recording.readPhysical(index, 0, lead.samples));
  const digital = valueOf(await recording.readDigital(index, 0, lead.samples));
  expect([physical.length, digital.length], what).toEqual([lead.samples, lead.samples]);
  const kept = storedSamples(recording, lead.samplingRateHz, digital);
  expectValues(
    Array.from(kept, (k) => physical[k]! * (toMv ?? 1)),
    wanted,
    what,
  );
  const codes = Int32Array.from(kept, (k) => digital[k]!);
  if (wanted.digital_sha256_int32le) {
    const stored = codes.map((code) => (code === MISSING_ADU ? paddingCode : code));
    expect(sha256Of(stored), what).toBe(wanted.digital_sha256_int32le);
  }
}

/** Compares values with how many there are, the first five, their sum, the smallest and the largest. */
export function expectValues(
  values: readonly number[],
  wanted: Omit<ExpectedLead, 'unit' | 'rate'>,
  what = wanted.name,
): void {
  const present = values.filter((value) => !Number.isNaN(value));
  expect(values.length, what).toBe(wanted.samples);
  expect(values.length - present.length, what).toBe(wanted.missing);
  for (const [k, first] of wanted.first.entries()) {
    if (first === null) expect(values[k], what).toBeNaN();
    else expect(values[k], what).toBeCloseTo(first, 5);
  }
  const sum = present.reduce((total, value) => total + value, 0);
  // The sum is rounded to four decimals.
  expect(Math.abs(sum - wanted.sum), what).toBeLessThan(6e-5 + 1e-9 * Math.abs(wanted.sum));
  expect(Math.min(...present), what).toBeCloseTo(wanted.min, 5);
  expect(Math.max(...present), what).toBeCloseTo(wanted.max, 5);
}

/** Indices of the samples that are stored. */
function storedSamples(recording: OpenRecording, rateHz: number, digital: Int32Array): number[] {
  const inGap = new Uint8Array(digital.length);
  for (const { startS, endS } of recording.gaps) {
    inGap.fill(1, Math.round(startS * rateHz), Math.round(endS * rateHz));
  }
  let first = 0;
  let last = digital.length - 1;
  while (digital[first] === MISSING_ADU) first++;
  while (digital[last] === MISSING_ADU) last--;
  const kept: number[] = [];
  for (let k = first; k <= last; k++) if (!inGap[k]) kept.push(k);
  return kept;
}

export function sha256Of(samples: Int32Array): string {
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return createHash('sha256').update(bytes).digest('hex');
}
