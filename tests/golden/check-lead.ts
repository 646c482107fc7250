/** Comparing an open recording's leads with the check values of the data folder's `formats/NAME/expected.json`. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { OpenRecording, RecordedLead } from '../../src/core/formats/open-recording';
import { millivoltsPerUnit } from '../../src/shared/domain';
import { sharedData } from './shared-data';

/** Check values of one lead, voltages in mV: values rounded to 6, sums to 4 decimals. */
export interface ExpectedLead {
  readonly name: string;
  readonly unit: string;
  readonly rate: number | null;
  readonly samples: number;
  readonly missing: number;
  readonly first: readonly number[];
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly digital_sha256_int32le?: string;
}

/** `files` of a format's expected.json, empty where the data folder is absent. */
export function expectedFiles<T>(format: string): Readonly<Record<string, T>> {
  if (sharedData === null) return {};
  const text = readFileSync(path.join(sharedData, 'formats', format, 'expected.json'), 'utf8');
  return (JSON.parse(text) as { files: Record<string, T> }).files;
}

export async function expectLead(
  recording: OpenRecording,
  lead: RecordedLead,
  wanted: ExpectedLead,
): Promise<void> {
  expect(lead.name).toBe(wanted.name);
  if (wanted.rate !== null) expect(lead.samplingRateHz).toBeCloseTo(wanted.rate, 5);
  expect(lead.samples, lead.name).toBe(wanted.samples);
  const physical = await recording.readPhysical(lead.index, 0, lead.samples);
  if (!physical.ok) throw new Error(physical.error.message);
  expectValues(inMv(physical.value, wanted, lead.units), wanted);
  if (!wanted.digital_sha256_int32le) return;
  const digital = await recording.readDigital(lead.index, 0, lead.samples);
  if (!digital.ok) throw new Error(digital.error.message);
  expect(sha256Of(digital.value), `${lead.name}, integers`).toBe(wanted.digital_sha256_int32le);
}

export function expectValues(values: Float64Array, wanted: ExpectedLead): void {
  const present = values.filter((value) => !Number.isNaN(value));
  const sum = present.reduce((total, value) => total + value, 0);
  const close = (value: number | undefined, to: number, tolerance: number, what: string) =>
    expect(
      Math.abs(value! - to),
      `${wanted.name}, ${what}: ${value}, not ${to}`,
    ).toBeLessThanOrEqual(tolerance);
  expect(values.length, wanted.name).toBe(wanted.samples);
  expect(values.length - present.length, `${wanted.name}, missing`).toBe(wanted.missing);
  for (const [k, first] of wanted.first.entries()) close(values[k], first, 5.1e-7, `sample ${k}`);
  close(sum, wanted.sum, 5.1e-5 + 1e-9 * Math.abs(wanted.sum), 'sum');
  const extreme = (pick: (a: number, b: number) => number) => present.reduce((a, b) => pick(a, b));
  close(extreme(Math.min), wanted.min, 5.1e-7, 'minimum');
  close(extreme(Math.max), wanted.max, 5.1e-7, 'maximum');
}

function inMv(values: Float64Array, wanted: ExpectedLead, units: string): Float64Array {
  const scale = wanted.unit === 'mV' ? (millivoltsPerUnit(units) ?? 1) : 1;
  return scale === 1 ? values : values.map((value) => value * scale);
}

/** SHA-256 of integers as little-endian int32. */
export function sha256Of(values: Int32Array): string {
  return createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
}
