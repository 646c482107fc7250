/**
 * Every sample of every format written as WFDB and read again: the same integers, in the same places, at the same
 * rates. `convert/check.py` does the same with wfdb-python. Skipped where the data is absent.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecording } from '../../src/core/formats/list';
import { writeWfdb } from '../../src/core/formats/wfdb/write-recording';
import { millivoltsPerUnit } from '../../src/shared/domain';
import { valueOf } from './expected-leads';
import { openSample, sampleFiles } from './samples';
import { sharedData } from './shared-data';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fiducial-convert-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let converted = 0;

describe.skipIf(!sharedData)('samples written as WFDB', () => {
  it.each(sampleFiles())('%s', async (sample) => {
    const source = await openSample(sample);
    if (!source) return;
    const name = path.parse(sample).name;
    const into = path.join(folder, path.dirname(sample));
    const written = valueOf(await writeWfdb(source, { folder: into, name, overwrite: true }));
    if (source.leads.length > 0) {
      const copy = valueOf(await openRecording(written.files.at(-1)!));
      expect(copy.leads.map((lead) => lead.name)).toEqual(
        source.leads.map((lead) => lead.name.trim()),
      );
      expect(copy.startClock).toBe(source.startClock);
      expect(valueOf(await copy.verify())).toEqual([]);
      for (const { index, samples, samplingRateHz, units, gainAduPerUnit } of source.leads) {
        expect(copy.leads[index]!.samplingRateHz).toBeCloseTo(samplingRateHz, 6);
        const before = valueOf(await source.readDigital(index, 0, samples));
        const after = valueOf(await copy.readDigital(index, 0, samples));
        expect(bytesOf(after).equals(bytesOf(before))).toBe(true);
        const mv = millivoltsPerUnit(units) ?? 1;
        const halfStep = (mv / Math.abs(gainAduPerUnit) / 2) * (1 + 1e-6);
        const valuesBefore = valueOf(await source.readPhysical(index, 0, Math.min(samples, 5000)));
        const valuesAfter = valueOf(await copy.readPhysical(index, 0, Math.min(samples, 5000)));
        const furthest = valuesBefore.reduce((most, value, k) => {
          const other = valuesAfter[k]!;
          if (Number.isNaN(value) && Number.isNaN(other)) return most;
          return Number.isNaN(value) || Number.isNaN(other)
            ? Infinity
            : Math.max(most, Math.abs(value * mv - other));
        }, 0);
        expect(furthest).toBeLessThanOrEqual(halfStep);
      }
      for (const [k, annotator] of (await source.annotators()).entries()) {
        const wanted = valueOf(await source.annotations(annotator));
        const ending = source.format === 'wfdb' ? annotator : k === 0 ? 'atr' : annotator;
        const found = valueOf(await copy.annotations(ending));
        const inside = [...wanted.timeS.keys()].filter((i) => wanted.timeS[i]! > -0.5 / 1000);
        expect(found.symbol).toHaveLength(inside.length);
        const slack = 0.51 / Math.max(...source.leads.map((lead) => lead.samplingRateHz));
        const early = inside.filter(
          (i, at) => Math.abs(found.timeS[at]! - wanted.timeS[i]!) > slack,
        );
        expect(early).toEqual([]);
      }
      await copy.close();
    }
    await source.close();
    converted++;
  });

  it('are most of them', () => {
    expect(converted).toBeGreaterThan(50);
  });
});

/** For a comparison that does not walk over a million numbers in JavaScript. */
function bytesOf(samples: Int32Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}
