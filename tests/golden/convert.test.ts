/**
 * Every sample of every format written in each format that `fiducial convert` writes, and read again: the same values
 * within half a step of the target, in the same places, at the same rates; in WFDB the very integers.
 * `convert/round-trips.ts` does the same with wfdb-python, pyedflib, MNE and pydicom. Skipped where the data is absent.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WRITERS } from '../../src/core/convert/targets';
import { openRecording } from '../../src/core/formats/list';
import type { OpenRecording } from '../../src/core/formats/open-recording';
import { RECORDING_FORMS, type RecordingForm } from '../../src/shared/contract';
import { millivoltsPerUnit } from '../../src/shared/domain';
import { valueOf } from '../../src/shared/domain/testing/value-of';
import { openSample, sampleFiles } from './samples';
import { sharedData } from './shared-data';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fiducial-convert-'));
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

let tables = 0;
const converted = new Map<string, number>();

describe.skipIf(!sharedData).each(RECORDING_FORMS)('samples written as %s', (target) => {
  it.each(sampleFiles())('%s', async (sample) => {
    const source = await openSample(sample);
    if (!source) return;
    // A file of annotations alone has no waveform to put into DICOM.
    if (source.leads.length > 0) await convertAndCompare(source, sample, target);
    await source.close();
    converted.set(target, (converted.get(target) ?? 0) + 1);
  });

  it('are most of them', () => {
    expect(converted.get(target)).toBeGreaterThan(50);
    if (target === 'csv') expect(tables).toBeGreaterThan(45);
  });
});

async function convertAndCompare(
  source: OpenRecording,
  sample: string,
  target: RecordingForm,
): Promise<void> {
  const { name } = path.parse(sample);
  const into = path.join(folder, target, path.dirname(sample));
  const written = valueOf(await WRITERS[target](source, { folder: into, name, overwrite: true }));
  if (target === 'csv') return compareTables(source, written.files);
  const copy = valueOf(await openRecording(written.files.at(-1)!));
  expect(copy.startClock).toBe(source.startClock);
  expect(valueOf(await copy.verify())).toEqual([]);
  const places = placesIn(copy, source, target);
  for (const [index, place] of places.entries())
    await compareLead(source, index, copy, place, target);
  await compareAnnotations(source, copy, target);
  await copy.close();
}

/** A table is one of a rate; a short, a slow or an unscaled one is no recording to whoever reads it. */
async function compareTables(source: OpenRecording, files: readonly string[]): Promise<void> {
  const rates = [...new Set(source.leads.map((lead) => lead.samplingRateHz))];
  expect(files).toHaveLength(rates.length);
  for (const [k, file] of files.entries()) {
    const leads = source.leads.filter((lead) => lead.samplingRateHz === rates[k]);
    const voltages = leads.filter(({ units }) => millivoltsPerUnit(units) !== null);
    if (rates[k]! < 20 || leads[0]!.samples < 50 || voltages.length === 0) continue;
    const copy = valueOf(await openRecording(file));
    for (const [place, { index }] of voltages.entries())
      await compareLead(source, index, copy, place, 'csv');
    await copy.close();
    tables++;
  }
}

/** Where the leads of the source are: DICOM has those of each rate together. */
function placesIn(copy: OpenRecording, source: OpenRecording, target: RecordingForm): number[] {
  const rates = [...new Set(source.leads.map((lead) => lead.samplingRateHz))];
  const order = source.leads.map((lead) => lead.index);
  if (target === 'dicom') {
    order.sort((a, b) => rateAt(a) - rateAt(b) || a - b);
  }
  expect(copy.leads).toHaveLength(source.leads.length);
  return source.leads.map((lead) => order.indexOf(lead.index));

  function rateAt(index: number): number {
    return rates.indexOf(source.leads[index]!.samplingRateHz);
  }
}

async function compareLead(
  source: OpenRecording,
  index: number,
  copy: OpenRecording,
  place: number,
  target: RecordingForm,
): Promise<void> {
  const from = source.leads[index]!;
  const to = copy.leads[place]!;
  const what = `${source.name}, ${from.name}`;
  // EDF has eight characters for the length of a data record.
  expect(Math.abs(to.samplingRateHz / from.samplingRateHz - 1), what).toBeLessThan(1e-6);
  if (target === 'wfdb') {
    const before = valueOf(await source.readDigital(index, 0, from.samples));
    const after = valueOf(await copy.readDigital(place, 0, from.samples));
    expect(bytesOf(after).equals(bytesOf(before)), what).toBe(true);
  }
  const fromMv = millivoltsPerUnit(from.units) ?? 1;
  const toMv = millivoltsPerUnit(to.units) ?? 1;
  const before = valueOf(await source.readPhysical(index, 0, from.samples));
  const after = valueOf(await copy.readPhysical(place, 0, from.samples));
  expect(after.length, what).toBe(before.length);
  let size = 0;
  let sized = 0;
  let furthest = 0;
  let holes = 0;
  // Walked over once, without a copy: these are tens of millions of samples.
  for (let k = 0; k < before.length; k++) {
    const was = before[k]! * fromMv;
    const is = after[k]! * toMv;
    if (Number.isNaN(was)) {
      // EDF cannot leave a sample out: the last value is held there, which an annotation says.
      if (!Number.isNaN(is) && target !== 'edf') holes++;
      continue;
    }
    if (sized++ < 100_000) size = Math.max(size, Math.abs(was));
    if (Number.isNaN(is)) holes++;
    else furthest = Math.max(furthest, Math.abs(was - is));
  }
  const halfStep = toMv / Math.abs(to.gainAduPerUnit) / 2;
  expect(holes, what).toBe(0);
  expect(furthest, what).toBeLessThanOrEqual(halfStep * (1 + 1e-6) + 1e-6 * size);
}

async function compareAnnotations(
  source: OpenRecording,
  copy: OpenRecording,
  target: RecordingForm,
): Promise<void> {
  const rateHz = Math.max(...source.leads.map((lead) => lead.samplingRateHz));
  const annotators = await source.annotators();
  const [found] = await copy.annotators();
  const wanted = annotators[0] ? valueOf(await source.annotations(annotators[0])) : null;
  if (!wanted || wanted.symbol.length === 0 || annotators.length > 1) return;
  const read = valueOf(await copy.annotations(found!));
  const inside = (timeS: number): boolean =>
    target === 'edf' || (timeS > -0.5 / rateHz && (target === 'wfdb' || timeS < source.durationS));
  const texts = (rows: typeof read, keep: (timeS: number) => boolean): string[] =>
    rows.symbol.flatMap((symbol, k) => {
      const text = rows.aux[k]! || symbol;
      const own = keep(rows.timeS[k]!) && !text.startsWith('Missing: ');
      return own ? [`${Math.round(rows.timeS[k]! * 20) / 20} ${text}`] : [];
    });
  const ours = texts(read, () => true).filter((row) => !row.includes('device'));
  const theirs = texts(wanted, inside);
  // A time in the middle between two twentieths of a second may fall either way.
  expect(Math.abs(ours.length - theirs.length), source.name).toBe(0);
  const known = new Set(ours);
  const different = theirs.filter((row) => !known.has(row));
  expect(different.length, `${source.name}: ${different.slice(0, 3)}`).toBeLessThanOrEqual(
    theirs.length / 5,
  );
}

/** For a comparison that does not walk over a million numbers one by one. */
function bytesOf(samples: Int32Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}
